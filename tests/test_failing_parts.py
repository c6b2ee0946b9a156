"""A part of a page that fails is left out: the rest stays, and one line of the log says which part it was."""

from copy import copy

import pytest

from tests.conftest import load_valid
from tour.views.renderer import SiteRenderer
from tour.views.routing import resolve

BASE = "https://example.org/"
QUAY, HOME = {"stop": "quay"}, {}
# The function that fails, the page, what is then missing there, how the log calls the part.
PARTS = (
    ("tour.views.renderer.map_html", QUAY, 'class="tour-pin', "static map of quay"),
    ("tour.views.renderer.stop_jsonld", QUAY, "schema.org", "JSON-LD of quay"),
    ("tour.views.renderer.stop_card", QUAY, "og:image", "social card of quay"),
    ("tour.views.renderer.stops_by_city", QUAY, 'class="tour-all-stops', "stop list of quay"),
    ("tour.views.article.map_view", QUAY, 'data-map-view="6', "map view of quay"),
    ("tour.views.article.leg_to_next", QUAY, "On foot to the next stop", "walking leg of quay"),
    ("tour.views.renderer.exhibition_jsonld", HOME, "schema.org", "JSON-LD of home"),
    ("tour.views.renderer.exhibition_card", HOME, "og:image", "social card of home"),
    ("tour.views.renderer.city_legs", HOME, "tour-route-summary", "route of home"),
    ("tour.views.renderer.stops_by_city", HOME, "tour-cities", "content of home"),
    ("tour.views.renderer.whole_walk", HOME, "On foot from the first stop", "walks of the list of stops"),
)


@pytest.mark.parametrize(("function", "query", "missing", "part"), PARTS, ids=[part for *_, part in PARTS])
def test_a_part_that_fails_is_left_out(folders, monkeypatch, caplog, function, query, missing, part):
    exhibition = load_valid(*folders)

    def page() -> str:
        fresh = copy(exhibition)
        return SiteRenderer(fresh, folders[1]).document(resolve(fresh, query), BASE)

    whole = page()
    monkeypatch.setattr(function, lambda *arguments: 1 / 0)
    rest = page()

    assert missing in whole and missing not in rest
    assert ("The quay was built in 1899." if query else "tour-subtitle") in rest
    assert [record.getMessage() for record in caplog.records] == [f"The {part} could not be rendered."]
