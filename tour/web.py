"""Addresses beside Streamlit's own: pictures, maps, and the map's Leaflet.

All are plain functions: Starlette runs them in threads, so that making a picture holds no other visitor up.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from xstatic.pkg import leaflet

from tour import derivatives
from tour.edition import edition
from tour.images import ImageFault
from tour.model import Exhibition
from tour.packing import PackedStatic
from tour.problems import ContentError
from tour.shell import Shell
from tour.thread import thread_picture

FILES = Path(__file__).parent / "static"
FOR_A_YEAR = "public, max-age=31536000, immutable"
FOR_AN_HOUR = "public, max-age=3600"
MAP_NAME = re.compile(r"[a-z0-9-]+\.geojson")


def image(request: Request) -> Response:
    """A derivative by its name, made now if nobody has asked before; any other name is not found."""
    wanted = _wanted(request.path_params["name"])
    if wanted is None:
        return PlainTextResponse("There is no picture of this name.", 404)
    try:
        path = _shelf(edition().media).path(wanted)
    except ImageFault:
        return PlainTextResponse("This picture can't be shown just now.", 404)
    return FileResponse(path, headers={"Cache-Control": FOR_A_YEAR})


def drawn_map(request: Request) -> Response:
    """A city's drawn map as GeoJSON."""
    name = request.path_params["name"]
    path = edition().data / "maps" / name
    if not MAP_NAME.fullmatch(name) or not path.is_file():
        return PlainTextResponse("There is no map of this name.", 404)
    return FileResponse(path, media_type="application/geo+json", headers={"Cache-Control": FOR_AN_HOUR})


def favicon(request: Request) -> Response:
    """The emblem: two knots of one thread."""
    return FileResponse(FILES / "icon.png", headers={"Cache-Control": FOR_AN_HOUR})


def thread(request: Request) -> Response:
    """The whole thread on the land between the cities, as SVG."""
    try:
        exhibition = edition().current()
    except ContentError:
        return PlainTextResponse("The exhibition is being prepared.", 503)
    return Response(_thread(exhibition), media_type="image/svg+xml", headers={"Cache-Control": FOR_AN_HOUR})


@lru_cache(maxsize=2)
def _thread(exhibition: Exhibition) -> str:
    return thread_picture(exhibition, edition().data)


def _wanted(name: str) -> derivatives.Derivative | None:
    """The derivative of that name, if a picture on view needs it."""
    try:
        exhibition = edition().current()
        return next((each for each in derivatives.needed(exhibition, edition().media) if each.name == name), None)
    except (ContentError, ImageFault):
        return None


@cache
def _shelf(media_dir: Path) -> derivatives.Shelf:
    return derivatives.Shelf(media_dir)


MIDDLEWARE = [Middleware(PackedStatic), Middleware(Shell)]
ROUTES = [
    Route("/images/{name}", image),
    Route("/maps/thread.svg", thread),
    Route("/maps/{name}", drawn_map),
    # Streamlit's page asks for this name; a page_icon of its own would live in one process's memory.
    Route("/favicon.png", favicon),
    Mount("/leaflet", StaticFiles(directory=leaflet.BASE_DIR)),
    Mount("/files", StaticFiles(directory=FILES)),
]
