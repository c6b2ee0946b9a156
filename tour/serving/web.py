"""All that the server answers beside Streamlit."""

from collections.abc import Callable
from pathlib import Path

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from xstatic.pkg import leaflet

from tour.house import FILES, MAP_FRAME, STREAMLIT
from tour.serving import picture_routes
from tour.serving.contact import contact_route
from tour.serving.door import Door
from tour.serving.full_house import FullHouse
from tour.serving.headers import SafeHeaders
from tour.serving.packing import Packed
from tour.serving.page_routes import PageRoutes
from tour.serving.sockets import Sockets


def routes(base_path: str = "") -> list[BaseRoute]:
    """Every address of ours; `base_path` is Streamlit's server.baseUrlPath, which it doesn't give to routes of ours."""
    root = _root(base_path)
    pages = PageRoutes(root)
    return [
        *pages.routes(),
        *picture_routes.routes(root),
        contact_route(root),
        Mount(root + "leaflet", StaticFiles(directory=leaflet.BASE_DIR)),
        Mount(root + "files", StaticFiles(directory=FILES)),
        pages.lost_route(),
    ]


def middleware(is_used: Callable[[bytes], bool], base_path: str = "") -> list[Middleware]:
    """What every request passes, from the outside in; `is_used` says of a browser's message whether the app sees it."""
    root = _root(base_path)
    return [
        Middleware(SafeHeaders, root=root),
        Middleware(Door, root=root),
        Middleware(Sockets, is_used=is_used),
        Middleware(FullHouse, root=root, page=PageRoutes(root).full),
        Middleware(Packed, folders=_packed_folders(root)),
    ]


def _packed_folders(root: str) -> dict[str, Path]:
    """Folders of scripts and styles by their addresses."""
    return {
        root + "static/": STREAMLIT / "static",
        root + "files/": FILES,
        root + "leaflet/": Path(leaflet.BASE_DIR),
        root + "component/streamlit_folium.st_folium/": MAP_FRAME,
    }


def _root(base_path: str) -> str:
    return f"/{base_path.strip('/')}/" if base_path.strip("/") else "/"
