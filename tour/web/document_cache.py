"""Documents that are costly to make: each once an edition and language, in a thread of its own, for all who ask."""

import asyncio
import gzip
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic
from weakref import WeakKeyDictionary

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from tour.model import Exhibition
from tour.web.client_address import client_address
from tour.web.conditional import caching_headers, etag_matches
from tour.web.fair_queue import FairQueue, Usage
from tour.web.middleware.static_compression import accepted_codings

TIMEOUT = 60.0  # seconds that a visitor waits
BUSY = "This is being made just now. Please come back in a moment."
GZIP_LEVEL = 6
MAX_PENDING_PER_CLIENT = 30  # documents that are to be made for one client: both languages, in every format


@dataclass(frozen=True)
class Document:
    """As it is sent: its bytes, plain and compressed, and the headers that go with either."""

    plain: bytes
    compressed: bytes
    headers: dict[str, str]
    media_type: str


Made = asyncio.Task[Document]


class DocumentCache:
    """Keeps of each document the last one made: they differ by the site's root, which is mostly the same."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(1, "tour-documents")
        self.queue = FairQueue(slots=1)
        self.usages: dict[str, Usage] = {}
        self.asked: Counter[str] = Counter()  # documents that are to be made, by client
        self.by_exhibition: WeakKeyDictionary[Exhibition, dict[str, tuple[str, Made]]] = WeakKeyDictionary()

    async def answer(
        self, request: Request, exhibition: Exhibition, name: str, base: str, media_type: str, make: Callable[[], str]
    ) -> Response:
        """The document of that name; `make` makes it if nobody has asked for it, with that root, before."""
        kept = self.by_exhibition.setdefault(exhibition, {})
        if kept.get(name, ("",))[0] != base:
            client = client_address(request.scope)
            if self.asked[client] >= MAX_PENDING_PER_CLIENT:
                return _busy()
            self.asked[client] += 1
            kept[name] = base, asyncio.create_task(self._make(client, media_type, make))
            kept[name][1].add_done_callback(lambda _: self._forget(client))
        made = kept[name][1]
        try:
            async with asyncio.timeout(TIMEOUT):
                return _answer(request, await asyncio.shield(made))
        except TimeoutError:
            return _busy()
        finally:
            if made.done() and made.exception() and kept.get(name) == (base, made):
                del kept[name]

    async def _make(self, client: str, media_type: str, make: Callable[[], str]) -> Document:
        slot = await self.queue.acquire(self._usage(client))
        try:
            return await asyncio.get_running_loop().run_in_executor(self.pool, _document, make, media_type)
        finally:
            slot.release()

    def _forget(self, client: str) -> None:
        self.asked -= Counter([client])  # and so forgets who has none

    def _usage(self, client: str) -> Usage:
        now = monotonic()
        self.usages = {each: usage for each, usage in self.usages.items() if not usage.is_over(now)}
        return self.usages.setdefault(client, Usage())


def _busy() -> Response:
    return PlainTextResponse(BUSY, 503, {"Retry-After": str(round(TIMEOUT))})


def _document(make: Callable[[], str], media_type: str) -> Document:
    text = make()
    plain = text.encode()
    return Document(plain, gzip.compress(plain, GZIP_LEVEL, mtime=0), caching_headers(text, media_type), media_type)


def _answer(request: Request, document: Document) -> Response:
    if etag_matches(request, document.headers["ETag"]):
        return Response(status_code=304, headers=document.headers)
    if "gzip" not in accepted_codings(request.headers.get("accept-encoding", "")):
        return Response(document.plain, headers=document.headers, media_type=document.media_type)
    # What is sent plain passes Streamlit's middleware, which says this by itself.
    coded = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(document.compressed, headers=document.headers | coded, media_type=document.media_type)
