"""What the server does for the views before anybody draws."""

from contextlib import asynccontextmanager

from tour.edition import edition


@asynccontextmanager
async def lifespan(app):
    """Register the map's component now, and watch the content.

    Unregistered, the map's frame is not found on a server that has not drawn yet.
    """
    import streamlit_folium
    from streamlit.runtime import get_instance

    get_instance().component_registry.register_component(streamlit_folium._component_func)
    with edition().watched():
        yield {}
