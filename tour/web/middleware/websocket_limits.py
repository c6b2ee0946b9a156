"""Limits for the app's websockets: only our own pages open them, and no client makes the others wait."""

from starlette.status import WS_1008_POLICY_VIOLATION, WS_1013_TRY_AGAIN_LATER
from starlette.types import ASGIApp, Receive, Scope, Send

from tour.web.clients import Clients, client_address
from tour.web.fair_queue import FairQueue
from tour.web.origin_check import is_same_origin
from tour.web.websocket_connection import MessageProtocol, ThrottledConnection


class WebSocketLimitsMiddleware:
    """Accepts websockets of our own pages, so many of one client, and throttles each."""

    def __init__(self, app: ASGIApp, messages: MessageProtocol, clients: Clients):
        self.app, self.messages, self.clients = app, messages, clients
        self.queue = FairQueue()
        self.sessions: set[str] = set()  # that pages have resumed, and that are connected

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
        elif not is_same_origin(scope):
            await send({"type": "websocket.close", "code": WS_1008_POLICY_VIOLATION})
        else:
            client = self.clients.get(client_address(scope))
            if len(client.connections) >= client.limits.max_connections:
                await reject(scope, receive, send)
            else:
                await self._serve(scope, ThrottledConnection(client, self.queue, self.messages, receive, send))

    async def _serve(self, scope: Scope, connection: "ThrottledConnection") -> None:
        session = resumed_session(scope)
        if session:
            connection.timeout = None  # a page that reconnects sends nothing by itself
        # Streamlit would take a session from the page that has it.
        if session in self.sessions or self.messages.is_active(session):
            session = ""
        self.sessions.add(session)
        connection.client.connections.add(connection)
        try:
            await self.app(streamlit_scope(scope, session), connection.receive, connection.send)
        finally:
            self.sessions.discard(session)
            connection.client.connections.discard(connection)
            connection.release()


def streamlit_scope(scope: Scope, session: str) -> Scope:
    """The scope that Streamlit gets for a websocket: without an origin, and with this session to resume, if any."""
    # Streamlit would compare the origin once more, and ask an outside host for the machine's own address to do so.
    headers = [(name, value) for name, value in scope["headers"] if name not in (b"origin", b"sec-websocket-protocol")]
    protocols = ", ".join([*scope["subprotocols"][:1], *(["-", session] if session else [])])
    return {**scope, "headers": [*headers, (b"sec-websocket-protocol", protocols.encode("latin-1"))]}


def resumed_session(scope: Scope) -> str:
    """The session that the page of this websocket had before it reconnected; empty if it is new."""
    return next(iter(scope["subprotocols"][2:]), "")


async def reject(scope: Scope, receive: Receive, send: Send) -> None:
    """Accept and close it: otherwise a browser would not learn the close code."""
    await receive()
    await send({"type": "websocket.accept", "subprotocol": next(iter(scope["subprotocols"]), None)})
    await send({"type": "websocket.close", "code": WS_1013_TRY_AGAIN_LATER})
