"""Visitors with bad intent: python -m benchmarks.attackers NAME ADDRESS SECONDS, in a process of their own.

Those who open pages or ask for whole documents say that they come from other addresses, as a proxy on the same machine
would, and are believed.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from itertools import count
from random import randbytes
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.frames import Frame, Opcode

from benchmarks.visitor import STREAM
from tour.ui.protocol import ends_run

HEAVY = BackMsg(rerun_script={"query_string": "view=sources"}).SerializeToString()
SMALL = Frame(Opcode.BINARY, BackMsg(app_heartbeat=True).SerializeToString()).serialize(mask=True)
GIT = BackMsg(load_git_info=True).SerializeToString()
# What a connection is refused or ended with: an attacker comes back.
REFUSED = (OSError, WebSocketException, asyncio.IncompleteReadError)
PIECE = b"X: y\r\n" * 200

Attack = Callable[[str, int], Awaitable[None]]  # of one connection to a site, from that of the attackers' addresses


def main() -> None:
    name, site, seconds = sys.argv[1:]
    asyncio.run(attack(name, site, float(seconds)))


async def attack(name: str, site: str, seconds: float) -> None:
    """That attack for so long, again and again on each of its connections."""
    way, addresses, connections = ATTACKS[name]
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
            for number in range(addresses * connections):
                group.create_task(_again(way, site, number % addresses))


async def _again(way: Attack, site: str, number: int) -> None:
    while True:
        with suppress(*REFUSED):
            await way(site, number)
        await asyncio.sleep(0.05)


def _headers(number: int) -> dict[str, str]:
    return {"X-Forwarded-For": f"198.{18 + os.getpid() % 2}.{os.getpid() // 2 % 256}.{number}"}


@asynccontextmanager
async def _page(site: str, number: int, *session: str) -> AsyncIterator[ClientConnection]:
    url = f"ws://{urlsplit(site).netloc}{STREAM}"
    options = {"subprotocols": ["streamlit", *session], "additional_headers": _headers(number), "ping_interval": None}
    limits = {"open_timeout": 60, "close_timeout": 0.1, "max_size": None, "max_queue": 1, "proxy": None}
    async with connect(url, **options, **limits) as page:
        yield page


async def press(site: str, number: int, message: bytes = HEAVY, reads: bool = True, pause: float = 0.02) -> None:
    """The heaviest page, as fast as one may ask."""
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


async def fragments(site: str, number: int, size: int = 60_000) -> None:
    """A message that never ends, of that many bytes, or in pieces of one byte."""

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(1 if size > 1 else 10**9):
            yield randbytes(size)
        await asyncio.sleep(30)

    async with _page(site, number) as page:
        await page.send(pieces())


async def come_and_go(site: str, number: int) -> None:
    async with _page(site, number) as page:
        await page.send(HEAVY)


async def look_and_go(site: str, number: int) -> None:
    """Hangs up once the page is there, and comes again as somebody new."""
    async with _page(site, number) as page:
        await page.send(HEAVY)
        async for message in page:
            if ends_run(message):
                return


async def take_over(site: str, number: int) -> None:
    """Presses on in a page whose session another connection has taken."""
    async with _page(site, number) as page:
        await page.send(HEAVY)
        session = ForwardMsg.FromString(await page.recv()).new_session.initialize.session_id
        async with _page(site, number, "x", session) as taker:
            reading = [asyncio.create_task(_read(each)) for each in (page, taker)]
            while not any(each.done() for each in reading):
                await page.send(HEAVY)
                await asyncio.sleep(1)


async def crowd(site: str, number: int) -> None:
    """Thousands of the smallest messages in one breath."""
    async with _page(site, number) as page:
        page.transport.write(29_000 * SMALL)
        await _read(page)


async def stay(site: str, number: int) -> None:
    """Opens the page and does nothing."""
    async with _page(site, number) as page:
        await page.send(HEAVY)
        await _read(page)


async def ask(site: str, number: int, path: str, pause: float, method: str = "GET") -> None:
    """Whole requests on one connection, each with a query of its own."""
    reader, writer = await _connection(site)
    asked = "".join(f"{name}: {value}\r\n" for name, value in _headers(number).items())
    try:
        for turn in count():
            query = f"{'&' if '?' in path else '?'}turn={turn}"
            writer.write(f"{method} {path}{query} HTTP/1.1\r\nHost: localhost\r\n{asked}\r\n".encode())
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


async def pour(site: str, number: int, start: bytes, more: bytes) -> None:
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


async def nonsense(site: str, number: int) -> None:
    """Lines of no protocol, a connection each."""
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
# The attack, from how many addresses, with how many connections each.
ATTACKS: dict[str, tuple[Attack, int, int]] = {
    "presses": (press, 1, 20),
    "presses, unread": (partial(press, reads=False), 1, 60),
    "git": (partial(press, message=GIT), 1, 8),
    "pings": (ping, 1, 4),
    "fragments": (fragments, 1, 200),
    "tiny fragments": (partial(fragments, size=1), 1, 4),
    "coming and going": (come_and_go, 1, 20),
    "staying": (stay, 1, 200),
    "small messages": (crowd, 1, 60),
    "sessions taken over": (take_over, 4, 3),
    "heads": (partial(pour, start=HEAD, more=PIECE), 1, 8),
    "trailers": (partial(pour, start=CHUNKED + b"0\r\n", more=PIECE), 1, 4),
    "chunk extensions": (partial(pour, start=CHUNKED, more=b"1;" + b"e" * 1000), 1, 4),
    "nonsense": (nonsense, 1, 20),
    "booklets": (partial(ask, path="/print", pause=1 / 15, method="HEAD"), 1, 1),
    "data": (partial(ask, path="/tour.json", pause=1 / 15), 1, 1),
    "searches": (partial(ask, path=SEARCH, pause=1 / 20), 1, 1),
    "presses of many": (press, 40, 8),
    "looks of many who hang up": (look_and_go, 40, 1),
    "presses of many, unread": (partial(press, reads=False), 40, 8),
}

if __name__ == "__main__":
    main()
