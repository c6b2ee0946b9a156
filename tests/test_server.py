"""Limits while data arrives: headers, header lines, bodies, trailers, messages and frames."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from itertools import repeat

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode
from websockets.sync.client import connect

from tests.conftest import wait_until
from tour.web.server import (
    MAX_HEADER_LINES,
    MAX_MESSAGE_BYTES,
    MAX_REQUEST_BYTES,
    MAX_UNFINISHED_BYTES,
    LimitedWebSocketProtocol,
    limit_connections,
)

HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
UPGRADE = b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
UPGRADE += b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
MANY = 20_000  # of any of these is far more than is let in, and than the system holds ready
SOCKET_BUFFER = 65_536  # bytes that each side's system holds ready


@contextmanager
def serving() -> Iterator[int]:
    """The port of a server that counts."""

    async def echo(websocket):
        await websocket.accept()
        async for message in websocket.iter_bytes():
            await websocket.send_bytes(message)

    @asynccontextmanager
    async def lifespan(_):
        limit_connections(server)
        yield

    routes = [Route("/", lambda request: PlainTextResponse("here")), WebSocketRoute("/echo", echo)]
    app = Starlette(routes=routes, lifespan=lifespan)
    server = uvicorn.Server(uvicorn.Config(app, ws="websockets-sansio", log_level="critical"))
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SOCKET_BUFFER)
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(20)


@pytest.fixture(scope="module")
def port():
    with serving() as port:
        yield port


@pytest.mark.parametrize(
    ("start", "more"),
    [
        (HEAD, b"X: y\r\n" * 20),
        (HEAD + b"X: ", b"y" * 100),
        (b"GET /", b"x" * 100),
        (CHUNKED, b"1;" + b"e" * 98),
        (CHUNKED + b"0\r\n", b"X: y\r\n" * 20),
        (CHUNKED, b"64\r\n" + b"b" * 100 + b"\r\n"),
        (HEAD + b"Content-Length: 99999999\r\n\r\n", b"b" * 100),
    ],
    ids=["lines", "one line", "address", "chunk extension", "trailers", "chunks", "body"],
)
def test_a_request_without_end_is_refused(port, start, more):
    with pytest.raises(ConnectionError), socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SOCKET_BUFFER)
        connection.sendall(start)
        for each in repeat(more, MANY):
            connection.sendall(each)
        raise AssertionError("All of it was taken.")


def answered(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        return connection.recv(65536)


def test_what_browsers_send_is_answered(port):
    assert answered(port, HEAD + b"X: y\r\n" * (MAX_HEADER_LINES - 1) + b"\r\n").endswith(b"here")
    assert answered(port, HEAD + b"X: " + b"y" * 30_000 + b"\r\n\r\n").endswith(b"here")
    assert answered(port, CHUNKED + b"5\r\nhello\r\n0\r\n\r\n").endswith(b"here")


@pytest.mark.parametrize("upgrade", [b"", UPGRADE], ids=["page", "websocket"])
def test_too_many_header_lines_are_answered_with_431(port, upgrade):
    request = HEAD + upgrade + b"X: y\r\n" * MAX_HEADER_LINES + b"\r\n"

    assert answered(port, request).startswith(b"HTTP/1.1 431 ")


def test_requests_on_one_connection_are_counted_separately(port):
    whole = HEAD + b"\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        for _ in range(2 * MAX_REQUEST_BYTES // len(whole)):
            connection.sendall(whole)
            assert connection.recv(65536).endswith(b"here")


@pytest.mark.parametrize(
    "message",
    [b"x" * (MAX_MESSAGE_BYTES + 1), 4 * [b"x" * (MAX_MESSAGE_BYTES // 3)]],
    ids=["whole", "fragments"],
)
def test_a_message_that_is_too_large_closes_the_connection(port, message):
    with connect(f"ws://127.0.0.1:{port}/echo") as connection, pytest.raises(ConnectionClosed) as closed:
        connection.send(message)
        connection.recv(10)

    assert closed.value.rcvd.code == 1009


def test_unfinished_messages_are_counted_for_all_connections_of_one_client(port):
    with ExitStack() as lines:
        raw = [lines.enter_context(connect(f"ws://127.0.0.1:{port}/echo")).socket for _ in range(60)]
        begun = Frame(Opcode.BINARY, b"x" * 60_000, fin=False).serialize(mask=True)
        with suppress(OSError):
            for each in raw:
                each.sendall(begun)
        wait_until(lambda: 0 < sum(map(is_open, raw)) <= MAX_UNFINISHED_BYTES // len(begun))

    wait_until(lambda: not LimitedWebSocketProtocol.unfinished)
    with connect(f"ws://127.0.0.1:{port}/echo") as connection:
        connection.send(b"x")
        assert connection.recv(10) == b"x"


def is_open(connection: socket.socket) -> bool:
    """Closed by the other side, the client puts it away."""
    return connection.fileno() >= 0


@pytest.mark.parametrize("opcode", [Opcode.PING, Opcode.PONG, Opcode.CONT], ids=["pings", "pongs", "fragments"])
def test_control_and_continuation_frames_are_rate_limited(port, opcode):
    with connect(f"ws://127.0.0.1:{port}/echo") as connection:
        raw = connection.socket
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SOCKET_BUFFER)
        if opcode is Opcode.CONT:
            raw.sendall(Frame(Opcode.BINARY, b"x", fin=False).serialize(mask=True))
        frame = Frame(opcode, b"x", fin=opcode is not Opcode.CONT).serialize(mask=True)
        with pytest.raises(OSError):  # the client puts its end away once the other is gone
            for _ in range(MANY):
                raw.sendall(frame * 20)
            raise AssertionError("All of them were taken.")


def test_queued_messages_are_limited(port):
    small = Frame(Opcode.BINARY, b"???").serialize(mask=True)
    with connect(f"ws://127.0.0.1:{port}/echo") as connection:
        connection.socket.sendall(100 * small)
        assert [connection.recv(10) for _ in range(100)] == 100 * [b"???"]

        with suppress(OSError):
            connection.socket.sendall(29_000 * small)
        echoed = 0
        with pytest.raises(ConnectionClosed):
            while connection.recv(10):
                echoed += 1

    assert echoed < 10_000


def test_ordinary_messages_and_pings_are_answered(port):
    with connect(f"ws://127.0.0.1:{port}/echo") as connection:
        for number in range(40):
            connection.send(bytes([number]) * 2_000)
            assert connection.recv(10) == bytes([number]) * 2_000
            assert connection.ping().wait(10)
        assert not LimitedWebSocketProtocol.unfinished
