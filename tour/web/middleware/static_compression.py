"""Scripts and styles, compressed once: Streamlit sends its own as they are, and packs others anew for every visitor."""

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Mapping
from concurrent.futures import Future
from functools import lru_cache
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from tour.web.conditional import IMMUTABLE, NO_CACHE, etag_matches

COMPRESSED_SUFFIXES = (".js", ".css", ".json", ".svg")  # photographs and fonts are compressed already
# Bundlers put a hash of eight characters into these names: what they hold never changes.
HASHED = re.compile(r"\.[\w-]{8}\.(js|css)$")
REFUSED = re.compile(r";\s*q=0(\.0*)?$")
# Brotli at its best takes a second for half a megabyte: nobody waits for it. At its quick it is below gzip, and faster.
BEST, QUICK = 11, 5
GZIP = 9
Turns = SimpleQueue[tuple[bytes, Future[bytes]]]


class CompressedStaticMiddleware:
    """Middleware that answers for the scripts and styles of some folders, small; all else, and all doubt, goes on.

    A folder's key is the path of its address, with a slash at both ends.
    """

    def __init__(self, app: ASGIApp, folders: Mapping[str, Path]):
        self.app = app
        self.files = {
            address + path.relative_to(folder).as_posix(): path
            for address, folder in folders.items()
            for path in folder.rglob("*.*")
            if path.suffix in COMPRESSED_SUFFIXES
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self._answer(scope) if scope["type"] == "http" else None
        await (answer or self.app)(scope, receive, send)

    async def _answer(self, scope: Scope) -> Response | None:
        path = self.files.get(scope["path"])
        coding = _coding(Headers(scope=scope).get("accept-encoding", ""))
        if path is None or coding is None or scope["method"] not in ("GET", "HEAD"):
            return None
        return await run_in_threadpool(_packed, Request(scope), path, coding)


def _coding(accepted: str) -> str | None:
    """The smallest coding that the browser takes."""
    names = accepted_codings(accepted)
    return next((coding for coding in ("br", "gzip") if coding in names), None)


def accepted_codings(accepted: str) -> set[str]:
    """The names in an Accept-Encoding header, without those that it refuses."""
    wanted = [each.strip().lower() for each in accepted.split(",")]
    return {each.partition(";")[0].strip() for each in wanted if not REFUSED.search(each)}


def _packed(request: Request, path: Path, coding: str) -> Response:
    changed = path.stat().st_mtime_ns
    # Weak: the same file has a body in each coding.
    tag = f'W/"{_digest(path, changed)}"'
    kind = mimetypes.guess_type(path.name)[0]
    cache = IMMUTABLE if HASHED.search(path.name) else NO_CACHE
    headers = {"ETag": tag, "Vary": "Accept-Encoding", "Cache-Control": cache}
    if etag_matches(request, tag):
        return Response(status_code=304, headers=headers, media_type=kind)
    headers["Content-Encoding"] = coding
    content = _brotli(path, changed) if coding == "br" else _gzip(path, changed)
    return Response(content, headers=headers, media_type=kind)


# A file that changes, as ours do under the hands of whoever works on them, is another one to these.
@lru_cache(maxsize=2048)
def _digest(path: Path, changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:20]


@lru_cache(maxsize=2048)
def _gzip(path: Path, changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), GZIP, mtime=0)


def _brotli(path: Path, changed: int) -> bytes:
    best = _best(path, changed)
    return best.result() if best.done() else _quick(path, changed)


@lru_cache(maxsize=2048)
def _quick(path: Path, changed: int) -> bytes:
    return brotli.compress(path.read_bytes(), quality=QUICK)


@lru_cache(maxsize=2048)
def _best(path: Path, changed: int) -> Future[bytes]:
    """Begun when the file is first asked for, done when its turn comes."""
    future: Future[bytes] = Future()
    _turns().put((path.read_bytes(), future))
    return future


@lru_cache(maxsize=1)
def _turns() -> Turns:
    turns: Turns = SimpleQueue()
    # One at a time, beside the visitors; a daemon, so that the site's end doesn't wait for it.
    Thread(target=_take_turns, args=(turns,), name="packing", daemon=True).start()
    return turns


def _take_turns(turns: Turns) -> None:
    while True:
        _take_turn(turns)


def _take_turn(turns: Turns) -> None:
    content, future = turns.get()
    future.set_result(brotli.compress(content, quality=BEST))
