"""Clients that request pages and don't read them: others get theirs, and unsent bytes are limited."""

import asyncio
import socket
import threading
from contextlib import ExitStack, contextmanager, suppress
from urllib.parse import urlsplit

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocketDisconnect
from websockets.frames import Frame, Opcode
from websockets.sync.client import connect

from tests.conftest import wait_until
from tests.websocket_echo import HIGH_LIMITS, REQUEST, STEP_MESSAGE, UPGRADE
from tour.ui.protocol import MESSAGES
from tour.web.clients import Clients, WebSocketLimits
from tour.web.idle_timeout import closing_idle_connections
from tour.web.middleware.websocket_limits import WebSocketLimitsMiddleware
from tour.web.websocket_connection import ThrottledConnection

pytestmark = pytest.mark.timed

PAGE = b"x" * 400_000  # more than is buffered for a client that doesn't read
WHOLE_PAGES = MESSAGES._replace(ends_run=bool)
UNENDING_PAGES = MESSAGES._replace(ends_run=lambda content: False)


@contextmanager
def page_server(messages=WHOLE_PAGES, **limits):
    """The address of a server that answers each message with a page; the messages it received; its open connections."""
    received, clients = [], Clients(WebSocketLimits(**{**HIGH_LIMITS, **limits}))

    async def send_pages(websocket):
        await websocket.accept()
        with suppress(ExceptionGroup, WebSocketDisconnect):
            async with asyncio.TaskGroup() as group:
                while True:
                    received.append(await websocket.receive_bytes())
                    group.create_task(websocket.send_bytes(PAGE))  # as Streamlit does, which goes on meanwhile

    def connections() -> list[ThrottledConnection]:
        return [each for client in clients.by_address.values() for each in client.connections]

    guard = Middleware(WebSocketLimitsMiddleware, messages=messages, clients=clients)
    routes = [WebSocketRoute("/", send_pages)]
    app = Starlette(
        routes=routes, middleware=[guard], lifespan=lambda _: closing_idle_connections(server, header_timeout=1.0)
    )
    server = uvicorn.Server(uvicorn.Config(app, ws="websockets-sansio", log_level="critical"))
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    wait_until(lambda: listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT))
    try:
        yield f"ws://127.0.0.1:{listener.getsockname()[1]}/", received, connections
    finally:
        server.should_exit = True
        thread.join(20)


@contextmanager
def non_reading_client(address: str, count: int = 20):
    """The socket of a client that requests so many pages, and reads none of them."""
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        connection.settimeout(20)
        connection.connect(("127.0.0.1", urlsplit(address).port))
        connection.sendall(REQUEST[:-2] + UPGRADE)
        assert connection.recv(65_536).endswith(b"\r\n\r\n")
        connection.sendall(count * Frame(Opcode.BINARY, STEP_MESSAGE).serialize(mask=True))
        yield connection


def test_a_client_that_does_not_read_has_no_further_pages_created():
    with (
        page_server(blocked_after=0.05) as (address, received, _),
        non_reading_client(address),
        connect(address, max_size=None) as other,
    ):
        for _ in range(20):
            other.send(STEP_MESSAGE)
            assert other.recv(5) == PAGE

    assert 21 <= len(received) <= 25


def test_a_client_that_reads_late_gets_all_pages_once_and_in_order():
    sent = 20 * Frame(Opcode.BINARY, PAGE).serialize(mask=False)
    with page_server(blocked_after=0.05) as (address, _, connections), non_reading_client(address) as connection:
        wait_until(lambda: any(each.unsent_bytes for each in connections()))
        received = b""
        while len(received) < len(sent):
            received += connection.recv(65_536)

    assert received == sent


def test_a_client_that_stops_reading_within_a_page_gives_up_its_slot():
    with page_server(UNENDING_PAGES, blocked_after=0.05) as (address, _, connections), non_reading_client(address):
        wait_until(lambda: any(each.unsent_bytes for each in connections()))
        with connect(address, open_timeout=5, max_size=None) as other:
            other.send(STEP_MESSAGE)
            assert other.recv(5) == PAGE


def test_the_unsent_bytes_of_one_client_are_limited():
    with ExitStack() as visitors:
        address, _, connections = visitors.enter_context(
            page_server(blocked_after=0.05, max_unsent_bytes=4 * len(PAGE))
        )
        for _ in range(10):
            visitors.enter_context(non_reading_client(address))
        wait_until(lambda: sum(each.unsent_bytes > 0 for each in connections()) == len(connections()) == 3)
        with connect(address, max_size=None) as other:
            other.send(STEP_MESSAGE)
            assert other.recv(5) == PAGE
