"""What the map's component is sent, against streamlit-folium itself."""

import json

import streamlit_folium
from streamlit_folium import st_folium

from tour.maps.live_map import base_map, stop_layer
from tour.maps.viewport import map_view
from tour.model.navigation import locate
from tour.ui.map_component import HEIGHT, KEY, RETURNED, map_arguments


def test_the_component_is_sent_what_st_folium_would_send(exhibition, monkeypatch):
    here = locate(exhibition, "gerhardts-mill")
    sent = {}
    monkeypatch.setattr(streamlit_folium, "_component_func", lambda **arguments: sent.update(arguments))
    centre, zoom = map_view(exhibition, here.stop)

    st_folium(
        base_map(exhibition),
        key=KEY,
        center=centre,
        zoom=zoom,
        height=HEIGHT,
        use_container_width=True,
        feature_group_to_add=stop_layer(exhibition, here),
        returned_objects=list(RETURNED),
    )

    ours = map_arguments(exhibition, here)
    assert as_json({name: sent[name] for name in ours}) == as_json(ours)
    assert set(sent) - set(ours) == {"on_change"}


# Folium numbers its elements at random; the header names the map by that number.
BY_CHANCE = ("header", "id")


def as_json(arguments: dict) -> str:
    return json.dumps({name: value for name, value in arguments.items() if name not in BY_CHANCE}, sort_keys=True)


def test_every_stop_has_the_same_base_map(exhibition):
    sent = [map_arguments(exhibition, locate(exhibition, stop.slug)) for stop in exhibition.stops]

    assert len({arguments["key"] for arguments in sent}) == 1
    assert len({arguments["feature_group"] for arguments in sent}) == len(exhibition.stops)


def test_the_work_is_done_once_a_stop(exhibition):
    here = locate(exhibition, "gerhardts-mill")

    assert map_arguments(exhibition, here) is map_arguments(exhibition, locate(exhibition, "gerhardts-mill"))
