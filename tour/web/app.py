"""All that the server answers beside Streamlit."""

from pathlib import Path

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from xstatic.pkg import leaflet

from tour.paths import FOLIUM_COMPONENT_DIR, STATIC_DIR, STREAMLIT_STATIC_DIR
from tour.web import image_routes
from tour.web.clients import Clients
from tour.web.data_routes import DataRoutes
from tour.web.document_cache import DocumentCache
from tour.web.middleware.capacity import CapacityMiddleware
from tour.web.middleware.map_frame import COMPONENTS, NAME, MapFrameMiddleware
from tour.web.middleware.request_limits import RequestLimitsMiddleware
from tour.web.middleware.security_headers import SecurityHeadersMiddleware
from tour.web.middleware.static_compression import CompressedStaticMiddleware
from tour.web.middleware.websocket_limits import WebSocketLimitsMiddleware
from tour.web.not_found import not_found_route
from tour.web.page_routes import PageRoutes
from tour.web.websocket_connection import MessageProtocol


def routes(base_path: str = "") -> list[BaseRoute]:
    """Every address of ours; `base_path` is Streamlit's server.baseUrlPath, which it doesn't give to routes of ours."""
    root, documents = _root(base_path), DocumentCache()
    return [
        *PageRoutes(root, documents).routes(),
        *DataRoutes(root, documents).routes(),
        *image_routes.routes(root),
        Mount(root + "leaflet", StaticFiles(directory=leaflet.BASE_DIR)),
        Mount(root + "files", StaticFiles(directory=STATIC_DIR)),
        not_found_route(root),
    ]


def middleware(messages: MessageProtocol, base_path: str = "") -> list[Middleware]:
    """What every request passes, from the outside in; `messages` are those of the app's protocol."""
    root, clients = _root(base_path), Clients()
    compressed_folders = {
        root: STREAMLIT_STATIC_DIR,
        root + "files/": STATIC_DIR,
        root + "leaflet/": Path(leaflet.BASE_DIR),
        f"{root}{COMPONENTS}{NAME}/": FOLIUM_COMPONENT_DIR,
    }
    return [
        Middleware(SecurityHeadersMiddleware, root=root),
        Middleware(RequestLimitsMiddleware, root=root),
        Middleware(WebSocketLimitsMiddleware, messages=messages, clients=clients),
        Middleware(CapacityMiddleware, root=root, clients=clients),
        Middleware(CompressedStaticMiddleware, folders=compressed_folders),
        Middleware(MapFrameMiddleware, root=root),
    ]


def _root(base_path: str) -> str:
    return f"/{base_path.strip('/')}/" if base_path.strip("/") else "/"
