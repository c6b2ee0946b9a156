"""Who asks for pages and doesn't read them: others get theirs, and what waits is bounded."""

import asyncio
import socket
import threading
from contextlib import ExitStack, contextmanager, suppress
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocketDisconnect
from websockets.frames import Frame, Opcode
from websockets.sync.client import connect

from tests.conftest import until
from tests.test_idle_timeout import UPGRADE, WHOLE
from tests.test_websocket_limits import PLENTY, STEP
from tour.ui.protocol import MESSAGES
from tour.web.clients import Clients, Limits
from tour.web.idle_timeout import closing_idle_connections
from tour.web.middleware.websocket_limits import ThrottledConnection, WebSocketLimitsMiddleware

PAGE = b"x" * 400_000  # more than is ever held ready for somebody who doesn't read
WHOLE_PAGES = MESSAGES._replace(ends_run=bool)
UNENDING_PAGES = MESSAGES._replace(ends_run=lambda content: False)


@contextmanager
def pouring(messages=WHOLE_PAGES, **limits):
    """The address of a server that answers each message with a page; what it was asked; who is there."""
    asked, clients = [], Clients(Limits(**{**PLENTY, **limits}))

    async def pour(websocket):
        await websocket.accept()
        with suppress(ExceptionGroup, WebSocketDisconnect):
            async with asyncio.TaskGroup() as group:
                while True:
                    asked.append(await websocket.receive_bytes())
                    group.create_task(websocket.send_bytes(PAGE))  # as Streamlit does, which goes on meanwhile

    def here() -> list[ThrottledConnection]:
        return [each for client in clients.by_address.values() for each in client.connections]

    guard = Middleware(WebSocketLimitsMiddleware, messages=messages, clients=clients)
    routes = [WebSocketRoute("/", pour)]
    app = Starlette(
        routes=routes, middleware=[guard], lifespan=lambda _: closing_idle_connections(server, header_timeout=1.0)
    )
    server = uvicorn.Server(uvicorn.Config(app, ws="websockets-sansio", log_level="critical"))
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    until(lambda: listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT))
    try:
        yield f"ws://127.0.0.1:{listener.getsockname()[1]}/", asked, here
    finally:
        server.should_exit = True
        thread.join(20)


@contextmanager
def who_presses_on(address: str, count: int = 20):
    """The socket of a visitor who has asked for so many pages, and reads none of them."""
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        line.settimeout(20)
        line.connect(("127.0.0.1", urlsplit(address).port))
        line.sendall(WHOLE[:-2] + UPGRADE)
        assert line.recv(65_536).endswith(b"\r\n\r\n")
        line.sendall(count * Frame(Opcode.BINARY, STEP).serialize(mask=True))
        yield line


def test_who_does_not_read_has_the_rest_of_their_pages_not_even_made():
    with (
        pouring(blocked_after=0.05) as (address, asked, _),
        who_presses_on(address),
        connect(address, max_size=None) as other,
    ):
        for _ in range(20):
            other.send(STEP)
            assert other.recv(5) == PAGE

    assert 21 <= len(asked) <= 25


def test_who_reads_at_last_gets_all_of_it_once_and_in_order():
    sent = 20 * Frame(Opcode.BINARY, PAGE).serialize(mask=False)
    with pouring(blocked_after=0.05) as (address, _, here), who_presses_on(address) as line:
        until(lambda: any(each.unsent for each in here()))
        received = b""
        while len(received) < len(sent):
            received += line.recv(65_536)

    assert received == sent


def test_who_stops_reading_in_the_middle_of_a_page_gives_up_the_turn():
    with pouring(UNENDING_PAGES, blocked_after=0.05) as (address, _, here), who_presses_on(address):
        until(lambda: any(each.unsent for each in here()))
        with connect(address, open_timeout=5, max_size=None) as other:
            other.send(STEP)
            assert other.recv(5) == PAGE


def test_what_waits_for_one_address_to_be_read_is_bounded():
    with ExitStack() as visitors:
        address, _, here = visitors.enter_context(pouring(blocked_after=0.05, max_unsent_bytes=4 * len(PAGE)))
        for _ in range(10):
            visitors.enter_context(who_presses_on(address))
        until(lambda: sum(each.unsent > 0 for each in here()) == len(here()) == 3)
        with connect(address, max_size=None) as other:
            other.send(STEP)
            assert other.recv(5) == PAGE
