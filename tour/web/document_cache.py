"""Documents that are expensive to create: once for each version, language and root, in a thread of their own."""

import asyncio
import gzip
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from starlette.requests import Request
from starlette.responses import Response

from tour.model import Exhibition
from tour.web.clients import Client, Clients, client_address
from tour.web.conditional import VARY, accepted_codings, caching_headers, etag_matches, overloaded, within_timeout
from tour.web.fair_queue import FairQueue

BUSY = "This is being made just now. Please come back in a moment."
GZIP_LEVEL = 6
MAX_ROOTS = 4  # of one document
MAX_PENDING_PER_CLIENT = 30  # documents: both languages, in every format


@dataclass(frozen=True)
class CachedDocument:
    """A document as it is sent, with the headers for either form."""

    plain: bytes
    compressed: bytes
    headers: dict[str, str]
    media_type: str

    @classmethod
    def create(cls, create: Callable[[], str], media_type: str) -> "CachedDocument":
        text = create()
        compressed = gzip.compress(text.encode(), GZIP_LEVEL, mtime=0)
        return cls(text.encode(), compressed, caching_headers(text, media_type), media_type)

    def response(self, request: Request) -> Response:
        if etag_matches(request, self.headers["ETag"]):
            return Response(status_code=304, headers=self.headers | VARY)
        if "gzip" not in accepted_codings(request):
            return Response(self.plain, headers=self.headers, media_type=self.media_type)
        return Response(self.compressed, 200, self.headers | VARY | {"Content-Encoding": "gzip"}, self.media_type)


class DocumentCache:
    """Keeps each document for the last few roots of the site: a site may have two host names."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(1, "tour-documents")
        self.queue = FairQueue(slots=1)
        self.clients = Clients()
        # By name and root; the last used is last.
        self.by_exhibition: WeakKeyDictionary[Exhibition, dict[str, dict[str, asyncio.Task[CachedDocument]]]]
        self.by_exhibition = WeakKeyDictionary()

    async def answer(
        self, request: Request, exhibition: Exhibition, name: str, base: str, media_type: str, create: Callable[[], str]
    ) -> Response:
        """The document of that name; created if it is the first request for it with this root of late.

        Raises HTTPException (503).
        """
        tasks = self.by_exhibition.setdefault(exhibition, {}).setdefault(name, {})
        if base not in tasks:
            client = self.clients.get(client_address(request.scope))
            if client.pending_documents >= MAX_PENDING_PER_CLIENT:
                raise overloaded(BUSY)
            client.pending_documents += 1
            tasks[base] = asyncio.create_task(self._create(client, media_type, create))
        task = tasks[base] = tasks.pop(base)
        if len(tasks) > MAX_ROOTS:
            del tasks[next(iter(tasks))]
        try:
            document = await within_timeout(asyncio.shield(task), BUSY)
            return document.response(request)
        finally:
            if task.done() and task.exception() and tasks.get(base) is task:
                del tasks[base]

    async def _create(self, client: Client, media_type: str, create: Callable[[], str]) -> CachedDocument:
        slot = await self.queue.acquire(client.usage)
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self.pool, CachedDocument.create, create, media_type)
        finally:
            slot.release()
            client.pending_documents -= 1
