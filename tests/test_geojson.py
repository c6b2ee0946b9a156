"""A drawn map that can't be drawn is reported to the curator and not published."""

import json

import pytest

from tests.conftest import load_valid
from tour.content.problems import ContentError, report

FILE = "maps/north.geojson"


def feature(geometry: object = None, **properties: object) -> dict:
    sound = {"type": "LineString", "coordinates": [[10.5, 60.5], [10.6, 60.5]]}
    return {"type": "Feature", "geometry": geometry or sound, "properties": {"kind": "street", **properties}}


def problems(folders, written: str) -> str:
    (folders[0] / "maps").mkdir()
    (folders[0] / FILE).write_text(written, "utf-8")
    try:
        load_valid(*folders)
    except ContentError as error:
        return report(error.problems)
    return ""


def collection(*features: object, **more: object) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more})


def test_a_valid_map_has_no_problems(folders):
    assert problems(folders, collection(feature(), credit="[The Survey](https://example.org)")) == ""


@pytest.mark.parametrize("name", [".#north.geojson", "._north.geojson"])
def test_a_hidden_file_is_not_a_map(folders, name):
    (folders[0] / "maps").mkdir()
    (folders[0] / "maps" / name).symlink_to("user@machine.1234")

    assert load_valid(*folders).maps == {}


FAULTS = [
    ("half a file", '{"features": [', 'line 1 can\'t be read: {"features": ['),
    ("another JSON", "[]", "features is missing."),
    ("a number as credit", collection(credit=7), "credit is no text that a page can show."),
    ("an unknown shape", collection(feature({"type": "Star"})), "features[1].geometry.type is Star."),
    (
        "a point for a line",
        collection(feature(), feature({"type": "LineString", "coordinates": [10.5, 60.5]})),
        "features[2].geometry.coordinates hold what is not a point.",
    ),
    (
        "latitude first",
        collection(feature({"type": "Point", "coordinates": [60.5, 105.0]}, name="Here")),
        "features[1].geometry.coordinates hold what is not a point.",
    ),
    (
        "nested too deep",
        f'{{"features": [{"[" * 99_999}{"]" * 99_999}]}}',
        "can't be read.",
    ),
    (
        "no kind",
        collection({"geometry": feature()["geometry"], "properties": {}}),
        "features[1].properties.kind is missing, or no word.",
    ),
    (
        "no name",
        collection(feature({"type": "Point", "coordinates": [10, 60]})),
        "features[1].properties.name is missing.",
    ),
    ("a zoom in words", collection(feature(from_zoom="far")), "features[1].properties.from_zoom is not a number."),
]


@pytest.mark.parametrize(("written", "fault"), [each[1:] for each in FAULTS], ids=[each[0] for each in FAULTS])
def test_a_map_that_cannot_be_drawn_is_reported(folders, written, fault):
    assert f"{FILE}: {fault}" in problems(folders, written)


def test_a_map_with_errors_throughout_is_reported_in_a_few_lines(folders):
    assert problems(folders, collection(*[{}] * 999)).endswith("3 problems in the content.")
