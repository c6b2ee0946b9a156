"""The manifest is one that IIIF's own library accepts, with a canvas for each stop."""

import json
from copy import deepcopy

import iiif_prezi3
import pytest
from pydantic import ValidationError

from tests import sample_exhibition
from tests.conftest import PROJECT_ROOT, load_valid
from tour.images.derivatives import master
from tour.model.navigation import numbered
from tour.open_data.context import ExportContext
from tour.open_data.iiif import manifest

BASE = "https://example.org/tour/"
MEDIA = PROJECT_ROOT / "media"


@pytest.fixture
def tour(exhibition):
    return manifest(ExportContext(exhibition, MEDIA, BASE))


@pytest.fixture
def quay(folders):
    return quay_canvas(folders)


def quay_canvas(folders, language="en"):
    return manifest(ExportContext(load_valid(*folders, language), folders[1], BASE))["items"][0]


def test_each_stop_has_one_canvas_in_the_order_of_the_tour(exhibition, tour):
    canvases = iiif_prezi3.Manifest(**tour).items

    assert [canvas.id for canvas in canvases] == [f"{BASE}iiif/{stop.slug}/canvas" for stop in exhibition.stops]


def is_valid(tour) -> bool:
    """Whether the library accepts the manifest and repairs nothing: missing items and languages it would fill in.

    Ranges are accepted but not compared: the library writes each canvas that one refers to with empty items.
    """
    try:
        read = json.loads(iiif_prezi3.Manifest(**tour).json())
    except ValidationError:
        return False
    return {**read, "structures": None} == {**tour, "structures": None}


def test_the_library_finds_the_manifest_valid(tour):
    assert is_valid(tour)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("items", [{"id": f"{BASE}page", "type": "AnnotationPage", "items": [{"type": "Annotation"}]}]),
        ("label", "The Quay"),
        ("height", "high"),
        ("id", "no address"),
        ("homepage", [{"type": "Text"}]),
        ("sumary", {"en": ["A place by the water."]}),
    ],
)
def test_the_library_finds_an_invalid_canvas(tour, field, value):
    broken = deepcopy(tour)
    broken["items"][0][field] = value

    assert not is_valid(broken)


def test_the_library_finds_an_invalid_range(tour):
    broken = deepcopy(tour)
    broken["structures"][0]["items"][0]["id"] = "no address"

    assert not is_valid(broken)


def test_a_canvas_has_the_size_of_its_master(exhibition, tour):
    masters = [master(MEDIA / stop.figures[0].image) for stop in exhibition.stops]

    assert [(c["width"], c["height"]) for c in tour["items"]] == [(each.width, each.height) for each in masters]


def test_a_canvas_is_painted_with_the_largest_jpeg(folders, quay):
    largest = ExportContext(load_valid(*folders), folders[1], BASE).images("quay.png")[-1]
    painting = quay["items"][0]["items"][0]

    assert (painting["motivation"], painting["target"]) == ("painting", quay["id"])
    assert painting["body"] == {
        "id": largest["address"],
        "type": "Image",
        "format": "image/jpeg",
        "height": 600,
        "width": 900,
    }


def test_the_status_comes_first_of_what_a_viewer_must_show(exhibition, tour):
    shown = tour["requiredStatement"]["value"]["en"]

    assert shown[0].startswith(exhibition.status.sentence)


def test_a_canvas_credits_its_picture(quay):
    assert quay["requiredStatement"]["value"] == {"en": ["Drawn by nobody"]}


def test_a_licence_goes_by_the_name_that_its_body_gave_it(quay):
    assert quay["rights"] == "http://creativecommons.org/licenses/by/4.0/"


def test_a_licence_that_iiif_does_not_know_is_left_out(folders):
    sample_exhibition.replace_once(
        folders[0],
        sample_exhibition.QUAY,
        "https://creativecommons.org/licenses/by/4.0/",
        "https://example.org/licence",
    )

    assert "rights" not in quay_canvas(folders)


def test_a_canvas_stands_on_the_map_at_all_places_of_its_stop(exhibition, tour):
    for stop, canvas in zip(exhibition.stops, tour["items"], strict=True):
        coordinates = [feature["geometry"]["coordinates"] for feature in canvas["navPlace"]["features"]]
        assert coordinates == [[place.longitude, place.latitude] for place in stop.places]


def test_the_context_of_the_map_comes_before_that_of_the_standard(tour):
    assert tour["@context"] == [
        "http://iiif.io/api/extension/navplace/context.json",
        "http://iiif.io/api/presentation/3/context.json",
    ]


def test_a_range_has_the_canvases_of_its_city(exhibition, tour):
    for city, part in zip(exhibition.cities, tour["structures"], strict=True):
        slugs = [stop.slug for _, stop in numbered(exhibition, city.slug)]
        assert [canvas["id"] for canvas in part["items"]] == [f"{BASE}iiif/{slug}/canvas" for slug in slugs]


def test_a_canvas_leads_to_its_page_in_the_requested_language(folders):
    sample_exhibition.translate(folders[0])

    page = quay_canvas(folders, "de")["homepage"][0]

    assert (page["id"], page["language"]) == ("https://example.org/tour/?stop=quay&lang=de", ["de"])
