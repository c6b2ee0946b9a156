"""What the server does for the views before anybody draws."""

import logging
from contextlib import asynccontextmanager

from tour.edition import edition
from tour.serving.descriptors import raise_limit
from tour.serving.silence import attended, this_server


@asynccontextmanager
async def lifespan(app):
    """Register the map's component now, make room for visitors, and watch the content and the connections.

    Unregistered, the map's frame is not found on a server that has not drawn yet.
    """
    from streamlit.runtime import get_instance

    raise_limit()
    get_instance().component_registry.register_component(_map_component())
    with edition().watched():
        async with attended(this_server()):
            yield {}


def _map_component():
    # Streamlit would warn those who run the site that no page is being drawn yet, which is as it should be.
    logging.disable(logging.WARNING)
    try:
        from streamlit_folium import _component_func
    finally:
        logging.disable(logging.NOTSET)
    return _component_func
