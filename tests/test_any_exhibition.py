"""Any exhibition is shown, of one city, two, three, or a thousand stops: every page, file and map of it."""

import json
import re
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree, html
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from tests import generated_exhibition
from tests.conftest import APP, is_drawn, load_valid
from tests.sample_exhibition import replace_once
from tour import typography
from tour.images import social_cards
from tour.images.derivative_cache import derivative_cache
from tour.maps.placement import city_pins
from tour.maps.route_overview import city_legs, fit, route_overview
from tour.maps.static_map import city_map, stop_map
from tour.maps.viewport import Viewport, fit_bounds
from tour.model.navigation import MAX_SEGMENTS, locate, progress_segments
from tour.open_data.context import ExportContext
from tour.open_data.iiif import manifest
from tour.open_data.registry import EXPORT_FORMATS, citation
from tour.search.query import search
from tour.static_export.sitemap import sitemap
from tour.static_export.static_site import site_files
from tour.ui.map_component import map_arguments
from tour.views.renderer import MAX_LISTED_STOPS, SiteRenderer
from tour.views.routing import all_pages, resolve
from tour.views.standalone_pages import standalone_pages
from tour.web.app import routes

BASE = "https://example.org/tour/"
SIZES = {
    "one-city": (generated_exhibition.with_one_city, 1, 2),
    "two-cities": (generated_exhibition.write, 2, 3),
    "three-cities": (generated_exhibition.with_three_cities, 3, 4),
    "a-thousand-stops": (lambda folder: generated_exhibition.with_many_stops(folder, 1000), 2, 1000),
}
A_FEW, A_WALK = 12, 5


@dataclass(frozen=True)
class Shown:
    """An exhibition with the renderer that its documents are made on, and how many cities and stops it should have."""

    renderer: SiteRenderer
    data: Path
    cities: int
    stops: int

    @property
    def exhibition(self):
        return self.renderer.exhibition

    @property
    def context(self) -> ExportContext:
        return ExportContext(self.exhibition, self.renderer.media, BASE)

    def some_stops(self) -> list:
        """All of a few; of a thousand the first, the last, and some between."""
        stops = self.exhibition.stops
        return list(dict.fromkeys([*stops[:: max(1, len(stops) // A_FEW)], stops[-1]]))


@pytest.fixture(
    scope="module",
    params=[pytest.param(size, marks=[pytest.mark.slow] * (size == "a-thousand-stops")) for size in SIZES],
)
def shown(request, tmp_path_factory) -> Shown:
    write, cities, stops = SIZES[request.param]
    data, media = write(tmp_path_factory.mktemp(request.param))
    return Shown(SiteRenderer(load_valid(data, media), media), data, cities, stops)


@pytest.fixture(scope="module")
def three(tmp_path_factory) -> SiteRenderer:
    data, media = generated_exhibition.with_three_cities(tmp_path_factory.mktemp("three"))
    return SiteRenderer(load_valid(data, media), media)


def read(document: str):
    return html.fromstring(document)


def picture(svg: str):
    """An SVG that is sound, and in which every number is one."""
    assert not re.search(r"\b(nan|inf)\b", svg)
    return etree.fromstring(svg.encode())


def test_it_has_the_requested_size(shown):
    assert (len(shown.exhibition.cities), len(shown.exhibition.stops)) == (shown.cities, shown.stops)


def test_every_page_that_is_no_stop_is_written(shown):
    pages = [page for page in all_pages(shown.exhibition) if not page.position]

    assert {page.name for page in pages} == {"home", "stops", "find", "timeline", "gallery", "sources", "about"}
    assert all(read(shown.renderer.document(page, BASE)).findtext(".//h1") for page in pages)


def test_the_article_of_a_stop_has_its_map_and_the_ways_on(shown):
    for stop in shown.some_stops():
        here = locate(shown.exhibition, stop.slug)
        page = read(shown.renderer.document(resolve(shown.exhibition, {"stop": stop.slug}), BASE))
        ways = [page.xpath(f"//a[@rel='{rel}'][contains(@href, '?stop={each.slug}&')]") for rel, each in around(here)]

        assert page.findtext(".//h1") == stop.title
        assert page.xpath("//a[contains(@class, 'tour-current')]/span")[0].text == str(here.number)
        assert all(ways)


def around(here):
    return [(rel, stop) for rel, stop in (("prev", here.previous), ("next", here.next)) if stop]


@pytest.mark.parametrize("view", ["home", "stops", "timeline", "gallery"])
def test_a_list_has_every_stop(shown, view):
    query = {} if view == "home" else {"view": view}
    page = read(shown.renderer.document(resolve(shown.exhibition, query), BASE))
    linked_slugs = {
        href.partition("stop=")[2].partition("&")[0] for href in page.xpath("//main//a/@href") if "stop=" in href
    }

    assert linked_slugs >= {stop.slug for stop in shown.exhibition.stops}


def test_the_entry_names_every_city_and_how_far_it_is(shown):
    page = read(shown.renderer.document(resolve(shown.exhibition, {}), BASE))
    names = [city.name for city in shown.exhibition.cities]

    cities = page.xpath("//main//section[starts-with(@class, 'tour-city ')]/h2/text()")

    assert [each.partition(",")[0] for each in cities] == names
    assert page.xpath("//*[@class='tour-route-summary']//*[contains(@class, 'tour-route-end')]/text()") == names * (
        len(names) > 1
    )
    assert len(page.xpath("//*[@class='tour-route-distance']")) == len(names) - 1


def test_one_city_has_no_route_overview(shown):
    page = shown.renderer.document(resolve(shown.exhibition, {}), BASE)

    assert ("route-overview.svg" in page) is (shown.cities > 1)
    files = site_files([shown.exhibition], shown.renderer.media, BASE)
    assert ("maps/route-overview.svg" in files) is (shown.cities > 1)


def test_the_route_runs_from_city_to_city(shown):
    if shown.cities == 1:
        assert city_legs(shown.exhibition) == []
    else:
        drawn = picture(route_overview(shown.exhibition))
        classes = [each.get("class") for each in drawn.findall("{*}path") if "route" in each.get("class")]
        assert [each.split()[1] for each in classes][::2] == [city.colour for city in shown.exhibition.cities[:-1]]
        assert len(drawn.xpath("//*[@class='marker']")) == shown.cities


def test_every_map_is_drawn(shown):
    for city in shown.exhibition.cities:
        picture(city_map(shown.exhibition, city))
    for stop in shown.some_stops():
        picture(stop_map(shown.exhibition, stop))


def test_the_live_map_of_a_stop_has_its_pin(shown):
    for stop in (shown.exhibition.stops[0], shown.exhibition.stops[-1]):
        here = locate(shown.exhibition, stop.slug)

        assert f"{here.number}. {stop.title}" in map_arguments(shown.exhibition, here)["feature_group"]


def test_the_whole_text_and_the_booklet_have_every_stop(shown):
    if shown.stops < 10:  # they make every article, one after another
        for name in ("text", "print"):
            titles = [
                each.text
                for each in read(standalone_pages(shown.renderer, BASE)[name]()).xpath("//article//header/*[@id]")
            ]
            assert titles == [stop.title for stop in shown.exhibition.stops]
        assert ("route-overview.svg" in standalone_pages(shown.renderer, BASE)["print"]()) is (shown.cities > 1)


@pytest.mark.parametrize("format", EXPORT_FORMATS, ids=lambda format: format.file)
def test_every_format_has_the_first_stop_and_the_last(shown, format):
    written = unescape(format.write(shown.context))

    for stop in (shown.exhibition.stops[0], shown.exhibition.stops[-1]):
        assert stop.title in written


def test_the_manifest_has_a_canvas_a_stop_and_a_range_a_city(shown):
    values = json.loads(json.dumps(manifest(shown.context)))

    assert (len(values["items"]), len(values["structures"])) == (shown.stops, shown.cities)


def test_every_stop_can_be_cited(shown):
    for stop in shown.some_stops():
        assert stop.slug in citation(shown.context, f"{stop.slug}.bib")[0]


def test_the_sitemap_has_every_page(shown):
    urlset = etree.fromstring(sitemap(shown.exhibition, BASE).encode())

    assert len(set(urlset.xpath("//*[local-name()='loc']/text()"))) >= shown.stops + 7


def test_cards_are_drawn_for_the_first_stop_the_last_and_the_whole(shown):
    wanted = social_cards.needed(shown.exhibition, shown.renderer.media)

    assert len({card.name for card in wanted}) == shown.stops + 1
    for card in (wanted[0], wanted[1], wanted[-1]):
        assert 1 <= len(card.segments) <= MAX_SEGMENTS
        assert derivative_cache(shown.renderer.media).get_or_create_file(card).stat().st_size > 10_000


def test_an_export_has_a_file_for_every_stop(shown):
    names = site_files([shown.exhibition], shown.renderer.media, BASE)

    assert names.keys() >= {f"{stop.slug}.html" for stop in shown.exhibition.stops}
    assert names.keys() >= {f"plans/city/{city.slug}.svg" for city in shown.exhibition.cities}
    for name in ("index.html", f"{shown.exhibition.stops[-1].slug}.html", "sitemap.xml"):
        assert names[name]()


def test_words_are_found_in_every_stop_that_has_them(shown):
    exhibitions = {"en": shown.exhibition}

    assert {each.stop.slug for each in search(exhibitions, "en", "loaf")} >= {"lighthouse"}
    assert search(exhibitions, "en", "Ferry Stage")[0].stop.slug == "ferry"
    assert search(exhibitions, "en", shown.exhibition.stops[-1].title)[0].stop is shown.exhibition.stops[-1]


def test_the_progress_bar_has_one_current_stop_wherever_the_visitor_stands(shown):
    for stop in shown.some_stops():
        segments = progress_segments(locate(shown.exhibition, stop.slug))

        assert segments.count("current") == 1
        assert len(segments) == min(shown.stops, MAX_SEGMENTS)


def test_the_map_of_a_city_with_one_stop_looks_at_it_from_near_by(three):
    city = three.exhibition.cities[-1]
    window = Viewport(*fit_bounds(three.exhibition, city, 660, 420), 660, 420)

    assert [(pin.number, pin.spot) for pin in city_pins(three.exhibition, city, window)] == [(4, 0)]


@pytest.mark.parametrize(
    ("way", "name"),
    [
        ([(50, 10), (50, 40)], "east"),
        ([(10, 20), (60, 20)], "north"),
        ([(10, 20), (10, 20)], "nowhere"),
        ([(-40, 170), (-20, 190)], "over the date line"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_route_fits_its_picture_whichever_way_it_runs(way, name):
    sheet = fit(way)

    for x, y in map(sheet.project, way):
        assert 100 < x < 1100, name
        assert 60 < y < 300, name


def test_a_route_of_three_cities_has_a_text_alternative(three):
    page = read(three.document(resolve(three.exhibition, {}), BASE))

    (label,) = page.xpath("//*[@class='tour-route-summary']/@aria-label")
    assert label == typography.typeset_text(
        "A sewn thread from Lanternholm by Crumbury to Mistlewick, about 430 kilometres"
    )


def test_the_list_below_a_stop_has_it_and_leads_to_every_other(shown):
    exhibition, stop = shown.exhibition, shown.exhibition.stops[0]
    listed = shown.renderer.stop(locate(exhibition, stop.slug)).stop_list
    addresses = read(listed).xpath("//a/@href")

    assert f"./?stop={stop.slug}&lang=en" in addresses
    assert len(addresses) == shown.stops if shown.stops <= MAX_LISTED_STOPS else "./?view=stops&lang=en" in addresses
    assert len(listed) < 40_000


def test_the_app_walks_from_the_first_stop_to_the_next_until_the_last(shown, monkeypatch):
    monkeypatch.setenv("TOUR_DATA", str(shown.data))
    monkeypatch.setenv("TOUR_MEDIA", str(shown.renderer.media))
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.query_params["lang"] = "en"
    app.run()
    app.button(key="start").click().run()
    seen = [app.query_params["stop"]]
    while not app.button(key="tour-next").disabled and len(seen) < A_WALK:
        app.button(key="tour-next").click().run()
        seen.append(app.query_params["stop"])

    assert is_drawn(app)
    assert seen == [stop.slug for stop in shown.exhibition.stops[:A_WALK]]
    assert app.button(key="tour-next").disabled is (shown.stops < A_WALK)


def test_the_example_itself_begins_with_today(tmp_path: Path):
    data, _ = generated_exhibition.write(tmp_path / "new")

    assert "TODAY" not in "".join(path.read_text("utf-8") for path in data.rglob("*.*"))


def test_the_server_has_a_route_overview_only_where_there_is_one(shown, monkeypatch):
    monkeypatch.setenv("TOUR_DATA", str(shown.data))
    monkeypatch.setenv("TOUR_MEDIA", str(shown.renderer.media))
    site = TestClient(Starlette(routes=routes()))

    assert site.get("/maps/route-overview.svg").status_code == (200 if shown.cities > 1 else 404)


def test_the_route_crosses_the_date_line_the_short_way(tmp_path):
    data, media = generated_exhibition.write(tmp_path / "ours")
    for file, old, new in (
        ("exhibition.toml", "[-31.1, -30.9]", "[179.0, 180.0]"),
        ("exhibition.toml", "[-29.7, -29.5]", "[-180.0, -179.0]"),
        (generated_exhibition.LIGHTHOUSE, "-31.0105", "179.5"),
        ("stops/lanternholm/02-ferry.md", "-30.9985", "179.6"),
        (generated_exhibition.BAKERY, "-29.6024", "-179.4"),
    ):
        replace_once(data, file, old, new)
    strands = picture(route_overview(load_valid(data, media))).xpath("//*[contains(@class, 'route')]/@d")

    across = [float(x) for strand in strands for x in re.findall(r"[ML]([-\d.]+) ", strand)]
    assert max(abs(one - other) for one, other in pairwise(across)) < 30
    assert max(across) - min(across) > 300
