"""One websocket: what comes in comes at a bearable pace and in its turn."""

import asyncio
import logging
import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import NamedTuple

from starlette.types import Message, Receive, Send

from tour.web.clients import Client
from tour.web.fair_queue import MAX_SLOT_SECONDS, FairQueue, Slot
from tour.web.rate_limiter import RateLimiter
from tour.web.server import MAX_MESSAGE_BYTES

INVALID_COUNT = "%s: %r is no number between 1 and 999999. It stays at %d."


@dataclass(frozen=True)
class Limits:
    """Meant for a school class behind one address: whoever asks quicker waits a moment, and few are ever sent away."""

    connections: int = 300  # at once, of one address
    message: int = MAX_MESSAGE_BYTES  # bytes; a step has some 1,000
    first: float = 60  # seconds for the first message, which the app sends at once
    rate: float = 10  # messages a second of one connection
    at_once: int = 40
    together: float = 40  # messages a second of all connections of one address
    together_at_once: int = 200
    behind: float = 30  # seconds on end that a connection may ask faster than `rate`
    blocked: float = 0.25  # seconds until a connection on which we can't write counts as unread
    unread: int = 2_000_000  # bytes that wait for one address to read them

    @classmethod
    def told(cls) -> "Limits":
        """Ours, with the connections of $TOUR_CONNECTIONS."""
        return cls(connections=count_from_env("TOUR_CONNECTIONS", cls.connections))


def count_from_env(variable: str, usual: int) -> int:
    """The number that the environment says, or as many as are usual; what is no such number is told in the log."""
    told = os.environ.get(variable, "")
    if re.fullmatch("[1-9][0-9]{0,5}", told):
        return int(told)
    if told:
        logging.getLogger("tour").warning(INVALID_COUNT, variable, told, usual)
    return usual


BUFFER_SIZE = (
    65_536  # bytes that the server holds of what is being written to a connection, before it makes others wait
)


class Sender:
    """Sends messages; `waiting` are the bytes of those that wait for the other side to read.

    Calls `on_blocked` when one begins to wait: who doesn't read is to keep nobody else waiting. Calls `on_surplus` when
    more waits for the client's address than may.
    """

    def __init__(
        self, limits: Limits, client: Client, send: Send, on_blocked: Callable[[], None], on_surplus: Callable[[], None]
    ):
        self.limits, self.client = limits, client
        self.waiting = 0
        self._send, self._on_blocked, self._on_surplus = send, on_blocked, on_surplus

    async def send(self, message: Message) -> bool:
        """Whether it was sent."""
        waits = 0

        def wait() -> None:
            nonlocal waits
            waits = BUFFER_SIZE + len(message.get("bytes") or b"")
            self._count(waits)
            self._on_blocked()
            if self.client.unread > self.limits.unread:
                self._on_surplus()

        timer = asyncio.get_running_loop().call_later(self.limits.blocked, wait)
        try:
            await self._send(message)
        # The latter says that the server itself gave the connection up while the message waited.
        except (OSError, RuntimeError):
            return False
        finally:
            timer.cancel()
            self._count(-waits)
        return True

    def _count(self, size: int) -> None:
        self.waiting += size
        self.client.unread += size


# What a websocket is told when it is closed (RFC 6455 and its registry).
UNSUPPORTED_DATA, ABNORMAL_CLOSURE, POLICY_VIOLATION, MESSAGE_TOO_BIG, TRY_AGAIN_LATER = 1003, 1006, 1008, 1009, 1013


class MessageProtocol(NamedTuple):
    """What the app's protocol makes of a message, which is for others to know."""

    is_used: Callable[[bytes], bool]  # by the app, if a browser sends it
    begins_run: Callable[[bytes], bool]  # if a browser sends it
    ends_run: Callable[[bytes], bool]  # if the app sends it
    is_active: Callable[[str], bool]  # a session: whether a page is here that has it


class ThrottledConnection:
    """One connection: what comes in comes at a bearable pace and in its turn, or is closed with word of why.

    The app is asked for the next page once the last one has been sent: who doesn't read has only one waiting.
    """

    def __init__(
        self, limits: Limits, client: Client, queue: FairQueue, messages: MessageProtocol, receive: Receive, send: Send
    ):
        self.limits, self.client, self.queue, self.messages = limits, client, queue, messages
        self.pace = RateLimiter(limits.rate, limits.at_once)
        self.since = monotonic()
        self.behind_since: float | None = None
        self.has_spoken = self.is_over = False
        self.is_sent = asyncio.Event()  # all of the last page
        self.is_sent.set()
        self.slot: Slot | None = None
        self.sender = Sender(limits, client, send, on_blocked=self.release, on_surplus=self._give_up)
        self._receive = receive
        self._listening: asyncio.Timeout | None = None
        self._leaving: asyncio.Task[bool] | None = None  # or it might be collected before it is done

    async def receive(self) -> Message:
        try:
            async with asyncio.timeout(None if self.has_spoken else self.limits.first) as self._listening:
                message = await self._receive()
        except TimeoutError:
            return await self._hang_up(POLICY_VIOLATION)
        finally:
            self._listening = None
        if message["type"] == "websocket.connect":
            await self._wait(self.client.pace)  # whoever comes and goes all the time waits as well
            self.slot = await self.queue.acquire(self.client.usage)
        if message["type"] != "websocket.receive":
            return message
        self.has_spoken = True
        fault = self._fault(message) or await self._in_turn(message["bytes"])
        if self.is_over:  # gone while it waited: the rest of what it sent is of no use to anybody
            return {"type": "websocket.disconnect", "code": ABNORMAL_CLOSURE}
        return await self._hang_up(fault) if fault else message

    async def send(self, message: Message) -> None:
        is_end = self.messages.ends_run(message.get("bytes") or b"")
        if is_end or message["type"] == "websocket.accept":
            self.release()
        if not self.is_over and not await self.sender.send(message):
            self._give_up()
        if is_end:
            self.is_sent.set()

    def release(self) -> None:
        """Let others go on."""
        if self.slot:
            self.slot.release()
            self.slot = None

    def close(self, code: int) -> None:
        """Let it go at once, with word of why to those who read."""
        if not self.sender.waiting:
            self._leaving = asyncio.create_task(self.sender.send({"type": "websocket.close", "code": code}))
        self._give_up()

    def _give_up(self) -> None:
        """The app hears that nobody is there; the other side, which doesn't read, hears nothing."""
        self._end()
        if self._listening and not self._listening.expired():
            self._listening.reschedule(0)

    def _end(self) -> None:
        self.is_over = True
        self.is_sent.set()  # what is left of the page keeps nobody waiting

    def _fault(self, message: Message) -> int | None:
        content = message.get("bytes")
        if content is None:
            return UNSUPPORTED_DATA
        if len(content) > self.limits.message:
            return MESSAGE_TOO_BIG
        return None if self.messages.is_used(content) else POLICY_VIOLATION

    async def _in_turn(self, content: bytes) -> int | None:
        """Waits for the turn of the next message; the fault of a line that has been asking too much for too long."""
        if not await self._wait(self.pace):
            self.behind_since = None
        else:
            self.behind_since = self.behind_since or monotonic()
            if monotonic() - self.behind_since > self.limits.behind:
                return POLICY_VIOLATION
        await self._wait(self.client.pace)
        if self.messages.begins_run(content):
            await self._run()
        return None

    async def _run(self) -> None:
        """Waits until the last page has been sent, or given up, and there is a slot for the next."""
        self.since = monotonic()
        while not self.is_sent.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(MAX_SLOT_SECONDS):
                    await self.is_sent.wait()
            if not self.sender.waiting:
                break
        if self.is_over:
            return
        self.slot = await self.queue.acquire(self.client.usage)
        self.is_sent.clear()

    async def _wait(self, pace: RateLimiter) -> float:
        wait = pace.wait(monotonic())
        if wait:
            await asyncio.sleep(wait)
        return wait

    async def _hang_up(self, code: int) -> Message:
        if not self.is_over:
            self._end()
            # Who doesn't read is not waited for.
            if not self.sender.waiting:
                with suppress(TimeoutError):
                    async with asyncio.timeout(self.limits.blocked):
                        await self.sender.send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}
