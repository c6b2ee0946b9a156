"""All that the server answers beside Streamlit."""

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from xstatic.pkg import leaflet

from tour.house import FILES
from tour.serving import picture_routes
from tour.serving.packing import PackedStatic
from tour.serving.page_routes import PageRoutes

MIDDLEWARE = [Middleware(PackedStatic)]


def routes(base_path: str = "") -> list[BaseRoute]:
    """Every address of ours; `base_path` is Streamlit's server.baseUrlPath, which it doesn't give to routes of ours."""
    root = f"/{base_path.strip('/')}/" if base_path.strip("/") else "/"
    pages = PageRoutes(root)
    return [
        *pages.routes(),
        *picture_routes.routes(root),
        Mount(root + "leaflet", StaticFiles(directory=leaflet.BASE_DIR)),
        Mount(root + "files", StaticFiles(directory=FILES)),
        pages.lost_route(),
    ]
