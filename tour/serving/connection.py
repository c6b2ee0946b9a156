"""One websocket: what comes in comes at a bearable pace and in its turn."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import NamedTuple

from starlette.types import Message, Receive, Send

from tour.serving.clients import Client
from tour.serving.fair_queue import LONGEST, FairQueue, Slot
from tour.serving.limits import Limits
from tour.serving.pace import Pace
from tour.serving.sender import Sender

# What a websocket is told when it is closed (RFC 6455 and its registry).
NOT_TEXT, LOST, POLICY, TOO_BIG, LATER = 1003, 1006, 1008, 1009, 1013


class Messages(NamedTuple):
    """What the app's protocol makes of a message, which is for others to know."""

    is_used: Callable[[bytes], bool]  # by the app, if a browser sends it
    begins_run: Callable[[bytes], bool]  # if a browser sends it
    ends_run: Callable[[bytes], bool]  # if the app sends it
    is_active: Callable[[str], bool]  # a session: whether a page is here that has it


class Line:
    """One connection: what comes in comes at a bearable pace and in its turn, or is closed with word of why.

    The app is asked for the next page once the last one has been sent: who doesn't read has only one waiting.
    """

    def __init__(
        self, limits: Limits, client: Client, queue: FairQueue, messages: Messages, receive: Receive, send: Send
    ):
        self.limits, self.client, self.queue, self.messages = limits, client, queue, messages
        self.pace = Pace(limits.rate, limits.at_once)
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
            return await self._hang_up(POLICY)
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
            return {"type": "websocket.disconnect", "code": LOST}
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
            return NOT_TEXT
        if len(content) > self.limits.message:
            return TOO_BIG
        return None if self.messages.is_used(content) else POLICY

    async def _in_turn(self, content: bytes) -> int | None:
        """Waits for the turn of the next message; the fault of a line that has been asking too much for too long."""
        if not await self._wait(self.pace):
            self.behind_since = None
        else:
            self.behind_since = self.behind_since or monotonic()
            if monotonic() - self.behind_since > self.limits.behind:
                return POLICY
        await self._wait(self.client.pace)
        if self.messages.begins_run(content):
            await self._run()
        return None

    async def _run(self) -> None:
        """Waits until the last page has been sent, or given up, and there is a slot for the next."""
        self.since = monotonic()
        while not self.is_sent.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(LONGEST):
                    await self.is_sent.wait()
            if not self.sender.waiting:
                break
        if self.is_over:
            return
        self.slot = await self.queue.acquire(self.client.usage)
        self.is_sent.clear()

    async def _wait(self, pace: Pace) -> float:
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
