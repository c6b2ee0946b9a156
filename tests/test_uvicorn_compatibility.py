"""A uvicorn that has renamed what our limits build on: the site runs without them, and one line for each says so."""

import inspect
import logging
import re
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from types import ModuleType

import httpx2
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocketDisconnect
from uvicorn.protocols.http import httptools_impl
from uvicorn.protocols.websockets import websockets_sansio_impl
from websockets.sync.client import connect

from tests.conftest import wait_until
from tour.web.idle_timeout import closing_idle_connections
from tour.web.server import limit_connections, running_server

UNLIMITED, NOT_CLOSED = "are not limited", "are not closed"


def renamed(module: ModuleType, name: str) -> ModuleType:
    """The module as a later version may have it: the same, with another word for one name."""
    changed = ModuleType(module.__name__)
    source = re.sub(rf"(?<=self\.){name}\b|(?<=def ){name}\b", f"new_{name.strip('_')}", inspect.getsource(module))
    exec(source, changed.__dict__)
    return changed


@contextmanager
def serving(http: ModuleType, websockets: ModuleType, find=lambda server: server) -> Iterator[int]:
    """The port of a server with these protocols, within our limits; `find` is how it is found."""

    async def echo(websocket):
        await websocket.accept()
        with suppress(WebSocketDisconnect):
            await websocket.send_bytes(await websocket.receive_bytes())

    @asynccontextmanager
    async def lifespan(_):
        limit_connections(find(server))
        async with closing_idle_connections(find(server), header_timeout=0.2):
            yield

    routes = [Route("/", lambda request: PlainTextResponse("here")), WebSocketRoute("/echo", echo)]
    app = Starlette(routes=routes, lifespan=lifespan)
    options = {"http": http.HttpToolsProtocol, "ws": websockets.WebSocketsSansIOProtocol, "log_config": None}
    server = uvicorn.Server(uvicorn.Config(app, **options))
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(20)


def answers(port: int) -> bool:
    with connect(f"ws://127.0.0.1:{port}/echo") as websocket:
        websocket.send(b"x")
        return httpx2.get(f"http://127.0.0.1:{port}/").text == "here" and websocket.recv(10) == b"x"


def warnings(caplog) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


def test_one_that_has_not_changed_is_limited_without_a_word(caplog):
    with serving(httptools_impl, websockets_sansio_impl) as port:
        assert answers(port)
        threading.Event().wait(0.5)

    assert warnings(caplog) == []


@pytest.mark.parametrize("name", ["headers", "send_400_response", "_start_asgi_task", "transport"])
def test_a_name_of_its_http_protocol(caplog, name):
    with serving(renamed(httptools_impl, name), websockets_sansio_impl) as port:
        assert answers(port)

    assert [name in line for line in warnings(caplog) if UNLIMITED in line] == [True]


@pytest.mark.parametrize(
    "name", ["curr_msg_data_type", "frames", "handle_cont", "handle_ping", "queue", "send_receive_event_to_app"]
)
def test_a_name_of_its_websocket_protocol(caplog, name):
    with serving(httptools_impl, renamed(websockets_sansio_impl, name)) as port:
        assert answers(port)

    assert [name in line for line in warnings(caplog) if UNLIMITED in line] == [True]


@pytest.mark.parametrize("name", ["cycle", "transport"])
def test_a_name_by_which_idle_connections_are_found(caplog, name):
    with serving(renamed(httptools_impl, name), websockets_sansio_impl) as port:
        assert answers(port)
        with socket.create_connection(("127.0.0.1", port)):
            wait_until(lambda: any(NOT_CLOSED in line for line in warnings(caplog)))

        assert answers(port)

    assert [name in line for line in warnings(caplog) if NOT_CLOSED in line] == [True]


def test_the_name_of_a_websockets_handshake(caplog):
    with serving(httptools_impl, renamed(websockets_sansio_impl, "handshake_initiated")) as port:
        with connect(f"ws://127.0.0.1:{port}/echo"):
            wait_until(lambda: any(NOT_CLOSED in line for line in warnings(caplog)))
        assert answers(port)

    assert len(warnings(caplog)) == 1


@pytest.mark.parametrize("name", ["servers", "server_state", "started"])
def test_a_name_of_the_server_itself(caplog, name):
    class Hidden:
        def __init__(self, server):
            self.server = server

        def __getattr__(self, attribute):
            if attribute == name:
                raise AttributeError(f"'Server' object has no attribute {name!r}")
            return getattr(self.server, attribute)

    with serving(httptools_impl, websockets_sansio_impl, find=Hidden) as port:
        assert answers(port)
        wait_until(lambda: any(NOT_CLOSED in line and name in line for line in warnings(caplog)))
        assert answers(port)

    assert len([line for line in warnings(caplog) if NOT_CLOSED in line]) == 1


def test_a_server_that_is_not_found(caplog, monkeypatch):
    monkeypatch.setattr(signal, "getsignal", lambda number: signal.SIG_DFL)
    with serving(httptools_impl, websockets_sansio_impl, find=lambda server: running_server()) as port:
        assert answers(port)

    assert [UNLIMITED in line and "no running server" in line for line in warnings(caplog)] == [True]
