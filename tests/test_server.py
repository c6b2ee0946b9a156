"""What never ends is counted while it comes in: heads, header lines, bodies, trailers, messages and frames."""

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

from tests.conftest import until
from tour.web.server import (
    MAX_HEADER_LINES,
    MAX_MESSAGE_BYTES,
    MAX_REQUEST_BYTES,
    MAX_UNFINISHED_BYTES,
    LimitedWebSocketProtocol,
    limit_connections,
)

HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
MANY = 20_000  # of any of these is far more than is let in, and than the system holds ready
HELD = 65_536  # bytes that each side's system holds ready


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
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, HELD)
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
def test_a_request_without_end_is_not_taken(port, start, more):
    with pytest.raises(ConnectionError), socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, HELD)
        line.sendall(start)
        for each in repeat(more, MANY):
            line.sendall(each)
        raise AssertionError("All of it was taken.")


def answered(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(request)
        return line.recv(65536)


def test_what_browsers_send_is_answered(port):
    assert answered(port, HEAD + b"X: y\r\n" * (MAX_HEADER_LINES - 1) + b"\r\n").endswith(b"here")
    assert answered(port, HEAD + b"X: " + b"y" * 30_000 + b"\r\n\r\n").endswith(b"here")
    assert answered(port, CHUNKED + b"5\r\nhello\r\n0\r\n\r\n").endswith(b"here")


def test_a_line_too_many_is_told(port):
    assert answered(port, HEAD + b"X: y\r\n" * MAX_HEADER_LINES + b"\r\n").startswith(b"HTTP/1.1 431 ")


def test_many_requests_on_one_connection_are_each_counted_alone(port):
    whole = HEAD + b"\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        for _ in range(2 * MAX_REQUEST_BYTES // len(whole)):
            line.sendall(whole)
            assert line.recv(65536).endswith(b"here")


@pytest.mark.parametrize(
    "message",
    [b"x" * (MAX_MESSAGE_BYTES + 1), 4 * [b"x" * (MAX_MESSAGE_BYTES // 3)]],
    ids=["whole", "fragments"],
)
def test_a_message_that_is_too_large_closes_the_connection(port, message):
    with connect(f"ws://127.0.0.1:{port}/echo") as line, pytest.raises(ConnectionClosed) as closed:
        line.send(message)
        line.recv(10)

    assert closed.value.rcvd.code == 1009


def test_messages_that_never_end_are_counted_for_all_connections_of_one_client(port):
    with ExitStack() as lines:
        raw = [lines.enter_context(connect(f"ws://127.0.0.1:{port}/echo")).socket for _ in range(60)]
        begun = Frame(Opcode.BINARY, b"x" * 60_000, fin=False).serialize(mask=True)
        with suppress(OSError):
            for each in raw:
                each.sendall(begun)
        until(lambda: 0 < sum(map(is_open, raw)) <= MAX_UNFINISHED_BYTES // len(begun))

    until(lambda: not LimitedWebSocketProtocol.unfinished)
    with connect(f"ws://127.0.0.1:{port}/echo") as line:
        line.send(b"x")
        assert line.recv(10) == b"x"


def is_open(line: socket.socket) -> bool:
    """Closed by the other side, the client puts it away."""
    return line.fileno() >= 0


@pytest.mark.parametrize("opcode", [Opcode.PING, Opcode.PONG, Opcode.CONT], ids=["pings", "pongs", "fragments"])
def test_frames_that_are_no_message_have_a_pace(port, opcode):
    with connect(f"ws://127.0.0.1:{port}/echo") as line:
        raw = line.socket
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, HELD)
        if opcode is Opcode.CONT:
            raw.sendall(Frame(Opcode.BINARY, b"x", fin=False).serialize(mask=True))
        frame = Frame(opcode, b"x", fin=opcode is not Opcode.CONT).serialize(mask=True)
        with pytest.raises(OSError):  # the client puts its end away once the other is gone
            for _ in range(MANY):
                raw.sendall(frame * 20)
            raise AssertionError("All of them were taken.")


def test_messages_that_wait_for_the_app_are_bounded(port):
    small = Frame(Opcode.BINARY, b"???").serialize(mask=True)
    with connect(f"ws://127.0.0.1:{port}/echo") as line:
        line.socket.sendall(100 * small)
        assert [line.recv(10) for _ in range(100)] == 100 * [b"???"]

        with suppress(OSError):
            line.socket.sendall(29_000 * small)
        said_back = 0
        with pytest.raises(ConnectionClosed):
            while line.recv(10):
                said_back += 1

    assert said_back < 10_000


def test_who_steps_and_answers_pings_is_let_be(port):
    with connect(f"ws://127.0.0.1:{port}/echo") as line:
        for number in range(40):
            line.send(bytes([number]) * 2_000)
            assert line.recv(10) == bytes([number]) * 2_000
            assert line.ping().wait(10)
        assert not LimitedWebSocketProtocol.unfinished
