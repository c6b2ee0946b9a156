"""Connections are closed whose client doesn't finish a request, sends nothing, or doesn't read the response."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocketDisconnect
from websockets.sync.client import connect

from tests.conftest import few_file_descriptors, wait_until
from tests.websocket_echo import REQUEST, UPGRADE
from tour.web.idle_timeout import closing_idle_connections

pytestmark = pytest.mark.timed

LARGE = "x" * 20_000_000  # more than the system holds ready for somebody who doesn't read
HALF = REQUEST[:-2]
TOO_LONG = b"GET /echo?" + b"x" * 70_000 + b" HTTP/1.1\r\nHost: localhost\r\n" + UPGRADE


class Served:
    """A server with so many seconds for heads, and one second for what is not read."""

    def __init__(self, header_timeout: float):
        self.ended = threading.Event()  # set when the app learns that a client is gone
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        routes = [
            Route("/", lambda request: PlainTextResponse("here")),
            Route("/large", lambda request: PlainTextResponse(LARGE)),
            WebSocketRoute("/echo", self.echo),
            WebSocketRoute("/pour", self.pour),
        ]
        self.app = Starlette(
            routes=routes, lifespan=lambda _: closing_idle_connections(self.server, header_timeout, send_timeout=1.0)
        )
        config = uvicorn.Config(self.app, ws="websockets-sansio", loop="uvloop", log_level="critical")
        self.server = uvicorn.Server(config)

    async def echo(self, websocket):
        await websocket.accept()
        await websocket.send_bytes(await websocket.receive_bytes())
        await websocket.receive()

    async def pour(self, websocket):
        await websocket.accept()
        try:
            while True:
                await websocket.send_bytes(b"x" * 60_000)
                await asyncio.sleep(0)
        except WebSocketDisconnect:
            self.ended.set()

    @contextmanager
    def running(self) -> Iterator["Served"]:
        thread = threading.Thread(target=self.server.run, args=([self.listener],))
        thread.start()
        try:
            yield self
        finally:
            self.server.should_exit = True
            thread.join(20)


@pytest.fixture(scope="module")
def served():
    with Served(header_timeout=0.25).running() as served:
        yield served


def read_until_closed(port: int, *sent: bytes, patience: float = 10) -> bytes:
    """What the server answers to each in turn, and then hangs up; TimeoutError if it doesn't."""
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as connection:
        received = b""
        for each in sent:
            connection.sendall(each)
            received += connection.recv(65536) if each == REQUEST else b""
        return received + connection.recv(65536)


@pytest.mark.parametrize("sent", [b"", b"G", HALF], ids=["nothing", "a letter", "half"])
def test_an_unfinished_request_is_closed(served, sent):
    assert read_until_closed(served.port, sent) == b""


def test_an_unfinished_next_request_is_closed(served):
    assert read_until_closed(served.port, REQUEST, HALF).endswith(b"here")


def test_a_websocket_without_a_handshake_is_closed(served):
    assert read_until_closed(served.port, TOO_LONG) == b""


def test_headers_that_arrive_byte_by_byte_are_closed(served):
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as connection, pytest.raises(OSError):
        connection.sendall(HALF)
        connection.settimeout(0.05)
        for _ in range(200):
            connection.sendall(b"x")
            if not is_open(connection):
                raise ConnectionResetError


def is_open(connection: socket.socket) -> bool:
    """Whether the connection is still open, waiting a moment for its end."""
    try:
        return connection.recv(1) != b""
    except TimeoutError:
        return True


def test_a_client_that_does_not_read_a_page_is_closed(served):
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as connection:
        connection.sendall(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
        connection.recv(1)
        wait_until(lambda: not served.server.server_state.connections)
        left = 0
        with pytest.raises(OSError):
            while more := connection.recv(1_000_000):
                left += len(more)
            raise ConnectionResetError

    assert left < len(LARGE)


def test_a_websocket_that_does_not_read_is_closed(served):
    with connect(f"ws://127.0.0.1:{served.port}/pour", max_queue=1, max_size=None, close_timeout=0.1):
        assert served.ended.wait(10)


def test_a_websocket_that_has_sent_a_message_may_be_idle(served):
    with connect(f"ws://127.0.0.1:{served.port}/echo") as connection:
        connection.send(b"x")
        assert connection.recv(timeout=5) == b"x"
        with pytest.raises(TimeoutError):
            connection.recv(timeout=0.8)


def test_idle_connections_are_closed_first_when_hardly_any_files_are_left():
    with Served(header_timeout=60).running() as patient, few_file_descriptors(room=20):
        assert read_until_closed(patient.port, HALF) == b""
