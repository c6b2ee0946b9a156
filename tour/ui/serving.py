"""What the server does for the views before anybody draws."""

from contextlib import asynccontextmanager


@asynccontextmanager
async def lifespan(app):
    """Register the map's component now: else its frame is not found on a server that has not drawn yet."""
    import streamlit_folium
    from streamlit.runtime import get_instance

    get_instance().component_registry.register_component(streamlit_folium._component_func)
    yield {}
