"""One websocket of the app: its messages are limited in size and rate, and wait while others have their turn."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import NamedTuple

from starlette.status import (
    WS_1003_UNSUPPORTED_DATA,
    WS_1006_ABNORMAL_CLOSURE,
    WS_1008_POLICY_VIOLATION,
)
from starlette.types import Message, Receive, Send

from tour.web.clients import Client
from tour.web.fair_queue import MAX_SLOT_SECONDS, FairQueue, Slot
from tour.web.rate_limiter import RateLimiter

BUFFER_SIZE = 65_536  # bytes that uvicorn buffers of what is being written to a connection


class MessageProtocol(NamedTuple):
    """What the app's protocol says about messages and sessions."""

    is_used: Callable[[bytes], bool]  # whether the app uses this message of a browser
    begins_run: Callable[[bytes], bool]  # whether it makes the app draw a page
    ends_run: Callable[[bytes], bool]  # whether this message of the app is the end of a page
    is_active: Callable[[str], bool]  # whether this session has a page that is connected


class ThrottledConnection:
    """The app's `receive` and `send` for one websocket, within its client's limits.

    The app is asked for the next page once the last one has been sent: a client that doesn't read has one page waiting.
    """

    def __init__(self, client: Client, queue: FairQueue, messages: MessageProtocol, receive: Receive, send: Send):
        self.client, self.limits, self.queue, self.messages = client, client.limits, queue, messages
        self.timeout: float | None = self.limits.first_message_timeout
        self.last_active = monotonic()
        self.is_closed = False
        self.unsent_bytes = 0  # bytes that wait for the client to read
        self._receive, self._send = receive, send
        self._rate_limiter = RateLimiter(self.limits.rate, self.limits.burst)
        self._delayed_since: float | None = None
        self._page_sent = asyncio.Event()
        self._page_sent.set()
        self._slot: Slot | None = None
        self._receive_timeout: asyncio.Timeout | None = None
        self._close_task: asyncio.Task[bool] | None = None

    async def receive(self) -> Message:
        try:
            async with asyncio.timeout(self.timeout) as self._receive_timeout:
                message = await self._receive()
        except TimeoutError:
            return await self._disconnect(WS_1008_POLICY_VIOLATION)
        finally:
            self._receive_timeout = None
        if message["type"] == "websocket.connect":
            await self._delay(self.client.rate_limiter)  # a client that reconnects again and again waits as well
            self._slot = await self.queue.acquire(self.client.usage)
        if message["type"] != "websocket.receive":
            return message
        self.timeout = None
        code = await self._admit(message.get("bytes"))
        if self.is_closed:
            return {"type": "websocket.disconnect", "code": WS_1006_ABNORMAL_CLOSURE}
        return await self._disconnect(code) if code else message

    async def send(self, message: Message) -> None:
        is_page_end = self.messages.ends_run(message.get("bytes") or b"")
        if is_page_end or message["type"] == "websocket.accept":
            self.release()
        if not self.is_closed and not await self._write(message):
            self._abandon()
        if is_page_end:
            self._page_sent.set()

    def release(self) -> None:
        """Give the slot to the next client."""
        if self._slot:
            self._slot.release()
            self._slot = None

    def close(self, code: int) -> None:
        """Close it at once, with a close frame unless the client doesn't read."""
        if not self.unsent_bytes:
            self._close_task = asyncio.create_task(self._write({"type": "websocket.close", "code": code}))
        self._abandon()

    def _abandon(self) -> None:
        """Have `receive` report the end."""
        self.is_closed = True
        self._page_sent.set()
        if self._receive_timeout and not self._receive_timeout.expired():
            self._receive_timeout.reschedule(0)

    async def _disconnect(self, code: int) -> Message:
        if not self.is_closed:
            self.close(code)
            if self._close_task:
                await asyncio.wait([self._close_task], timeout=self.limits.blocked_after)
        return {"type": "websocket.disconnect", "code": code}

    async def _write(self, message: Message) -> bool:
        """Whether the message was sent."""
        unsent = 0

        def on_blocked() -> None:
            nonlocal unsent
            unsent = BUFFER_SIZE + len(message.get("bytes") or b"")
            self._count_unsent(unsent)
            self.release()
            if self.client.unsent_bytes > self.limits.max_unsent_bytes:
                self._abandon()

        timer = asyncio.get_running_loop().call_later(self.limits.blocked_after, on_blocked)
        try:
            await self._send(message)
        except (OSError, RuntimeError):  # the latter if the server has closed the connection meanwhile
            return False
        finally:
            timer.cancel()
            self._count_unsent(-unsent)
        return True

    def _count_unsent(self, size: int) -> None:
        self.unsent_bytes += size
        self.client.unsent_bytes += size

    async def _admit(self, content: bytes | None) -> int | None:
        """Wait until the app may have the message; the close code if it may not."""
        if content is None:
            return WS_1003_UNSUPPORTED_DATA
        if not self.messages.is_used(content):
            return WS_1008_POLICY_VIOLATION
        if not await self._delay(self._rate_limiter):
            self._delayed_since = None
        else:
            self._delayed_since = self._delayed_since or monotonic()
            if monotonic() - self._delayed_since > self.limits.max_backlog:
                return WS_1008_POLICY_VIOLATION
        await self._delay(self.client.rate_limiter)
        if self.messages.begins_run(content):
            await self._begin_page()
        return None

    async def _begin_page(self) -> None:
        """Wait until the last page has been sent, or is given up, and there is a slot for the next."""
        self.last_active = monotonic()
        while not self._page_sent.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(MAX_SLOT_SECONDS):
                    await self._page_sent.wait()
            if not self.unsent_bytes:
                break
        if not self.is_closed:
            self._slot = await self.queue.acquire(self.client.usage)
            self._page_sent.clear()

    async def _delay(self, rate_limiter: RateLimiter) -> float:
        delay = rate_limiter.reserve(monotonic())
        if delay:
            await asyncio.sleep(delay)
        return delay
