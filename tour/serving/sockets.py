"""The app's websockets: for our own pages, and nobody may ask so much through them that others wait."""

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tour.serving.clients import Client, Clients
from tour.serving.fair_queue import LONGEST, FairQueue, Slot
from tour.serving.origins import is_our_page, without_origin
from tour.serving.pace import Pace
from tour.serving.server import LONGEST_MESSAGE
from tour.serving.visitors import household

BUFFERED = 65_536  # bytes that the server holds of what is being written to a connection, before it makes others wait
# What a websocket is told when it is closed (RFC 6455 and its registry).
NOT_TEXT, LOST, POLICY, TOO_BIG, LATER = 1003, 1006, 1008, 1009, 1013


@dataclass(frozen=True)
class Limits:
    """Meant for a school class behind one address: whoever asks quicker waits a moment, and few are ever sent away."""

    connections: int = 300  # at once, of one address
    message: int = LONGEST_MESSAGE  # bytes; a step has some 1,000
    first: float = 60  # seconds for the first message, which the app sends at once
    rate: float = 10  # messages a second of one connection
    at_once: int = 40
    together: float = 40  # messages a second of all connections of one address
    together_at_once: int = 200
    behind: float = 30  # seconds on end that a connection may ask faster than that
    blocked: float = 0.25  # seconds until a connection on which we can't write counts as unread
    unread: int = 2_000_000  # bytes that wait for one address to read them

    @classmethod
    def told(cls) -> "Limits":
        """Ours, with the connections of $TOUR_CONNECTIONS."""
        told = os.environ.get("TOUR_CONNECTIONS", "")
        return cls(connections=int(told) if told.isdecimal() else cls.connections)


class Messages(NamedTuple):
    """What the app's protocol makes of a message, which is for others to know."""

    is_used: Callable[[bytes], bool]  # by the app, if a browser sends it
    begins_run: Callable[[bytes], bool]  # if a browser sends it
    ends_run: Callable[[bytes], bool]  # if the app sends it


class Sockets:
    """Middleware between the server and the app."""

    def __init__(self, app: ASGIApp, messages: Messages, clients: Clients, limits: Limits | None = None):
        self.app, self.messages, self.clients = app, messages, clients
        self.limits = limits or Limits.told()
        self.queue = FairQueue()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        if not is_our_page(scope):
            await send({"type": "websocket.close", "code": POLICY})
            return
        client = self.clients.get(household(scope), Pace(self.limits.together, self.limits.together_at_once))
        if len(client.connections) >= self.limits.connections:
            await send_away(scope, receive, send)
            return
        line = Line(self.limits, client, self.queue, self.messages, receive, send)
        client.connections.add(line)
        try:
            await self.app(without_origin(scope), line.receive, line.send)
        finally:
            client.connections.discard(line)
            line.release()


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
        self.is_blocked = False
        self.is_sent = asyncio.Event()  # all of the last page
        self.is_sent.set()
        self.slot: Slot | None = None
        self._receive, self._send = receive, send
        self._listening: asyncio.Timeout | None = None

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
        if not self.is_over:
            await self._send_on(message)
        if is_end or self.is_over:
            self.is_sent.set()

    def release(self) -> None:
        """Let others go on."""
        if self.slot:
            self.slot.release()
            self.slot = None

    async def close(self, code: int) -> None:
        """Let it go, with word of why to those who read."""
        if self.is_blocked:
            self._give_up()
        with suppress(OSError, RuntimeError):
            await self._hang_up(code)

    async def _send_on(self, message: Message) -> None:
        try:
            async with asyncio.timeout(self.limits.blocked):
                await self._send(message)  # which begins to write once there is room
        except TimeoutError:
            self.release()  # who does not read keeps nobody else waiting
            await self._send_to_who_is_slow(message)
        # The latter says that the server itself gave the line up while the message waited.
        except (OSError, RuntimeError):
            self.is_over = True

    async def _send_to_who_is_slow(self, message: Message) -> None:
        size = BUFFERED + len(message.get("bytes") or b"")
        if self.client.unread + size > self.limits.unread:
            self._give_up()
            return
        self.client.unread += size
        self.is_blocked = True
        try:
            await self._send(message)
        except (OSError, RuntimeError):
            self.is_over = True
        finally:
            self.client.unread -= size
            self.is_blocked = False

    def _give_up(self) -> None:
        """The app hears that nobody is there; the other side, which doesn't read, hears nothing."""
        self.is_over = True
        if self._listening:
            self._listening.reschedule(0)

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
        while not self.is_sent.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(LONGEST):
                    await self.is_sent.wait()
            if not self.is_blocked:
                break
        self.slot = await self.queue.acquire(self.client.usage)
        self.is_sent.clear()
        self.since = monotonic()

    async def _wait(self, pace: Pace) -> float:
        wait = pace.wait(monotonic())
        if wait:
            await asyncio.sleep(wait)
        return wait

    async def _hang_up(self, code: int) -> Message:
        if not self.is_over:
            self.is_over = True
            await self._send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}


async def send_away(scope: Scope, receive: Receive, send: Send) -> None:
    """Opened and closed again: a browser would not be told the reason otherwise."""
    await receive()
    await send({"type": "websocket.accept", "subprotocol": next(iter(scope["subprotocols"]), None)})
    await send({"type": "websocket.close", "code": LATER})
