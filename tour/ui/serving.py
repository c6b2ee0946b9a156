"""What the server does for the views before anybody draws."""

import logging
from contextlib import asynccontextmanager, suppress
from importlib import import_module

from tour.edition import edition
from tour.pages.page_parts import head, parts
from tour.pages.pages import page_at
from tour.problems import ContentError
from tour.serving.descriptors import raise_limit
from tour.serving.logs import limit_logs
from tour.serving.server import bound, this_server
from tour.serving.silence import attended
from tour.ui.map_component import map_arguments
from tour.ui.tuning import tune


@asynccontextmanager
async def lifespan(app):
    """Make room for visitors, have all at hand that a page needs, and watch the content and the connections."""
    raise_limit()
    limit_logs()
    _import_map()
    with edition().watched():
        _work_out_the_first_stop()
        tune()
        server = this_server()
        if server:
            bound(server)
        async with attended(server):
            yield {}


def _work_out_the_first_stop() -> None:
    """In every language, before a visitor waits for it: libraries are loaded and templates compiled meanwhile."""
    with suppress(ContentError):
        for exhibition in edition().every().values():
            page = page_at(exhibition, {"stop": exhibition.stops[0].slug})
            head(exhibition, page), parts(exhibition, page, edition().media)
            map_arguments(exhibition, page.here)


def _import_map() -> None:
    # Streamlit would warn those who run the site that no page is being drawn yet, which is as it should be.
    logging.disable(logging.WARNING)
    try:
        import_module("streamlit_folium")
    finally:
        logging.disable(logging.NOTSET)
