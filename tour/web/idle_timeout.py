"""Timeouts for connections whose client neither sends nor reads: uvicorn would wait for it for ever."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any

from tour.web.file_limits import is_near_limit
from tour.web.server import Server

HEADER_TIMEOUT = 10.0  # seconds for the headers of a request, the first one or the next on the same connection
SEND_TIMEOUT = 60.0  # seconds in which a client has to acknowledge what was sent
MAX_UNSENT_BYTES = 131_072  # bytes of a connection that the system buffers until they can be sent; its default is 4 MB


@asynccontextmanager
async def closing_idle_connections(
    server: Server | None, header_timeout: float = HEADER_TIMEOUT, send_timeout: float = SEND_TIMEOUT
) -> AsyncIterator[None]:
    """Within the block, connections that exceed these timeouts are closed."""
    task = asyncio.create_task(_watch(server, header_timeout, send_timeout)) if server else None
    try:
        yield
    finally:
        if task:
            task.cancel()


async def _watch(server: Server, header_timeout: float, send_timeout: float) -> None:
    try:
        while not server.started:
            await asyncio.sleep(min(header_timeout / 10, 1))
        _limit_unread(server, send_timeout)
        await _close_idle(server, header_timeout)
    # uvicorn documents none of the attributes that are read here.
    except AttributeError as error:
        logging.getLogger(__name__).warning("Idle connections are not closed: this version of uvicorn: %s.", error)


async def _close_idle(server: Server, header_timeout: float) -> None:
    idle_since: dict[tuple[Any, Any], float] = {}
    while True:
        now = monotonic()
        idle_since = {key: idle_since.get(key, now) for key in _idle(server.server_state.connections)}
        timeout = 0 if is_near_limit() else header_timeout  # whoever sends a request needs the room
        for (connection, _), since in idle_since.items():
            if now - since > timeout:
                connection.transport.close()
        await asyncio.sleep(min(header_timeout / 10, 1))


def _idle(connections: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    """Connections whose request has not arrived, each with the request before it: the next one has its own timeout."""
    for connection in list(connections):
        if hasattr(connection, "handshake_initiated"):  # an open websocket has limits of its own
            is_idle = not connection.handshake_initiated
        else:
            is_idle = connection.cycle is None or connection.cycle.response_complete
        if is_idle and not connection.transport.is_closing():
            yield connection, getattr(connection, "cycle", None)


def _limit_unread(server: Server, send_timeout: float) -> None:
    """Set the limits on the listening sockets, from which Linux copies them to the connections.

    Only the system knows what has been read. A connection would outlive its own end otherwise, and a websocket with it
    all that the app has still to send.
    """
    for listener in (listener for group in server.servers for listener in group.sockets):
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(send_timeout * 1000))
        if hasattr(socket, "TCP_NOTSENT_LOWAT"):
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, MAX_UNSENT_BYTES)
