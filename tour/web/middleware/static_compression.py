"""Compressed scripts and styles: Streamlit sends its own as they are, and compresses others anew for every visitor."""

import gzip
import mimetypes
import re
from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock, Thread

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tour.web.conditional import IMMUTABLE, NO_CACHE, VARY, accepted_codings, etag_matches, weak_etag

COMPRESSED_SUFFIXES = (".js", ".css", ".json", ".svg")  # photographs and fonts are compressed already
# Bundlers put a hash of eight characters into these names: their content never changes.
HASHED = re.compile(r"\.[\w-]{8}\.(js|css)$")
# Brotli at its best takes a second for half a megabyte. At the fast level it is still smaller than gzip, and faster.
BEST_QUALITY, FAST_QUALITY = 11, 5
GZIP_LEVEL = 9
COMPRESSION = {  # by content coding, the better first
    "br": partial(brotli.compress, quality=FAST_QUALITY),
    "gzip": partial(gzip.compress, compresslevel=GZIP_LEVEL, mtime=0),
}


class CompressedStaticMiddleware:
    """Answers for the scripts and styles in some folders; the app answers for all else.

    A folder's key is the path of its URL, with a slash at both ends.
    """

    def __init__(self, app: ASGIApp, folders: Mapping[str, Path]):
        self.app = app
        self.files = {
            url + path.relative_to(folder).as_posix(): path
            for url, folder in folders.items()
            for path in folder.rglob("*.*")
            if path.suffix in COMPRESSED_SUFFIXES
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = self.files.get(scope["path"]) if scope.get("method") in ("GET", "HEAD") else None
        if path is None:
            await self.app(scope, receive, send)
            return

        async def send_varying(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(VARY)
            await send(message)

        response = await run_in_threadpool(_response, Request(scope), path)
        await (response or self.app)(scope, receive, send_varying)


class StaticFile:
    """The content of a file, compressed when it is first asked for."""

    one_at_a_time = Lock()

    def __init__(self, content: bytes):
        self.content, self.etag = content, weak_etag(content)
        self._compressed: dict[str, bytes] = {}

    def compressed(self, coding: str) -> bytes:
        if coding not in self._compressed:
            # The best one may be ready by then.
            self._compressed.setdefault(coding, COMPRESSION[coding](self.content))
        return self._compressed[coding]

    def compress_best(self) -> None:
        with self.one_at_a_time:
            self._compressed["br"] = brotli.compress(self.content, quality=BEST_QUALITY)


def _response(request: Request, path: Path) -> Response | None:
    """None if the browser accepts no coding of ours, or the file has gone."""
    coding = next((coding for coding in COMPRESSION if coding in accepted_codings(request)), None)
    if coding is None or not path.is_file():
        return None
    with _read_lock:
        file = _read(path, path.stat().st_mtime_ns)
    headers = {"ETag": file.etag, "Cache-Control": IMMUTABLE if HASHED.search(path.name) else NO_CACHE}
    media_type = mimetypes.guess_type(path.name)[0]
    if etag_matches(request, file.etag):
        return Response(status_code=304, headers=headers, media_type=media_type)
    return Response(file.compressed(coding), 200, headers | {"Content-Encoding": coding}, media_type)


_read_lock = Lock()  # or requests at the same time would each begin the best compression


@lru_cache(maxsize=2048)
def _read(path: Path, modified: int) -> StaticFile:
    file = StaticFile(path.read_bytes())
    # A daemon: the end of the process doesn't wait for it.
    Thread(target=file.compress_best, name="compression", daemon=True).start()
    return file
