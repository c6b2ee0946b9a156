"""Clients that attack the server: python -m benchmarks.attackers NAME ADDRESS SECONDS, in a process of their own.

Those that open pages or request whole documents claim addresses of their own, which the server believes as it would a
reverse proxy on the same machine.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from itertools import count
from random import randbytes
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.frames import Frame, Opcode
from websockets.typing import Subprotocol

from benchmarks.streamlit_client import WEBSOCKET_PATH
from tour.ui.protocol import ends_run

HEAVIEST_PAGE = BackMsg(rerun_script=ClientState(query_string="view=sources")).SerializeToString()
SMALLEST_FRAME = Frame(Opcode.BINARY, BackMsg(app_heartbeat=True).SerializeToString()).serialize(mask=True)
GIT_INFO = BackMsg(load_git_info=True).SerializeToString()
# What a refused or closed connection raises: an attacker connects again.
REFUSAL_ERRORS = (OSError, WebSocketException, asyncio.IncompleteReadError)
HEADER_LINES = b"X: y\r\n" * 200

Attack = Callable[[str, int], Awaitable[None]]  # of one connection, to a site's address, from a client of that number


def main() -> None:
    name, site, seconds = sys.argv[1:]
    asyncio.run(attack(name, site, float(seconds)))


async def attack(name: str, site: str, seconds: float) -> None:
    """That attack for so long, repeatedly on each of its connections."""
    act, clients, connections = ATTACKS[name]
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
            for number in range(clients * connections):
                group.create_task(_repeat(act, site, number % clients))


async def _repeat(act: Attack, site: str, number: int) -> None:
    while True:
        with suppress(*REFUSAL_ERRORS):
            await act(site, number)
        await asyncio.sleep(0.05)


def _headers(number: int) -> dict[str, str]:
    return {"X-Forwarded-For": f"198.{18 + os.getpid() % 2}.{os.getpid() // 2 % 256}.{number}"}


@asynccontextmanager
async def _page(site: str, number: int, *session: str) -> AsyncIterator[ClientConnection]:
    url, headers = f"ws://{urlsplit(site).netloc}{WEBSOCKET_PATH}", _headers(number)
    protocols = [Subprotocol(name) for name in ("streamlit", *session)]
    limits: dict[str, Any] = {"open_timeout": 60, "close_timeout": 0.1, "max_size": None, "max_queue": 1, "proxy": None}
    async with connect(url, subprotocols=protocols, additional_headers=headers, ping_interval=None, **limits) as page:
        yield page


async def press(
    site: str, number: int, message: bytes = HEAVIEST_PAGE, reads: bool = True, pause: float = 0.02
) -> None:
    """Requests the heaviest page as fast as the limits allow."""
    async with _page(site, number) as page:
        reading = asyncio.create_task(_read(page)) if reads else None
        while not (reading and reading.done()):
            await page.send(message)
            await asyncio.sleep(pause)


async def _read(page: ClientConnection) -> None:
    with suppress(WebSocketException):
        async for _ in page:
            pass


async def ping(site: str, number: int) -> None:
    async with _page(site, number) as page:
        while True:
            await page.ping()
            await asyncio.sleep(0)


async def send_fragments(site: str, number: int, size: int = 60_000) -> None:
    """A message that never ends, of that many bytes, or in fragments of one byte."""

    async def fragments() -> AsyncIterator[bytes]:
        for _ in range(1 if size > 1 else 10**9):
            yield randbytes(size)
        await asyncio.sleep(30)

    async with _page(site, number) as page:
        await page.send(fragments())


async def open_and_close(site: str, number: int) -> None:
    async with _page(site, number) as page:
        await page.send(HEAVIEST_PAGE)


async def read_and_close(site: str, number: int) -> None:
    """Closes the connection once the page is there, and opens a new session."""
    async with _page(site, number) as page:
        await page.send(HEAVIEST_PAGE)
        async for message in page:
            if isinstance(message, bytes) and ends_run(message):
                return


async def take_over_session(site: str, number: int) -> None:
    """Goes on sending in a page whose session another connection has taken."""
    async with _page(site, number) as page:
        await page.send(HEAVIEST_PAGE)
        session = ForwardMsg.FromString(await page.recv(decode=False)).new_session.initialize.session_id
        async with _page(site, number, "x", session) as second_page:
            readers = [asyncio.create_task(_read(connection)) for connection in (page, second_page)]
            while not any(reader.done() for reader in readers):
                await page.send(HEAVIEST_PAGE)
                await asyncio.sleep(1)


async def flood(site: str, number: int) -> None:
    """Thousands of the smallest messages in one write."""
    async with _page(site, number) as page:
        page.transport.write(29_000 * SMALLEST_FRAME)
        await _read(page)


async def idle(site: str, number: int) -> None:
    """Opens the page and does nothing."""
    async with _page(site, number) as page:
        await page.send(HEAVIEST_PAGE)
        await _read(page)


async def request(site: str, number: int, path: str, pause: float, method: str = "GET") -> None:
    """Whole requests on one connection, each with a query of its own."""
    reader, writer = await _connection(site)
    headers = "".join(f"{name}: {value}\r\n" for name, value in _headers(number).items())
    try:
        for turn in count():
            query = f"{'&' if '?' in path else '?'}turn={turn}"
            writer.write(f"{method} {path}{query} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            if method != "HEAD":
                await _body(reader, head)
            await asyncio.sleep(pause)
    finally:
        writer.close()


async def _body(reader: asyncio.StreamReader, head: bytes) -> None:
    length = next((line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), None)
    if length:
        await reader.readexactly(int(length.partition(b":")[2]))
    else:
        await reader.readuntil(b"0\r\n\r\n")


async def send_endlessly(site: str, number: int, start: bytes, more: bytes) -> None:
    """A request without end."""
    reader, writer = await _connection(site)
    try:
        writer.write(start)
        while not reader.at_eof():
            writer.write(more)
            await writer.drain()
            await asyncio.sleep(0)
    finally:
        writer.close()


async def send_invalid(site: str, number: int) -> None:
    """Bytes of no protocol, a connection each."""
    reader, writer = await _connection(site)
    writer.write(b"\xff\x00 nonsense\r\n\r\n")
    await reader.read(1000)
    writer.close()


async def _connection(site: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = urlsplit(site)
    return await asyncio.open_connection(parts.hostname, parts.port, limit=2**26)


SEARCH = "/?view=find&words=sixpense+tabelcloth+Volgagrad+rubbel+tramm+cathedrel+frendship+sigenature"
HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
# The attack, from how many client addresses, with how many connections each.
ATTACKS: dict[str, tuple[Attack, int, int]] = {
    "page requests": (press, 1, 20),
    "page requests, unread": (partial(press, reads=False), 1, 60),
    "git info": (partial(press, message=GIT_INFO), 1, 8),
    "pings": (ping, 1, 4),
    "fragments": (send_fragments, 1, 200),
    "one-byte fragments": (partial(send_fragments, size=1), 1, 4),
    "connections opened and closed": (open_and_close, 1, 20),
    "idle connections": (idle, 1, 200),
    "message flood": (flood, 1, 60),
    "session takeover": (take_over_session, 4, 3),
    "endless headers": (partial(send_endlessly, start=HEAD, more=HEADER_LINES), 1, 8),
    "endless trailers": (partial(send_endlessly, start=CHUNKED + b"0\r\n", more=HEADER_LINES), 1, 4),
    "endless chunk extensions": (partial(send_endlessly, start=CHUNKED, more=b"1;" + b"e" * 1000), 1, 4),
    "invalid requests": (send_invalid, 1, 20),
    "booklets": (partial(request, path="/print", pause=1 / 15, method="HEAD"), 1, 1),
    "data exports": (partial(request, path="/tour.json", pause=1 / 15), 1, 1),
    "searches": (partial(request, path=SEARCH, pause=1 / 20), 1, 1),
    "distributed page requests": (press, 40, 8),
    "distributed page requests, closed once read": (read_and_close, 40, 1),
    "distributed page requests, unread": (partial(press, reads=False), 40, 8),
}

if __name__ == "__main__":
    main()
