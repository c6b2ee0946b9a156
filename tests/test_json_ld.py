"""JSON-LD tells machines what a stop is, where it is, and whose its pictures are."""

import pytest

from tests import sample_exhibition
from tests.conftest import PROJECT_ROOT, load_valid
from tour.content.cited_sources import stop_sources
from tour.model.navigation import locate
from tour.open_data.context import ExportContext
from tour.open_data.json_ld import exhibition_jsonld, stop_jsonld

BASE = "https://example.org/tour/"
MEDIA = PROJECT_ROOT / "media"
SENTENCE = "The friendship rests."


@pytest.fixture
def harbours(folders):
    return ExportContext(load_valid(*folders), folders[1], BASE)


@pytest.fixture
def graph(harbours):
    """The quay's page and place."""
    return quay_graph(harbours)


def quay_graph(context):
    return stop_jsonld(context, locate(context.exhibition, "quay"))["@graph"]


def test_a_place_is_an_attraction_with_coordinates_in_its_city(graph):
    _, place = graph

    assert place["@type"] == ["TouristAttraction", "LandmarksOrHistoricalBuildings"]
    assert (place["geo"]["latitude"], place["geo"]["longitude"]) == (60.5, 10.5)
    assert place["containedInPlace"]["name"] == "North Harbour"


def test_a_page_is_about_its_place(graph):
    page, place = graph

    assert page["about"] == {"@id": place["@id"]}
    assert (page["@id"], page["name"]) == ("https://example.org/tour/?stop=quay&lang=en", "The Quay")


def test_a_page_is_part_of_the_exhibition(harbours, graph):
    page, _ = graph

    assert page["isPartOf"]["@id"] == exhibition_jsonld(harbours)["@id"]
    assert "CreativeWork" in page["isPartOf"]["@type"]


def test_an_image_names_its_credit_and_licence(harbours, graph):
    image = graph[0]["image"][0]
    largest = harbours.images("quay.png")[-1]

    assert (image["contentUrl"], image["width"], image["height"]) == tuple(largest.values())
    assert (image["creditText"], image["license"]) == (
        "Drawn by nobody",
        "https://creativecommons.org/licenses/by/4.0/",
    )


def test_a_page_cites_what_its_story_rests_on(harbours, graph):
    ids = stop_sources(harbours.exhibition.stop("quay"))

    assert [source["url"] for source in graph[0]["citation"]] == [source.address for source in harbours.sources(ids)]


def test_coordinates_that_may_be_off_say_by_how_many_metres(folders, graph):
    data, media = folders
    sample_exhibition.replace_once(
        data, sample_exhibition.QUAY, "longitude = 10.5", "longitude = 10.5\nuncertainty = 120"
    )

    _, place = quay_graph(ExportContext(load_valid(data, media), media, BASE))
    uncertain = place["additionalProperty"]

    assert (uncertain["value"], uncertain["unitCode"]) == (120, "MTR")
    assert "additionalProperty" not in graph[1]


def test_the_exhibition_lists_its_stops_in_order(exhibition):
    parts = exhibition_jsonld(ExportContext(exhibition, MEDIA, BASE))["hasPart"]

    assert [part["name"] for part in parts if part["@type"] == "WebPage"] == [stop.title for stop in exhibition.stops]


def test_page_and_exhibition_hold_the_dated_sourced_status(harbours, graph):
    for notice in (graph[0]["hasPart"], exhibition_jsonld(harbours)["hasPart"][0]):
        assert (notice["text"], notice["temporalCoverage"]) == (SENTENCE, "2001-02-03/..")
        assert notice["citation"][0]["url"] == "https://example.org/ledger"


def test_another_language_has_pages_of_its_own_in_the_same_exhibition(folders):
    sample_exhibition.translate(folders[0])

    page, _ = quay_graph(ExportContext(load_valid(*folders, "de"), folders[1], BASE))

    assert (page["@id"], page["inLanguage"]) == ("https://example.org/tour/?stop=quay&lang=de", "de")
    assert page["isPartOf"]["@id"] == BASE
