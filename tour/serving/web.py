"""All that the server answers beside Streamlit."""

from pathlib import Path

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from xstatic.pkg import leaflet

from tour.house import FILES, MAP_FRAME, STREAMLIT
from tour.serving import picture_routes
from tour.serving.clients import Clients
from tour.serving.connection import Messages
from tour.serving.contact import contact_route
from tour.serving.data_routes import DataRoutes
from tour.serving.document_cache import DocumentCache
from tour.serving.door import Door
from tour.serving.full_house import FullHouse
from tour.serving.headers import SafeHeaders
from tour.serving.map_frame import COMPONENTS, NAME, MapFrameMiddleware
from tour.serving.not_found import not_found_route
from tour.serving.packing import Packed
from tour.serving.page_routes import PageRoutes
from tour.serving.sockets import Sockets


def routes(base_path: str = "") -> list[BaseRoute]:
    """Every address of ours; `base_path` is Streamlit's server.baseUrlPath, which it doesn't give to routes of ours."""
    root, documents = _root(base_path), DocumentCache()
    return [
        *PageRoutes(root, documents).routes(),
        *DataRoutes(root, documents).routes(),
        *picture_routes.routes(root),
        contact_route(root),
        Mount(root + "leaflet", StaticFiles(directory=leaflet.BASE_DIR)),
        Mount(root + "files", StaticFiles(directory=FILES)),
        not_found_route(root),
    ]


def middleware(messages: Messages, base_path: str = "") -> list[Middleware]:
    """What every request passes, from the outside in; `messages` are those of the app's protocol."""
    root, clients = _root(base_path), Clients()
    return [
        Middleware(SafeHeaders, root=root),
        Middleware(Door, root=root),
        Middleware(Sockets, messages=messages, clients=clients),
        Middleware(FullHouse, root=root, page=PageRoutes(root, DocumentCache()).full, clients=clients),
        Middleware(Packed, folders=_packed_folders(root)),
        Middleware(MapFrameMiddleware, root=root),
    ]


def _packed_folders(root: str) -> dict[str, Path]:
    """Folders of scripts and styles by their addresses."""
    return {
        root + "static/": STREAMLIT / "static",
        root + "files/": FILES,
        root + "leaflet/": Path(leaflet.BASE_DIR),
        f"{root}{COMPONENTS}{NAME}/": MAP_FRAME,
    }


def _root(base_path: str) -> str:
    return f"/{base_path.strip('/')}/" if base_path.strip("/") else "/"
