"""What the map's component is sent, against streamlit-folium itself."""

import json
import sys

import pytest
import streamlit_folium
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit_folium import st_folium

from tests.conftest import html_of, run_app
from tour.maps.live_map import base_map, stop_layer
from tour.maps.viewport import map_view
from tour.model.navigation import locate
from tour.ui.lifespan import lifespan
from tour.ui.map_component import HEIGHT, KEY, RETURNED, map_arguments
from tour.web.app import routes


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


@pytest.mark.parametrize(
    "breaking",
    ["_component_func", "_get_feature_group_string", "_get_map_string", "_get_header", "generate_js_hash"],
)
def test_without_a_private_part_of_the_library_a_stop_is_shown_without_its_map(folders, monkeypatch, caplog, breaking):
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))
    monkeypatch.setenv("TOUR_MEDIA", str(folders[1]))
    monkeypatch.delattr(streamlit_folium, breaking)

    app = run_app(stop="quay")

    assert "The quay was built in 1899." in html_of(app)
    assert "The map can’t be shown just now." in html_of(app)
    assert len([record for record in caplog.records if record.levelname == "ERROR"]) == 1


def test_without_the_library_the_site_starts_and_one_line_of_the_log_says_so(folders, monkeypatch, caplog):
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))
    monkeypatch.setenv("TOUR_MEDIA", str(folders[1]))
    monkeypatch.setenv("TOUR_OPTIMIZATIONS", "0")  # the garbage collector would stay frozen for other tests
    monkeypatch.setitem(sys.modules, "streamlit_folium", None)

    with TestClient(Starlette(routes=routes(), lifespan=lifespan)) as client:
        assert "The Quay" in client.get("/?stop=quay").text

    assert [record.levelname for record in caplog.records if "without the live map" in record.message] == ["ERROR"]


def test_a_static_map_that_fails_leaves_the_article(folders, monkeypatch):
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))
    monkeypatch.setenv("TOUR_MEDIA", str(folders[1]))
    monkeypatch.setattr("tour.views.renderer.map_html", lambda *arguments: 1 / 0)

    page = TestClient(Starlette(routes=routes())).get("/?stop=quay")

    assert page.status_code == 200
    assert "The quay was built in 1899." in page.text
    assert "The map can’t be shown just now." in page.text
