"""Connections on which the other side neither speaks nor reads: uvicorn would wait for it for ever."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from time import monotonic

from tour.web.file_limits import is_near_limit
from tour.web.server import Server

HEADER_TIMEOUT = 10.0  # seconds for the head of a request, the first one or the next on the same connection
SEND_TIMEOUT = 60.0  # seconds that what we sent may lie before a visitor's door
MAX_UNSENT_BYTES = 131_072  # bytes of a connection that the system keeps for us until they can be sent; by itself 4 MB


@asynccontextmanager
async def closing_idle_connections(
    server: Server | None, head: float = HEADER_TIMEOUT, unread: float = SEND_TIMEOUT
) -> AsyncIterator[None]:
    """Meanwhile whoever is silent for so long, or reads nothing, is let go."""
    watch = asyncio.create_task(_watch(server, head, unread)) if server else None
    try:
        yield
    finally:
        if watch:
            watch.cancel()


async def _watch(server: Server, head: float, unread: float) -> None:
    silent: dict[tuple, float] = {}
    is_limited = False
    while True:
        await asyncio.sleep(min(head / 10, 1))
        is_limited = is_limited or _limit_unread(server, unread)
        now = monotonic()
        silent = {each: silent.get(each, now) for each in _idle(server.server_state.connections)}
        patience = 0 if is_near_limit() else head  # whoever has more to say than nothing needs the room
        for (connection, _), since in silent.items():
            if now - since > patience:
                connection.transport.close()


def _idle(connections: Iterable) -> Iterable[tuple]:
    """Connections that owe us the head of a request, each with the request before it: a new one begins a new wait."""
    for each in list(connections):
        if hasattr(each, "handshake_initiated"):  # on its way to be a websocket, which then has limits of its own
            is_silent = not each.handshake_initiated
        else:
            is_silent = each.cycle is None or each.cycle.response_complete
        if is_silent and not each.transport.is_closing():
            yield each, getattr(each, "cycle", None)


def _limit_unread(server: Server, unread: float) -> bool:
    """Whether the limits are set: on the listening sockets, from which Linux hands it on to each that they accept.

    Only the system knows what has been read. A connection would outlive its own end otherwise, and a websocket with it
    all that the app has still to say.
    """
    if not server.started:
        return False
    for each in (each for listener in server.servers for each in listener.sockets):
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            each.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(unread * 1000))
        if hasattr(socket, "TCP_NOTSENT_LOWAT"):
            each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, MAX_UNSENT_BYTES)
    return True
