"""The still map: where things lie on it, what it shows, and that it lies where the live map does."""

import json
import re
from dataclasses import replace
from itertools import combinations
from math import hypot
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from tests.conftest import HOUSE
from tests.small import translate
from tests.test_browser import DESK, Visit, map_of
from tour.maps.basemap_svg import city_basemap, labels
from tour.maps.labels import COMMON, LABEL_STYLES, declutter
from tour.maps.pins import MIN_SEPARATION, city_pins, separate
from tour.maps.projection import MARGIN, Viewport, fit_bounds, to_lat_lng, to_pixels
from tour.maps.static_map import SIZE, city_map, map_html, map_svg
from tour.maps.viewpoints import current_place, lat_lng, map_view
from tour.model.navigation import locate
from tour.validation.validate import load_valid

STATIC = HOUSE / "tour" / "static"


@pytest.fixture
def harbours(folders):
    return load_valid(*folders)


def drawn(folders, *features, credit=""):
    """The harbours with a map of the northern; a feature is a kind, a geometry's type, coordinates, more properties."""
    (folders[0] / "maps").mkdir()
    written = [
        {"type": "Feature", "properties": {"kind": kind, **more}, "geometry": {"type": type, "coordinates": where}}
        for kind, type, where, more in features
    ]
    text = json.dumps({"type": "FeatureCollection", "credit": credit, "features": written})
    (folders[0] / "maps" / "north.geojson").write_text(text, "utf-8")
    return load_valid(*folders)


def still(exhibition, slug):
    """The picture of a stop as it stands on the page, and the words laid over it."""
    here = locate(exhibition, slug)
    where = map_view(exhibition, here.stop)
    return (
        map_svg(exhibition, here, *where),
        map_html(exhibition, here, *where, f"plans/{slug}.svg"),
    )


def window_of(exhibition, stop):
    return Viewport(*map_view(exhibition, stop), SIZE, SIZE)


def pins_of(exhibition, stop):
    return city_pins(exhibition, exhibition.city(stop.city), window_of(exhibition, stop), stop)


def courses(svg):
    """Class and course of every path."""
    return re.findall(r'<path class="([^"]+)".*? d="([^"]+)"', svg)


def test_chicago_lies_where_google_maps_says_it_does():
    # https://developers.google.com/maps/documentation/javascript/coordinates: world (65.671, 95.175).
    assert to_pixels((41.85, -87.65), 0) == pytest.approx((65.671, 95.175), abs=0.001)


def test_the_way_from_the_globe_to_the_map_leads_back():
    assert to_lat_lng(*to_pixels((48.7, 44.5), 13.5), 13.5) == pytest.approx((48.7, 44.5))


def test_a_kilometre_on_the_ground_is_wider_on_the_map_in_the_north():
    window = Viewport((0, 0), 12, SIZE, SIZE)

    assert window.radius(1000, 60) == pytest.approx(2 * window.radius(1000, 0), abs=1)


def test_the_stop_stands_in_the_middle_of_its_plan(exhibition):
    pins = [next(pin for pin in pins_of(exhibition, stop) if pin.is_here) for stop in exhibition.stops]

    assert {(pin.x, pin.y) for pin in pins} == {(0, 0)}


def test_no_pin_lies_on_another(exhibition):
    cities = [
        city_pins(exhibition, city, Viewport(*fit_bounds(exhibition, city, 720, 520), 720, 520))
        for city in exhibition.cities
    ]
    apart = [
        hypot(one.x - other.x, one.y - other.y)
        for pins in [*cities, *(pins_of(exhibition, stop) for stop in exhibition.stops)]
        for one, other in combinations(pins, 2)
    ]

    assert min(apart) >= 35


def test_two_pins_of_one_place_part():
    one, other = separate([(10, 10), (10, 10)])

    assert abs(one - other) >= MIN_SEPARATION
    assert (one + other) / 2 == pytest.approx(10 + 10j)


def test_the_visitors_own_pin_makes_the_others_step_aside():
    assert separate([(0, 0), (5, 0)], still=1) == [pytest.approx(5 - MIN_SEPARATION - 0.1), 5]


def test_pins_step_aside_as_far_as_on_the_live_map():
    assert f"const ELBOW = {MIN_SEPARATION};" in (STATIC / "map.js").read_text("utf-8")


def test_names_meet_neither_names_nor_pins(exhibition):
    for stop in exhibition.stops:
        city, window = exhibition.city(stop.city), window_of(exhibition, stop)
        pins = [pin.box for pin in pins_of(exhibition, stop)]
        shown = declutter(labels(city_basemap(exhibition, city), window, exhibition.language), window, pins)

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
    harbours = drawn(folders, *(("name", "Point", where, {"name": name}) for name, where in places.items()))

    svg, _ = still(harbours, "quay")
    assert re.findall(r">([^<]+)</text>", svg) == ["First"]


def test_names_are_as_large_as_on_the_live_map():
    sheet = (STATIC / "map.css").read_text("utf-8")
    sizes = {
        kind: float(re.search(rf"\.tour-{kind} span {{[^}}]*?(\d+)px[/;]", sheet)[1])
        for kind in LABEL_STYLES
        if kind != "junction"
    }
    common = float(re.search(r"\.tour-name span {.*?(\d+)px/", sheet)[1])

    assert (sizes, common) == ({kind: LABEL_STYLES[kind].size for kind in sizes}, COMMON.size)


def test_what_lies_elsewhere_is_left_out(folders):
    far = ([10.3, 60.5], [10.7, 60.5], [10.5, 60.3], [10.5, 60.7])
    lines = [("river", "LineString", [[east, north], [east + 0.001, north]], {}) for east, north in far]
    names = [("name", "Point", where, {"name": "Far away"}) for where in far]
    harbours = drawn(folders, ("street", "LineString", [[10.499, 60.5], [10.501, 60.5]], {}), *lines, *names)

    svg, _ = still(harbours, "quay")
    assert [name for name, _ in courses(svg) if "drawn" in name] == ["tour-drawn tour-street"]
    assert "Far away" not in svg


def test_what_crosses_the_plan_is_drawn_although_its_ends_lie_elsewhere(folders):
    harbours = drawn(folders, ("river", "LineString", [[10, 60.5], [11, 60.5]], {"rough": True}))

    svg, _ = still(harbours, "quay")
    assert "tour-drawn tour-river tour-rough" in dict(courses(svg))


def test_a_hole_stays_open(folders):
    outer = [[10.49, 60.49], [10.51, 60.49], [10.51, 60.51], [10.49, 60.49]]
    hole = [[10.499, 60.499], [10.501, 60.499], [10.5, 60.501], [10.499, 60.499]]
    harbours = drawn(folders, ("water", "Polygon", [outer, hole], {}))

    svg, _ = still(harbours, "quay")
    assert re.findall("[MZ]", dict(courses(svg))["tour-drawn tour-water"]) == ["M", "Z", "M", "Z"]
    assert re.search(r"\.tour-drawn {[^}]*fill-rule: evenodd", svg)


def test_a_feature_shows_at_its_zooms_alone(folders):
    zooms = {"Afar": {"to_zoom": 15}, "Here": {"from_zoom": 15.5, "to_zoom": 15.5}, "Close": {"from_zoom": 16}}
    features = enumerate(zooms.items(), 1)
    harbours = drawn(
        folders,
        *(("name", "Point", [10.5, 60.5 + at / 1000], {"name": name, **more}) for at, (name, more) in features),
    )

    svg, _ = still(harbours, "quay")
    assert re.findall(r">(\w+)</text>", svg) == ["Here"]


def test_a_name_at_the_side_leaves_its_dot_free(folders):
    sides = {side: [10.5, 60.5 + 0.001 * at] for at, side in enumerate(["right", "left", "below"], 1)}
    harbours = drawn(
        folders, *(("station", "Point", where, {"name": "Halt", "side": side}) for side, where in sides.items())
    )

    city = harbours.cities[0]
    right, left, below = labels(city_basemap(harbours, city), window_of(harbours, harbours.stop("quay")), "en")
    assert right.box[0] == pytest.approx(right.home[0] + 9)
    assert left.box[2] == pytest.approx(left.home[0] - 9)
    assert below.box[1] == pytest.approx(below.home[1] + 8)


def test_the_thread_is_sewn_up_to_the_visitor(exhibition):
    svg, _ = still(exhibition, "herbert")

    ways = [name.split()[-1] for name, _ in courses(svg) if "tour-thread" in name]
    assert ways[:2] == ["tour-sewn", "tour-sewn"]
    assert set(ways[2:]) == {"tour-ahead"}


@pytest.mark.parametrize(("uncertainty", "circles"), [(50, 0), (95, 1)])
def test_a_rough_place_has_a_circle_round_it(harbours, folders, uncertainty, circles):
    stop = harbours.stop("quay")
    rough = replace(stop, places=(replace(stop.places[0], uncertainty=uncertainty),))
    exhibition = replace(harbours, stops=(rough, *harbours.stops[1:]))

    svg, _ = still(exhibition, "quay")
    assert [name for name, _ in courses(svg) if "within" in name] == ["tour-within tour-blue"] * circles


def test_every_plan_is_sound_xml_and_light(exhibition):
    for stop in exhibition.stops:
        svg, _ = still(exhibition, stop.slug)

        assert ElementTree.fromstring(svg).get("width") == str(SIZE)
        assert len(svg.encode()) < 120_000, stop.slug


def test_a_curators_markup_stays_text(folders):
    hostile = '<b onclick="x">&amp;</b>'
    harbours = drawn(folders, ("name", "Point", [10.5, 60.501], {"name": hostile}))
    stop = replace(harbours.stop("quay"), title=hostile)
    exhibition = replace(harbours, stops=(stop, *harbours.stops[1:]))

    svg, html = still(exhibition, "quay")
    assert hostile not in svg + html
    assert hostile in "".join(ElementTree.fromstring(svg).itertext())


def test_every_pin_leads_to_its_stop_and_says_its_name(folders):
    german = load_valid(translate(folders[0]), folders[1], "de")

    _, html = still(german, "quay")

    pins = re.findall(r'href="([^"]+)".*<b[^>]*>(.*)</b>', html)
    assert pins == [("./?stop=quay&amp;lang=de", "1. Der Kai"), ("./?stop=crane&amp;lang=de", "2. The Crane")]


def test_the_visitors_own_pin_says_so(exhibition):
    _, html = still(exhibition, "herbert")

    assert re.findall(r'tour-here.*aria-current="step".*<b>(.*)</b>', html) == ["3. The Herbert"]
    assert html.count("aria-current") == 1


def test_a_pin_that_has_stepped_aside_keeps_a_leg_to_its_place(exhibition):
    _, html = still(exhibition, "cathedral-ruins")

    assert re.findall(r"--leg: 22.1px; --turn: ([-\d.]+)rad", html) == ["0.291", "-2.85"]


def test_the_plan_says_whose_it_is(folders):
    harbours = drawn(folders, credit="<b>Land:</b> [The Survey](https://example.org/)")

    _, html = still(harbours, "quay")
    assert (
        'not to scale for navigation · &lt;b&gt;Land:&lt;/b&gt; <a href="https://example.org/">The Survey</a></p>'
        in html
    )


def test_a_city_without_a_drawn_map_has_a_plan_all_the_same(harbours, folders):
    svg, html = still(harbours, "quay")

    assert ElementTree.fromstring(svg) is not None
    assert "not to scale for navigation</p>" in html


def test_a_whole_city_fits_with_room_at_the_edges(exhibition):
    for city in exhibition.cities:
        window = Viewport(*fit_bounds(exhibition, city, 500, 700), 500, 700)
        homes = [window.place(lat_lng(current_place(stop))) for stop in exhibition.stops if stop.city == city.slug]

        assert max(abs(x) for x, _ in homes) <= 250 - MARGIN
        assert max(abs(y) for _, y in homes) <= 350 - MARGIN


def test_a_city_of_one_stop_is_not_looked_at_through_a_glass(harbours):
    assert fit_bounds(harbours, harbours.cities[1], 500, 500)[1] == 17


def test_the_plan_of_a_city_bears_a_mark_for_every_stop(exhibition):
    for city in exhibition.cities:
        svg = city_map(exhibition, city, 720, 520)

        numbers = [number for number, stop in enumerate(exhibition.stops, 1) if stop.city == city.slug]
        assert [int(each) for each in re.findall(r"tour-mark.*<text>(\d+)</text>", svg)] == numbers


@pytest.mark.parametrize("slug", ["cathedral-ruins", "coventry-street"])
def test_the_pins_stand_where_those_of_the_live_map_do(browser, site, exhibition, slug):
    visit = Visit(browser, site, DESK)
    pins = map_of(visit.open(f"?stop={slug}")).locator(".tour-pin")
    # The pins step aside once the map has come to rest.
    expect(map_of(visit.page).locator(".tour-aside").first).to_be_attached()
    live = {pin.inner_text().split()[0]: pin.bounding_box() for pin in pins.all()}
    visit.context.close()

    stop = exhibition.stop(slug)
    middle = live[str(exhibition.stops.index(stop) + 1)]
    for pin in pins_of(exhibition, stop):
        box = live[str(pin.number)]
        assert (box["x"] - middle["x"], box["y"] - middle["y"]) == pytest.approx((pin.x, pin.y), abs=0.1)
