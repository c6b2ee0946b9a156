"""What the server does for the views before anybody draws."""

import logging
from contextlib import asynccontextmanager, suppress
from importlib import import_module

from tour.content.problems import ContentError
from tour.content_store import store
from tour.ui.map_component import map_arguments
from tour.ui.streamlit_patches import apply
from tour.views.fragments import page_fragments, site_header
from tour.views.routing import resolve
from tour.web.file_limits import raise_file_limit
from tour.web.idle_timeout import closing_idle_connections
from tour.web.log_rate_limit import limit_library_logs
from tour.web.server import limit_connections, running_server


@asynccontextmanager
async def lifespan(app):
    """Make room for visitors, have all at hand that a page needs, and watch the content and the connections."""
    raise_file_limit()
    limit_library_logs()
    _import_map_component()
    with store().watched():
        _warm_up()
        apply()
        server = running_server()
        if server:
            limit_connections(server)
        async with closing_idle_connections(server):
            yield {}


def _warm_up() -> None:
    """In every language, before a visitor waits for it: libraries are loaded and templates compiled meanwhile."""
    with suppress(ContentError):
        for exhibition in store().every().values():
            page = resolve(exhibition, {"stop": exhibition.stops[0].slug})
            site_header(exhibition, page), page_fragments(exhibition, page, store().media)
            map_arguments(exhibition, page.here)


def _import_map_component() -> None:
    # Streamlit would warn those who run the site that no page is being drawn yet, which is as it should be.
    logging.disable(logging.WARNING)
    try:
        import_module("streamlit_folium")
    finally:
        logging.disable(logging.NOTSET)
