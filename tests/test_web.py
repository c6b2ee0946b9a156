"""Addresses beside Streamlit's own."""

import re
import subprocess
import sys

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tour import derivatives
from tour.checks import published
from tour.picture_routes import FOR_A_YEAR
from tour.web import routes


@pytest.fixture
def client(folders, monkeypatch):
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))
    monkeypatch.setenv("TOUR_MEDIA", str(folders[1]))
    return TestClient(Starlette(routes=routes()))


@pytest.fixture
def name(folders):
    return derivatives.needed(published(*folders), folders[1])[0].name


def test_a_derivative_is_made_when_it_is_asked_for(client, folders, name):
    answer = client.get(f"/images/{name}")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/avif")
    assert (folders[1] / derivatives.FOLDER / name).read_bytes() == answer.content


def test_a_derivative_may_be_kept_for_a_year(client, name):
    assert client.get(f"/images/{name}").headers["cache-control"] == FOR_A_YEAR


@pytest.mark.parametrize("odd", ["quay.png", "..%2Fquay.png", "%2e%2e/data", "quay-000000000000-480.avif", "%00"])
def test_nothing_but_derivatives_is_served_as_a_picture(client, odd):
    assert client.get(f"/images/{odd}").status_code == 404


@pytest.mark.parametrize("odd", ["north.geojson", "..%2Fexhibition.toml", "exhibition.toml", "%2e%2e"])
def test_only_maps_are_served_as_maps(client, odd):
    assert client.get(f"/maps/{odd}").status_code == 404


def test_a_map_is_served_as_geojson(client, folders):
    (folders[0] / "maps").mkdir()
    (folders[0] / "maps/north.geojson").write_text("{}", "utf-8")

    answer = client.get("/maps/north.geojson")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/geo+json")


def test_leaflet_is_served_by_us(client):
    assert re.search("Leaflet 1.9", client.get("/leaflet/leaflet.js").text)


def test_the_server_does_not_import_the_map_component_before_it_can_register():
    check = "import streamlit_app, sys; sys.exit('streamlit_folium' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
