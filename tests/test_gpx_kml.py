"""GPX and KML lead to every stop, as GDAL reads them."""

import pyogrio
import pytest
from fastkml.validator import validate
from lxml import etree

from tests import sample_exhibition
from tests.conftest import PROJECT_ROOT, load_valid
from tests.gdal import read_features
from tour.maps.viewport import current_place
from tour.maps.walking import is_walkable
from tour.model.navigation import numbered
from tour.open_data.context import ExportContext
from tour.open_data.gpx_kml import gpx, kml

BASE = "https://example.org/tour/"
MEDIA = PROJECT_ROOT / "media"


@pytest.fixture
def harbours(folders):
    return load_valid(*folders)


@pytest.fixture
def published(exhibition):
    return ExportContext(exhibition, MEDIA, BASE)


@pytest.fixture
def gpx_file(published, tmp_path):
    path = tmp_path / "tour.gpx"
    path.write_text(gpx(published), "utf-8")
    return path


@pytest.fixture
def kml_file(published, tmp_path):
    path = tmp_path / "tour.kml"
    path.write_text(kml(published), "utf-8")
    return path


def names(exhibition, city):
    return [f"{number}. {stop.title}" for number, stop in numbered(exhibition, city)]


def points(exhibition, city):
    """Longitude and latitude of each stop, in order, as near as a track must come."""
    places = [current_place(stop) for _, stop in numbered(exhibition, city)]
    return [pytest.approx((place.longitude, place.latitude), abs=1e-6) for place in places]


def test_coventry_is_a_walk_and_volgograd_is_not(exhibition):
    assert [is_walkable(exhibition, city) for city in exhibition.cities] == [True, False]


def test_one_stop_is_no_walk(harbours):
    assert [is_walkable(harbours, city) for city in harbours.cities] == [True, False]


def test_stops_that_lie_too_far_apart_are_no_walk(folders):
    data, media = folders
    sample_exhibition.replace_once(data, sample_exhibition.QUAY, "latitude = 60.5", "latitude = 60.7")
    harbours = load_valid(data, media)

    assert not is_walkable(harbours, harbours.cities[0])


def test_the_route_leads_from_stop_to_stop_in_walking_order(exhibition, gpx_file):
    rows = read_features(gpx_file, "route_points")

    assert [row["name"] for row in rows] == names(exhibition, "coventry")
    assert [row["points"][0] for row in rows] == points(exhibition, "coventry")


def test_there_is_one_route(gpx_file):
    assert [row["name"] for row in read_features(gpx_file, "routes")] == ["Coventry"]


def test_a_city_too_wide_for_a_walk_is_a_set_of_waypoints(exhibition, gpx_file):
    rows = read_features(gpx_file, "waypoints")

    assert [row["name"] for row in rows] == names(exhibition, "volgograd")
    assert [row["points"][0] for row in rows] == points(exhibition, "volgograd")


def test_a_waypoint_has_the_words_and_the_page_of_its_stop(exhibition, gpx_file):
    mill = next(row for row in read_features(gpx_file, "waypoints") if row["name"] == "16. Gerhardt’s Mill")

    assert mill["desc"] == exhibition.stop("gerhardts-mill").lede
    assert mill["link1_href"] == "https://example.org/tour/?stop=gerhardts-mill&lang=en"


def test_gpx_and_kml_say_how_uncertain_a_place_is(published):
    note = "Coventry Street, somewhere here: 48.7110° N, 44.5270° E, within about 500 m"

    assert note in gpx(published)
    assert note in kml(published)


def test_the_gpx_carries_status_and_licence(exhibition, gpx_file):
    metadata = pyogrio.read_info(gpx_file, layer="waypoints")["dataset_metadata"]

    assert metadata["DESCRIPTION"].startswith(exhibition.status.sentence)
    assert metadata["COPYRIGHT_LICENSE"] == "https://creativecommons.org/licenses/by/4.0/"


def test_the_kml_has_a_folder_for_each_city(exhibition, kml_file):
    assert [name for name, _ in pyogrio.list_layers(kml_file)] == [city.name for city in exhibition.cities]


@pytest.mark.parametrize(("folder", "city"), [("Coventry", "coventry"), ("Volgograd", "volgograd")])
def test_a_folder_has_its_stops_in_order(exhibition, kml_file, folder, city):
    stops = [row for row in read_features(kml_file, folder) if len(row["points"]) == 1]

    assert [row["Name"] for row in stops] == names(exhibition, city)
    assert [row["points"][0] for row in stops] == points(exhibition, city)


def test_a_line_joins_the_stops_of_a_walk(exhibition, kml_file):
    lines = [row for row in read_features(kml_file, "Coventry") if len(row["points"]) > 1]

    assert [line["points"] for line in lines] == [points(exhibition, "coventry")]


def test_the_kml_carries_the_status(harbours, folders):
    context = ExportContext(harbours, folders[1], BASE)

    assert "<description>The friendship rests. (2001-02-03, https://example.org/ledger)\n" in kml(context)


def test_the_kml_keeps_to_the_schema_of_its_standard(kml_file):
    assert validate(file_to_validate=kml_file) is True


@pytest.mark.parametrize("write", [gpx, kml])
def test_a_title_with_signs_of_markup_stays_a_title(folders, write):
    sample_exhibition.replace_once(folders[0], "exhibition.toml", '"Two Harbours"', r'"A \"Quay\" & <Light>"')

    context = ExportContext(load_valid(*folders), folders[1], BASE)

    assert 'A "Quay" & <Light>' in etree.fromstring(write(context).encode()).xpath("//text()")
