"""The page in the map's frame, which runs any script that it is sent: it accepts messages of our own pages alone."""

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
    """Answers for Streamlit's components, of which the map is the only one; Streamlit allows no route of ours there.

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
    """Files, each page among them with our guard, by whatever spelling of its URL it was requested."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        # Never 304: the browser may have a page without the guard.
        if mimetypes.guess_type(full_path)[0] == "text/html":
            return HTMLResponse(_with_guard(Path(full_path)), headers={"Cache-Control": NO_CACHE})
        return super().file_response(full_path, stat_result, scope, status_code)


@cache
def _with_guard(path: Path) -> str:
    """The page with the guard as its first script.

    Inline, for it might not be found from another spelling of the page's URL; before the page's own beginning, which
    browsers then take as a continuation, whatever its form.
    """
    guard = (STATIC_DIR / "map_frame_guard.js").read_text("utf-8")
    return f"<!doctype html><script>{guard}</script>{path.read_text('utf-8')}"
