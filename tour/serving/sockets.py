"""The app's websockets: for our own pages, and nobody may ask so much through them that others wait."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tour.serving.origins import is_our_page, without_origin
from tour.serving.pace import Pace
from tour.serving.server import LONGEST_MESSAGE
from tour.serving.visitors import household

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

    @classmethod
    def told(cls) -> "Limits":
        """Ours, with the connections of $TOUR_CONNECTIONS."""
        told = os.environ.get("TOUR_CONNECTIONS", "")
        return cls(connections=int(told) if told.isdecimal() else cls.connections)


@dataclass
class Household:
    """All connections of one address."""

    pace: Pace
    lines: set["Line"] = field(default_factory=set)


class Sockets:
    """Middleware between the server and the app; `is_used` says of a message whether the app may see it."""

    def __init__(self, app: ASGIApp, is_used: Callable[[bytes], bool], limits: Limits | None = None):
        self.app = app
        self.is_used = is_used
        self.limits = limits or Limits.told()
        self.households: dict[str, Household] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        if not is_our_page(scope):
            await send({"type": "websocket.close", "code": POLICY})
            return
        home = self._home(household(scope))
        if len(home.lines) >= self.limits.connections:
            await send_away(scope, receive, send)
            return
        line = Line(self.limits, home.pace, self.is_used, receive, send)
        home.lines.add(line)
        try:
            await self.app(without_origin(scope), line.receive, line.send)
        finally:
            home.lines.discard(line)

    def _home(self, address: str) -> Household:
        """The household of the address; those that have gone and rested are forgotten."""
        now = monotonic()
        for each, home in list(self.households.items()):
            if not home.lines and home.pace.is_rested(now):
                del self.households[each]
        pace = Pace(self.limits.together, self.limits.together_at_once)
        return self.households.setdefault(address, Household(pace))


class Line:
    """One connection: what comes in comes at a bearable pace, or the line is closed with word of why."""

    def __init__(self, limits: Limits, shared: Pace, is_used: Callable[[bytes], bool], receive: Receive, send: Send):
        self.limits, self.shared, self.is_used = limits, shared, is_used
        self.pace = Pace(limits.rate, limits.at_once)
        self.behind_since: float | None = None
        self.has_spoken = self.is_over = False
        self._receive, self._send = receive, send

    async def receive(self) -> Message:
        try:
            async with asyncio.timeout(None if self.has_spoken else self.limits.first):
                message = await self._receive()
        except TimeoutError:
            return await self._hang_up(POLICY)
        if message["type"] == "websocket.connect":
            await self._turn(self.shared)  # whoever comes and goes all the time waits as well
        if message["type"] != "websocket.receive":
            return message
        self.has_spoken = True
        fault = self._fault(message) or await self._in_turn()
        if self.is_over:  # gone while it waited: the rest of what it sent is of no use to anybody
            return {"type": "websocket.disconnect", "code": LOST}
        return await self._hang_up(fault) if fault else message

    async def send(self, message: Message) -> None:
        if self.is_over:
            return
        try:
            await self._send(message)
        # The latter says that the server itself gave the line up while the message waited.
        except (OSError, RuntimeError):
            self.is_over = True

    def _fault(self, message: Message) -> int | None:
        content = message.get("bytes")
        if content is None:
            return NOT_TEXT
        if len(content) > self.limits.message:
            return TOO_BIG
        return None if self.is_used(content) else POLICY

    async def _in_turn(self) -> int | None:
        """Waits for the turn of the next message; the fault of a line that has been asking too much for too long."""
        if not await self._turn(self.pace):
            self.behind_since = None
        else:
            self.behind_since = self.behind_since or monotonic()
            if monotonic() - self.behind_since > self.limits.behind:
                return POLICY
        await self._turn(self.shared)
        return None

    async def _turn(self, pace: Pace) -> float:
        wait = pace.wait(monotonic())
        if wait:
            await asyncio.sleep(wait)
        return wait

    async def _hang_up(self, code: int) -> Message:
        self.is_over = True
        await self._send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}


async def send_away(scope: Scope, receive: Receive, send: Send) -> None:
    """Opened and closed again: a browser would not be told the reason otherwise."""
    await receive()
    await send({"type": "websocket.accept", "subprotocol": next(iter(scope["subprotocols"]), None)})
    await send({"type": "websocket.close", "code": LATER})
