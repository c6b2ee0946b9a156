"""The live map on a stop's page, by streamlit-folium's component.

st_folium() renders the whole map at every run, most of what a step costs. Here its private parts are called instead, so
that what the component is sent is rendered once a stop; a test compares it with what st_folium() sends.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from importlib import import_module
from threading import Lock
from typing import Any

import streamlit as st

from tour.content.problems import ContentError
from tour.content_store import store
from tour.maps.live_map import SETUP_CSS, SETUP_JS, base_map, stop_layer, stop_number
from tour.maps.viewport import map_view
from tour.model import Exhibition
from tour.model.instance_cache import instance_cache
from tour.model.navigation import Position, locate
from tour.ui import url_state

logger = logging.getLogger(__name__)

KEY = "map"
HEIGHT = 600  # pixels, until the style sheet gives the map its place
# Tooltip first or last doesn't matter, the count does: it makes a second click on the same pin news.
RETURNED = ("last_object_clicked_tooltip", "last_object_clicked_count")
LIVE_MAP_FAILED = "Stops are shown without the live map: %s"
_drawing = Lock()  # each layer is drawn as the child of one base map


def prepare_map() -> None:
    """Import the component and render the first stop's map in every language, before a visitor waits for them."""
    with _errors_logged(), suppress(ContentError):
        # Streamlit would warn those who run the site that no page is being drawn yet, which is as it should be.
        logging.disable(logging.WARNING)
        try:
            import_module("streamlit_folium")
        finally:
            logging.disable(logging.NOTSET)
        for renderer in store().by_language().values():
            map_arguments(renderer.exhibition, locate(renderer.exhibition, None))


def show_map(exhibition: Exhibition, position: Position) -> bool:
    """The map of the stop; a click on a pin leads to its stop. False if there is no map."""
    with _errors_logged():
        arguments = map_arguments(exhibition, position)
        on_change = partial(_on_pin_click, arguments["key"])
        import_module("streamlit_folium")._component_func(**arguments, on_change=on_change)
        return True
    return False


def _on_pin_click(key: str) -> None:
    number = stop_number(st.session_state[key].get("last_object_clicked_tooltip"))
    # Streamlit keeps callbacks for as long as the session lives: one with a renderer would keep that version alive.
    renderer = url_state.renderer()
    if number and number <= len(renderer.exhibition.stops):
        url_state.navigate(renderer.language, stop=renderer.exhibition.stops[number - 1].slug)


@contextmanager
def _errors_logged() -> Iterator[None]:
    """Private parts of two libraries are used here: whatever has changed there, a visitor can read the stop."""
    try:
        yield
    except Exception as error:
        _log_once(repr(error))


@lru_cache(maxsize=16)
def _log_once(error: str) -> None:
    logger.error(LIVE_MAP_FAILED, error)


@instance_cache
def map_arguments(exhibition: Exhibition, position: Position) -> dict[str, Any]:
    """What the component is sent for this stop: the same script for every stop, so that the map stays mounted."""
    import streamlit_folium as library

    base, same = _same_for_every_stop(exhibition)
    centre, zoom = map_view(exhibition, position.stop)
    with _drawing:
        layer = library._get_feature_group_string(stop_layer(exhibition, position), map=base, idx=0)
    return {**same, "zoom": zoom, "center": centre, "feature_group": layer}


@instance_cache
def _same_for_every_stop(exhibition: Exhibition) -> tuple[Any, dict[str, Any]]:
    """The base map, of which a stop's layer becomes a child, and what the component is always sent."""
    import streamlit_folium as library

    base = base_map(exhibition)
    base.get_root().render()
    base.render()  # as st_folium does: a marker's icon is set by the second rendering
    script = library._get_map_string(base)
    return base, {
        "script": script,
        "header": library._get_header(base),
        "html": library._get_html(base),
        "id": library.get_full_id(base),
        "key": library.generate_js_hash(script, KEY, False),
        "height": HEIGHT,
        "width": None,
        # Tuples: a list might be a table, thinks Streamlit, and looks at it closely at every step.
        "returned_objects": RETURNED,
        "default": dict.fromkeys(RETURNED),
        "return_on_hover": False,
        "layer_control": None,
        "pixelated": False,
        "css_links": tuple(href for _, href in SETUP_CSS),
        "js_links": tuple(source for _, source in SETUP_JS),
        "wrap_longitude": False,
    }
