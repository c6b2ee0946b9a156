"""Open data say what the exhibition says, where GDAL and JSON can read it."""

import json

import pytest
from PIL import Image

from tests import sample_exhibition
from tests.conftest import PROJECT_ROOT, load_valid
from tests.gdal import read_features
from tour.content.markdown import strip_markdown
from tour.images import convert as pictures
from tour.images.derivative_cache import DerivativeCache
from tour.images.derivatives import master, needed
from tour.open_data.context import ExportContext
from tour.open_data.geojson import geojson, tour_json
from tour.urls import absolute_url

BASE = "https://example.org/tour/"
MEDIA = PROJECT_ROOT / "media"


@pytest.fixture
def harbours(folders):
    return ExportContext(load_valid(*folders), folders[1], BASE)


@pytest.fixture
def published(exhibition):
    return ExportContext(exhibition, MEDIA, BASE)


@pytest.fixture
def rows(published, tmp_path):
    path = tmp_path / "tour.geojson"
    path.write_text(json.dumps(geojson(published), ensure_ascii=False), "utf-8")
    return read_features(path)


@pytest.fixture
def whole_tour(published):
    return tour_json(published)


def test_gdal_finds_every_place_of_every_stop_in_the_order_of_the_tour(exhibition, rows):
    expected = [
        (number, stop.title, place.label) for number, stop in enumerate(exhibition.stops, 1) for place in stop.places
    ]

    assert [(row["number"], row["title"], row["place"]) for row in rows] == expected


def test_gdal_finds_every_place_where_it_is(exhibition, rows):
    places = [place for stop in exhibition.stops for place in stop.places]

    for row, place in zip(rows, places, strict=True):
        assert row["points"] == [pytest.approx((place.longitude, place.latitude), abs=1e-6)]


def test_a_second_place_has_an_id_of_its_own(published):
    ids = [feature["id"] for feature in geojson(published)["features"]]

    assert {"volgograd-memorial", "volgograd-memorial-2"} < set(ids)
    assert len(ids) == len(set(ids))


def test_a_place_has_what_is_known_of_it_and_no_more(folders):
    data, media = folders
    sample_exhibition.replace_once(
        data, sample_exhibition.QUAY, "longitude = 10.5", "longitude = 10.5\nuncertainty = 120\nuntil = 1950"
    )

    uncertain, certain, _ = geojson(ExportContext(load_valid(data, media), media, BASE))["features"]

    assert (uncertain["properties"]["uncertainty_m"], uncertain["properties"]["until"]) == (120, 1950)
    assert not {"uncertainty_m", "since", "until"} & certain["properties"].keys()


def test_a_feature_leads_to_its_page_and_to_its_sources(harbours):
    quay = geojson(harbours)["features"][0]["properties"]

    assert quay["address"] == "https://example.org/tour/?stop=quay&lang=en"
    assert quay["sources"] == ["https://example.org/ledger"]


def test_the_geojson_carries_the_status(harbours):
    assert geojson(harbours)["status"] == "The friendship rests. (2001-02-03, https://example.org/ledger)"


def test_the_whole_tour_is_the_same_after_a_journey_as_json(whole_tour):
    assert json.loads(json.dumps(whole_tour)) == whole_tour


def test_the_whole_tour_has_every_story(exhibition, whole_tour):
    expected = [(number, stop.slug, stop.narrative) for number, stop in enumerate(exhibition.stops, 1)]

    assert [(stop["number"], stop["slug"], stop["narrative"]) for stop in whole_tour["stops"]] == expected


def test_the_whole_tour_explains_the_marks_in_its_texts(exhibitions):
    russian = tour_json(ExportContext(exhibitions["ru"], MEDIA, BASE))

    for mark in ("[^", "{en:"):
        assert any(mark in stop["narrative"] for stop in russian["stops"])
        assert mark in russian["notes"]


def test_the_whole_tour_names_the_images_that_the_site_serves(exhibition, whole_tour):
    served = {absolute_url(BASE, f"images/{each.name}") for each in needed(exhibition, MEDIA) if each.suffix == "jpg"}

    assert {image["address"] for image in _under("images", whole_tour)} == served


def test_the_whole_tour_has_a_table_of_all_the_sources_it_cites(whole_tour):
    cited = {id for stop in whole_tour["stops"] for id in _under("sources", stop)}

    assert cited and cited <= whole_tour["sources"].keys()


def test_the_whole_tour_carries_the_status(harbours):
    status = tour_json(harbours)["status"]

    assert (status["sentence"], status["decided"]) == ("The friendship rests.", "2001-02-03")
    assert status["sources"] == [{"id": "ledger", "address": "https://example.org/ledger", "title": "The ledger"}]


def test_an_image_is_as_large_as_it_says(harbours):
    media = harbours.media_dir
    Image.new("RGB", (1001, 667)).save(media / "odd.png")
    paths = [DerivativeCache(media).get_or_create_file(each) for each in master(media / "odd.png").of_kind("jpg")]

    sizes = [(image["width"], image["height"]) for image in harbours.images("odd.png")]

    assert sizes == [pictures.verify(path) for path in paths]


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("In *1942*.[^diary] And\nthen", "In 1942. And then"),
        ("One\n\n> “Two”\n\nThree", "One\n\n“Two”\n\nThree"),
        ("Rope & <b>sail</b>", "Rope & <b>sail</b>"),
        ("12\u00a0men", "12\u00a0men"),
        ("", ""),
    ],
)
def test_only_words_are_left_of_markdown(markdown, words):
    assert strip_markdown(markdown) == words


def _under(name: str, value) -> list:
    """All that stands in the lists of that name, however deep."""
    if isinstance(value, list):
        return [item for each in value for item in _under(name, each)]
    if not isinstance(value, dict):
        return []
    own = value[name] if isinstance(value.get(name), list) else []
    return [*own, *(item for each in value.values() for item in _under(name, each))]
