"""Streamlit's own files, compressed once: it sends its scripts and styles as they are, two megabytes of them."""

import gzip
import mimetypes
import re
from functools import lru_cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from tour.house import STREAMLIT

PACKED = (".js", ".css", ".json", ".svg")  # pictures and fonts are compressed as they are
LEVEL = 9  # once for each file in the life of the process, so the slowest and smallest
# Streamlit's bundler puts a hash of eight characters into these names: what they hold never changes.
HASHED = re.compile(r"\.[\w-]{8}\.(js|css)$")


class PackedStatic:
    """Middleware that answers for Streamlit's scripts and styles with gzip; all else, and all doubt, goes on."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self._packed(scope) if scope["type"] == "http" else None
        await (answer or self.app)(scope, receive, send)

    async def _packed(self, scope: Scope) -> Response | None:
        if scope["method"] not in ("GET", "HEAD") or "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            return None
        path = _file(scope["path"])
        if path is None:
            return None
        content = await run_in_threadpool(_compressed, path)
        cache = "public, max-age=31536000, immutable" if HASHED.search(path.name) else "no-cache"
        headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding", "Cache-Control": cache}
        return Response(content, headers=headers, media_type=mimetypes.guess_type(path.name)[0])


@lru_cache(maxsize=2048)
def _file(address: str) -> Path | None:
    """The file of Streamlit's that the address means, if it is one that packs."""
    _, found, name = address.partition("/static/")
    path = (STREAMLIT / "static" / name).resolve()
    is_ours = path.is_relative_to(STREAMLIT.resolve()) and path.suffix in PACKED and path.is_file()
    return path if found and is_ours else None


@lru_cache(maxsize=2048)
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), LEVEL, mtime=0)
