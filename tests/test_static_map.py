"""The static map: where things lie on it, what it shows, and that it matches the live map."""

import json
import re
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, Visit, map_of
from tests.conftest import PROJECT_ROOT, load_valid
from tests.sample_exhibition import translate
from tour.maps.basemap_svg import city_basemap, labels
from tour.maps.live_map import base_map
from tour.maps.placement import DEFAULT_STYLE, LABEL_STYLES, MIN_SEPARATION, SETTINGS, city_pins, declutter, separate
from tour.maps.static_map import SIZE, city_map, map_html, stop_map
from tour.maps.viewport import EDGE_MARGIN, Viewport, fit_bounds, map_view, stop_point, to_lat_lng, to_pixels
from tour.model.navigation import locate

STATIC = PROJECT_ROOT / "tour" / "static"


@pytest.fixture
def harbours(folders):
    return load_valid(*folders)


def with_basemap(folders, *features, credit=""):
    """The harbours with a map of the northern; a feature is a kind, a geometry's type, coordinates, more properties."""
    (folders[0] / "maps").mkdir()
    members = [
        {"type": "Feature", "properties": {"kind": kind, **more}, "geometry": {"type": type, "coordinates": where}}
        for kind, type, where, more in features
    ]
    text = json.dumps({"type": "FeatureCollection", "credit": credit, "features": members})
    (folders[0] / "maps" / "north.geojson").write_text(text, "utf-8")
    return load_valid(*folders)


def static_map(exhibition, slug):
    """The picture of a stop as it stands on the page, and the HTML laid over it."""
    position = locate(exhibition, slug)
    return stop_map(exhibition, position.stop), map_html(exhibition, position, f"plans/{slug}.svg")


def viewport_of(exhibition, stop):
    return Viewport(*map_view(exhibition, stop), SIZE, SIZE)


def pins_of(exhibition, stop):
    return city_pins(exhibition, exhibition.city(stop.city), viewport_of(exhibition, stop), stop)


def paths(svg):
    """Classes and data of every path."""
    return re.findall(r'<path class="([^"]+)".*? d="([^"]+)"', svg)


def test_chicago_lies_where_google_maps_says_it_does():
    # https://developers.google.com/maps/documentation/javascript/coordinates: world (65.671, 95.175).
    assert to_pixels((41.85, -87.65), 0) == pytest.approx((65.671, 95.175), abs=0.001)


def test_the_way_from_the_globe_to_the_map_leads_back():
    assert to_lat_lng(*to_pixels((48.7, 44.5), 13.5), 13.5) == pytest.approx((48.7, 44.5))


def test_a_kilometre_on_the_ground_is_wider_on_the_map_in_the_north():
    viewport = Viewport((0, 0), 12, SIZE, SIZE)

    assert viewport.radius(1000, 60) == pytest.approx(2 * viewport.radius(1000, 0), abs=1)


def test_the_stop_stands_in_the_middle_of_its_map(exhibition):
    pins = [next(pin for pin in pins_of(exhibition, stop) if pin.is_current) for stop in exhibition.stops]

    assert {pin.spot for pin in pins} == {0}


def test_no_pin_lies_on_another(exhibition):
    cities = [
        city_pins(exhibition, city, Viewport(*fit_bounds(exhibition, city, 720, 520), 720, 520))
        for city in exhibition.cities
    ]
    apart = [
        abs(one.spot - other.spot)
        for pins in [*cities, *(pins_of(exhibition, stop) for stop in exhibition.stops)]
        for one, other in combinations(pins, 2)
    ]

    assert min(apart) >= 35


def test_two_pins_of_one_place_separate():
    one, other = separate([10 + 10j, 10 + 10j])

    assert abs(one - other) >= MIN_SEPARATION
    assert (one + other) / 2 == pytest.approx(10 + 10j)


def test_the_current_pin_displaces_the_others():
    assert separate([0j, 5 + 0j], fixed=1) == [pytest.approx(5 - MIN_SEPARATION - 0.1), 5]


def test_pins_and_labels_make_room_by_the_same_numbers_as_on_the_live_map(exhibition):
    script = base_map(exhibition).get_root().render()
    settings, _ = json.JSONDecoder().raw_decode(script.partition('"placement": ')[2])

    assert settings == json.loads(json.dumps(SETTINGS))
    assert settings["minSeparation"] == MIN_SEPARATION


def test_names_meet_neither_names_nor_pins(exhibition):
    for stop in exhibition.stops:
        city, viewport = exhibition.city(stop.city), viewport_of(exhibition, stop)
        pins = [pin.box for pin in pins_of(exhibition, stop)]
        shown = declutter(labels(city_basemap(exhibition, city), viewport, exhibition.language), viewport, pins)

        boxes = [*pins, *(label.box for label in shown)]
        meeting = [
            (one, other)
            for one, other in combinations(boxes, 2)
            if one not in pins or other not in pins
            if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
        ]
        assert meeting == []


def test_a_name_gives_way_to_a_pin_and_to_the_name_before_it(folders):
    places = {"Under the pin": [10.5, 60.5], "First": [10.5, 60.502], "Second": [10.5003, 60.502]}
    harbours = with_basemap(folders, *(("name", "Point", where, {"name": name}) for name, where in places.items()))

    svg, _ = static_map(harbours, "quay")
    assert re.findall(r">([^<]+)</text>", svg) == ["First"]


def test_names_are_as_large_as_on_the_live_map():
    sheet = (STATIC / "map.css").read_text("utf-8")
    sizes = {
        kind: float(re.search(rf"\.tour-{kind} span {{[^}}]*?(\d+)px( /|;)", sheet)[1])
        for kind in LABEL_STYLES
        if kind != "junction"
    }
    common = float(re.search(r"\.tour-label span {[^}]*?(\d+)px /", sheet)[1])

    assert (sizes, common) == ({kind: LABEL_STYLES[kind].size for kind in sizes}, DEFAULT_STYLE.size)


def test_what_lies_elsewhere_is_left_out(folders):
    far = ([10.3, 60.5], [10.7, 60.5], [10.5, 60.3], [10.5, 60.7])
    lines = [("river", "LineString", [[east, north], [east + 0.001, north]], {}) for east, north in far]
    names = [("name", "Point", where, {"name": "Far away"}) for where in far]
    harbours = with_basemap(folders, ("street", "LineString", [[10.499, 60.5], [10.501, 60.5]], {}), *lines, *names)

    svg, _ = static_map(harbours, "quay")
    assert [name for name, _ in paths(svg) if "basemap" in name] == ["tour-basemap tour-street"]
    assert "Far away" not in svg


def test_what_crosses_the_map_is_drawn_although_its_ends_lie_elsewhere(folders):
    harbours = with_basemap(folders, ("river", "LineString", [[10, 60.5], [11, 60.5]], {"rough": True}))

    svg, _ = static_map(harbours, "quay")
    assert "tour-basemap tour-river tour-rough" in dict(paths(svg))


def test_a_hole_stays_open(folders):
    outer = [[10.49, 60.49], [10.51, 60.49], [10.51, 60.51], [10.49, 60.49]]
    hole = [[10.499, 60.499], [10.501, 60.499], [10.5, 60.501], [10.499, 60.499]]
    harbours = with_basemap(folders, ("water", "Polygon", [outer, hole], {}))

    svg, _ = static_map(harbours, "quay")
    assert re.findall("[MZ]", dict(paths(svg))["tour-basemap tour-water"]) == ["M", "Z", "M", "Z"]
    assert re.search(r"\.tour-basemap {[^}]*fill-rule: evenodd", svg)


def test_a_feature_shows_at_its_zooms_alone(folders):
    zooms = {"Afar": {"to_zoom": 15}, "Here": {"from_zoom": 15.5, "to_zoom": 15.5}, "Close": {"from_zoom": 16}}
    features = enumerate(zooms.items(), 1)
    harbours = with_basemap(
        folders,
        *(("name", "Point", [10.5, 60.5 + at / 1000], {"name": name, **more}) for at, (name, more) in features),
    )

    svg, _ = static_map(harbours, "quay")
    assert re.findall(r">(\w+)</text>", svg) == ["Here"]


def test_a_name_at_the_side_leaves_its_dot_free(folders):
    sides = {side: [10.5, 60.5 + 0.001 * at] for at, side in enumerate(["right", "left", "below"], 1)}
    harbours = with_basemap(
        folders, *(("station", "Point", where, {"name": "Halt", "side": side}) for side, where in sides.items())
    )

    city = harbours.cities[0]
    right, left, below = labels(city_basemap(harbours, city), viewport_of(harbours, harbours.stop("quay")), "en")
    assert right.box[0] == pytest.approx(right.anchor[0] + 9)
    assert left.box[2] == pytest.approx(left.anchor[0] - 9)
    assert below.box[1] == pytest.approx(below.anchor[1] + 8)


def test_the_route_is_done_up_to_the_visitor(exhibition):
    svg, _ = static_map(exhibition, "herbert")

    ways = [name.split()[-1] for name, _ in paths(svg) if "tour-route" in name]
    assert ways[:2] == ["tour-done", "tour-done"]
    assert set(ways[2:]) == {"tour-pending"}


@pytest.mark.parametrize(("uncertainty", "circles"), [(50, 0), (95, 1)])
def test_an_uncertain_place_has_a_circle_around_it(harbours, folders, uncertainty, circles):
    stop = harbours.stop("quay")
    rough = replace(stop, places=(replace(stop.places[0], uncertainty=uncertainty),))
    exhibition = replace(harbours, stops=(rough, *harbours.stops[1:]))

    svg, _ = static_map(exhibition, "quay")
    assert [name for name, _ in paths(svg) if "uncertainty" in name] == ["tour-uncertainty tour-blue"] * circles


def test_every_map_is_valid_xml_and_light(exhibition):
    for stop in exhibition.stops:
        svg, _ = static_map(exhibition, stop.slug)

        assert ElementTree.fromstring(svg).get("width") == str(SIZE)
        assert len(svg.encode()) < 120_000, stop.slug


def test_a_curators_markup_stays_text(folders):
    hostile = '<b onclick="x">&amp;</b>'
    harbours = with_basemap(folders, ("name", "Point", [10.5, 60.501], {"name": hostile}))
    stop = replace(harbours.stop("quay"), title=hostile)
    exhibition = replace(harbours, stops=(stop, *harbours.stops[1:]))

    svg, html = static_map(exhibition, "quay")
    assert hostile not in svg + html
    assert hostile in "".join(ElementTree.fromstring(svg).itertext())


def test_every_pin_leads_to_its_stop_and_says_its_name(folders):
    german = load_valid(translate(folders[0]), folders[1], "de")

    _, html = static_map(german, "quay")

    pins = re.findall(r'href="([^"]+)".*<b[^>]*>(.*)</b>', html)
    assert pins == [("./?stop=quay&amp;lang=de", "1. Der Kai"), ("./?stop=crane&amp;lang=de", "2. The Crane")]


def test_the_current_pin_says_so(exhibition):
    _, html = static_map(exhibition, "herbert")

    assert re.findall(r'tour-current.*aria-current="step".*<b>(.*)</b>', html) == ["3. The Herbert"]
    assert html.count("aria-current") == 1


def test_a_displaced_pin_has_a_leader_line_to_its_place(exhibition):
    _, html = static_map(exhibition, "cathedral-ruins")

    assert re.findall(r"--leader-length: 22.1px; --leader-angle: ([-\d.]+)rad", html) == ["0.291", "-2.85"]


def test_the_map_says_whose_it_is(folders):
    harbours = with_basemap(folders, credit="<b>Land:</b> [The Survey](https://example.org/)")

    _, html = static_map(harbours, "quay")
    assert (
        'not to scale for navigation · &lt;b&gt;Land:&lt;/b&gt; <a href="https://example.org/">The Survey</a></p>'
        in html
    )


def test_a_city_without_a_base_map_has_a_map_all_the_same(harbours, folders):
    svg, html = static_map(harbours, "quay")

    assert ElementTree.fromstring(svg) is not None
    assert "not to scale for navigation</p>" in html


def test_a_whole_city_fits_with_room_at_the_edges(exhibition):
    for city in exhibition.cities:
        viewport = Viewport(*fit_bounds(exhibition, city, 500, 700), 500, 700)
        anchors = [viewport.project(stop_point(stop)) for stop in exhibition.stops if stop.city == city.slug]

        assert max(abs(x) for x, _ in anchors) <= 250 - EDGE_MARGIN
        assert max(abs(y) for _, y in anchors) <= 350 - EDGE_MARGIN


def test_a_city_of_one_stop_is_shown_at_no_closer_zoom_than_a_stop(harbours):
    assert fit_bounds(harbours, harbours.cities[1], 500, 500)[1] == 17


def test_the_map_of_a_city_has_a_mark_for_every_stop(exhibition):
    for city in exhibition.cities:
        svg = city_map(exhibition, city, 720, 520)

        numbers = [number for number, stop in enumerate(exhibition.stops, 1) if stop.city == city.slug]
        assert [int(each) for each in re.findall(r"tour-marker.*<text>(\d+)</text>", svg)] == numbers


@pytest.mark.parametrize("slug", ["cathedral-ruins", "coventry-street"])
def test_pins_stand_where_those_of_the_live_map_do(browser, site, exhibition, slug):
    visit = Visit(browser, site, DESKTOP)
    pins = map_of(visit.open(f"?stop={slug}")).locator(".tour-pin")
    # Pins are displaced once the map has come to rest.
    expect(map_of(visit.page).locator(".tour-displaced").first).to_be_attached()
    live = {pin.inner_text().split()[0]: pin.bounding_box() for pin in pins.all()}
    visit.context.close()

    stop = exhibition.stop(slug)
    middle = live[str(exhibition.stops.index(stop) + 1)]
    for pin in pins_of(exhibition, stop):
        box = live[str(pin.number)]
        assert complex(box["x"] - middle["x"], box["y"] - middle["y"]) == pytest.approx(pin.spot, abs=0.1)
