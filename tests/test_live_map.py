"""The live map: its view, its pins, its route; nothing from other hosts."""

import json
import re
from dataclasses import replace

import pytest

from tests.conftest import load_valid
from tour.maps.live_map import base_map, stop_layer, stop_number
from tour.maps.viewport import current_place, map_view
from tour.model import Place, TileLayer
from tour.model.navigation import locate


@pytest.fixture
def harbours(folders):
    return load_valid(*folders)


def test_the_map_asks_no_other_host(harbours):
    page = base_map(harbours).get_root().render()

    addresses = [part.split('"')[0] for part in page.split('src="')[1:] + page.split('href="')[1:]]
    assert [address for address in addresses if address.startswith(("http:", "https:", "//"))] == []


def test_the_map_asks_for_base_maps_that_exist_alone(harbours):
    page = base_map(replace(harbours, maps={"south": {"features": []}})).get_root().render()

    assert re.findall(r"maps/(\w+)\.geojson", page) == ["south"]


def test_the_map_looks_at_the_place_where_the_thing_stands_now(harbours):
    stop = harbours.stop("quay")
    moved = replace(stop, places=(Place("Old", 60.1, 10.1, until=2019), Place("New", 60.9, 10.9, since=2019)))

    assert map_view(harbours, moved)[0] == (60.9, 10.9)


def test_a_thing_that_is_gone_is_shown_where_it_stood_last(harbours):
    stop = harbours.stop("quay")
    gone = replace(stop, places=(Place("First", 60.1, 10.1, until=1950), Place("Last", 60.9, 10.9, until=2019)))

    assert current_place(gone).label == "Last"


def test_the_less_is_known_the_wider_the_view(harbours):
    stop = harbours.stop("quay")
    zooms = [map_view(harbours, replace(stop, places=(Place("", 60, 10, uncertainty=m),)))[1] for m in (0, 250, 800)]

    assert zooms == sorted(zooms, reverse=True)
    assert len(set(zooms)) == 3


@pytest.mark.parametrize(("slug", "numbers"), [("quay", [1, 2]), ("crane", [1, 2, 3]), ("light", [3, 2])])
def test_the_stops_of_this_city_and_the_ones_before_and_after_have_pins(harbours, slug, numbers):
    assert [pin["number"] for pin in shown(harbours, slug)["pins"]] == numbers


def test_the_route_breaks_where_the_tour_leaves_the_city(harbours):
    gone = replace(harbours, stops=(harbours.stop("quay"), harbours.stop("light"), harbours.stop("crane")))

    assert shown(harbours, "quay")["route"]["pairs"] == [[1, 2]]
    assert shown(gone, "quay")["route"]["pairs"] == []


hostile_texts = pytest.mark.parametrize(
    "hostile",
    ["{{ 7*7 }}", "{% raw %}", "{# ' #}", "{{{", "`${alert(1)}`", "</script>", "<b>", "\\u003cb", "\\u003cb\\u003e"],
)


@hostile_texts
def test_a_title_reaches_the_map_as_it_stands(harbours, hostile):
    stop = replace(harbours.stop("quay"), title=hostile)

    name = shown(replace(harbours, stops=(stop, *harbours.stops[1:])), "quay")["pins"][0]["name"]

    assert name == f"1. {hostile}"


@hostile_texts
def test_a_text_of_the_base_map_reaches_it_as_it_stands(harbours, hostile):
    exhibition = replace(harbours, tile_layer=TileLayer(hostile, "https://tiles.example/{z}/{x}/{y}", "", ""))

    assert shown(exhibition, "quay", "tourSetUpMap")["tileLayer"]["name"] == hostile


def shown(harbours, slug, function="tourDrawStop") -> dict:
    """What a function of map.js gets, from the page that folium renders."""
    base = base_map(harbours)
    base.add_child(stop_layer(harbours, locate(harbours, slug)))
    script = base.get_root().render().rpartition("<script>")[2].partition("</script>")[0]
    return json.JSONDecoder().raw_decode(script, script.index("{", script.index(f"{function}(")))[0]


@pytest.mark.parametrize(
    ("tooltip", "number"), [("12. The Cloth", 12), (" 3. The Light ", 3), ("The Light", None), (None, None), ("", None)]
)
def test_a_clicked_pin_sends_its_number(tooltip, number):
    assert stop_number(tooltip) == number
