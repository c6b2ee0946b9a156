"""The app's websockets: for our own pages, and nobody may ask so much through them that others wait."""

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp, Receive, Scope, Send

from tour.web.client_address import client_address
from tour.web.clients import Clients
from tour.web.fair_queue import FairQueue
from tour.web.origin_check import is_same_origin, resumed_session, streamlit_scope
from tour.web.rate_limiter import RateLimiter
from tour.web.websocket_connection import (
    POLICY_VIOLATION,
    TRY_AGAIN_LATER,
    Limits,
    MessageProtocol,
    ThrottledConnection,
)


class WebSocketLimitsMiddleware:
    """Middleware between the server and the app."""

    def __init__(self, app: ASGIApp, messages: MessageProtocol, clients: Clients, limits: Limits | None = None):
        self.app, self.messages, self.clients = app, messages, clients
        self.limits = limits or Limits.told()
        self.queue = FairQueue()
        self.sessions: set[str] = set()  # with which a page came back, and is here

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        if not is_same_origin(scope):
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return
        client = self.clients.get(
            client_address(scope), RateLimiter(self.limits.together, self.limits.together_at_once)
        )
        if len(client.connections) >= self.limits.connections:
            await reject(scope, receive, send)
            return
        line = ThrottledConnection(self.limits, client, self.queue, self.messages, receive, send)
        # Streamlit has a page that comes back ask for nothing by itself.
        line.has_spoken = bool(resumed_session(scope))
        client.connections.add(line)
        try:
            with self._claimed(resumed_session(scope)) as session:
                await self.app(streamlit_scope(scope, session), line.receive, line.send)
        finally:
            client.connections.discard(line)
            line.release()

    @contextmanager
    def _claimed(self, session: str) -> Iterator[str]:
        """The session, unless another connection has it: it would be taken from there, and nothing answered there."""
        is_free = bool(session) and session not in self.sessions and not self.messages.is_active(session)
        if not is_free:
            yield ""
            return
        self.sessions.add(session)
        try:
            yield session
        finally:
            self.sessions.discard(session)


async def reject(scope: Scope, receive: Receive, send: Send) -> None:
    """Opened and closed again: a browser would not be told the reason otherwise."""
    await receive()
    await send({"type": "websocket.accept", "subprotocol": next(iter(scope["subprotocols"]), None)})
    await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
