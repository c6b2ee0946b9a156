"""The page in the map's frame, which runs whatever script it is sent: it takes messages of our own pages alone."""

import mimetypes
import os
from functools import cache
from pathlib import Path

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from tour.paths import FOLIUM_COMPONENT_DIR, STATIC_DIR
from tour.web.conditional import NO_CACHE

COMPONENTS = "component/"  # where Streamlit would serve them
NAME = "streamlit_folium.st_folium"


class MapFrameMiddleware:
    """Answers for Streamlit's components, of which the map is the only one.

    A route could not: Streamlit takes none of ours beneath an address of its own.
    `root` is the path of the site's root, with a slash at both ends.
    """

    def __init__(self, app: ASGIApp, root: str):
        self.app = app
        self.components = root + COMPONENTS
        self.frame = Starlette(routes=[Mount(self.components + NAME, GuardedFiles(directory=FOLIUM_COMPONENT_DIR))])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_component = scope["type"] == "http" and scope["path"].startswith(self.components)
        await (self.frame if is_component else self.app)(scope, receive, send)


class GuardedFiles(StaticFiles):
    """Files, of which each page is guarded, by whatever spelling of its address it was asked for."""

    def file_response(
        self, full_path: str, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        # Before all else: a browser may not be told that a page still holds which it has from a time without a guard.
        if mimetypes.guess_type(full_path)[0] == "text/html":
            return HTMLResponse(guarded(Path(full_path)), headers={"Cache-Control": NO_CACHE})
        return super().file_response(full_path, stat_result, scope, status_code)


@cache
def guarded(path: Path) -> str:
    """The page, with the guard as its first script.

    In the page and not beside it: from another spelling of the page's address, or on a bad day, it might not be found.
    Before the page's own beginning: a browser takes that as going on, whatever shape it has.
    """
    return f"<!doctype html><script>{(STATIC_DIR / 'frame.js').read_text('utf-8')}</script>{path.read_text('utf-8')}"
