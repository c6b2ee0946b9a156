"""The app's websockets: for our own pages, and nobody may ask so much through them that others wait."""

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp, Receive, Scope, Send

from tour.serving.clients import Clients
from tour.serving.connection import LATER, POLICY, Line, Messages
from tour.serving.fair_queue import FairQueue
from tour.serving.limits import Limits
from tour.serving.origins import for_streamlit, former_session, is_our_page
from tour.serving.pace import Pace
from tour.serving.visitors import household


class Sockets:
    """Middleware between the server and the app."""

    def __init__(self, app: ASGIApp, messages: Messages, clients: Clients, limits: Limits | None = None):
        self.app, self.messages, self.clients = app, messages, clients
        self.limits = limits or Limits.told()
        self.queue = FairQueue()
        self.sessions: set[str] = set()  # with which a page came back, and is here

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
        # Streamlit has a page that comes back ask for nothing by itself.
        line.has_spoken = bool(former_session(scope))
        client.connections.add(line)
        try:
            with self._claimed(former_session(scope)) as session:
                await self.app(for_streamlit(scope, session), line.receive, line.send)
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


async def send_away(scope: Scope, receive: Receive, send: Send) -> None:
    """Opened and closed again: a browser would not be told the reason otherwise."""
    await receive()
    await send({"type": "websocket.accept", "subprotocol": next(iter(scope["subprotocols"]), None)})
    await send({"type": "websocket.close", "code": LATER})
