"""The map on the page, by streamlit-folium's component; what it is sent is worked out once a stop, not at every step.

st_folium() renders the whole map at every run, most of what a step costs. Here its pieces are called instead, and
a test holds them against st_folium() itself.
"""

from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from typing import Any

import streamlit as st

from tour.maps.live_map import SETUP_CSS, SETUP_JS, base_map, stop_layer, stop_number
from tour.maps.viewpoints import map_view
from tour.model import Exhibition
from tour.model.navigation import Position

KEY = "map"
HEIGHT = 600  # pixels, until the style sheet gives the map its place
# Tooltip first or last doesn't matter, the count does: it makes a second click on the same pin news.
RETURNED = ("last_object_clicked_tooltip", "last_object_clicked_count")
_drawing = Lock()  # each layer is drawn as the child of one base map


def show_map(exhibition: Exhibition, here: Position, on_click: Callable[[int], None]) -> None:
    """The map of the stop; a click on a pin calls `on_click` with the number of its stop."""
    # Not above: the server imports the library first, when it starts, and spares the log Streamlit's warnings about it.
    from streamlit_folium import _component_func

    arguments = map_arguments(exhibition, here)

    def clicked() -> None:
        number = stop_number(st.session_state[arguments["key"]].get("last_object_clicked_tooltip"))
        if number:
            on_click(number)

    _component_func(**arguments, on_change=clicked)


@lru_cache(maxsize=2048)
def map_arguments(exhibition: Exhibition, here: Position) -> dict[str, Any]:
    """What the component is sent for this stop: the same script for every stop, so that the map stays mounted."""
    import streamlit_folium as library

    base, same = _same_for_every_stop(exhibition)
    centre, zoom = map_view(exhibition, here.stop)
    with _drawing:
        layer = library._get_feature_group_string(stop_layer(exhibition, here), map=base, idx=0)
    return {**same, "zoom": zoom, "center": centre, "feature_group": layer}


@lru_cache(maxsize=16)
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
