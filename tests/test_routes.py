"""Addresses beside Streamlit's own."""

import io
import json
import re
import subprocess
import sys

import pytest
from lxml import html
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.conftest import load_valid
from tests.sample_exhibition import replace_once
from tests.sitemap import page_urls, url_language
from tour import typography
from tour.content_store import store
from tour.images import derivatives
from tour.web import image_routes
from tour.web.app import routes
from tour.web.image_routes import IMMUTABLE

LONG = "quay" * 80 + "-000000000000-480.avif"


@pytest.fixture
def name(folders):
    return derivatives.needed(load_valid(*folders), folders[1])[0].name


def test_a_derivative_is_generated_on_request(client, folders, name):
    response = client.get(f"/images/{name}")

    assert (response.status_code, response.headers["content-type"]) == (200, "image/avif")
    assert (folders[1] / derivatives.FOLDER / name).read_bytes() == response.content


def test_a_derivative_may_be_kept_for_a_year(client, name):
    assert client.get(f"/images/{name}").headers["cache-control"] == IMMUTABLE


def test_a_derivative_that_a_browser_has_is_not_sent_again(client, name):
    tag = client.get(f"/images/{name}").headers["etag"]

    again = client.get(f"/images/{name}", headers={"If-None-Match": tag})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("odd", ["quay.png", "..%2Fquay.png", "%2e%2e/data", "quay-000000000000-480.avif", "%00", LONG])
def test_nothing_but_derivatives_is_served_as_a_picture(client, odd):
    assert client.get(f"/images/{odd}").status_code == 404


def test_a_picture_that_is_removed_while_the_site_runs_is_not_found(client, folders, name):
    client.get(f"/images/{name}")
    (folders[1] / derivatives.FOLDER / name).unlink()
    (folders[1] / "quay.png").unlink()

    assert client.get(f"/images/{name}").status_code == 404


def test_an_icon_that_is_removed_while_the_site_runs_is_not_found(client, tmp_path, monkeypatch):
    monkeypatch.setattr(image_routes, "STATIC_DIR", tmp_path)

    assert client.get("/favicon.png").status_code == 404


@pytest.mark.parametrize(
    "address", ["/", "/text", "/tour.json", "/sitemap.xml", "/articles/quay.html", "/plans/quay.svg", "/robots.txt"]
)
def test_a_304_of_text_varies_by_encoding(client, address):
    tag = client.get(address).headers["etag"]

    response = client.get(address, headers={"If-None-Match": tag})

    assert (response.status_code, response.headers["vary"].split(", ")[0]) == (304, "Accept-Encoding")


@pytest.mark.parametrize("odd", ["north.geojson", "..%2Fexhibition.toml", "exhibition.toml", "%2e%2e"])
def test_only_maps_are_served_as_maps(client, odd):
    assert client.get(f"/maps/{odd}").status_code == 404


def test_a_map_is_served_as_geojson(client, folders):
    (folders[0] / "maps").mkdir()
    written = {"credit": "<i>[The Survey](https://example.org/a)", "features": []}
    (folders[0] / "maps/north.geojson").write_text(json.dumps(written), "utf-8")

    response = client.get("/maps/north.geojson")

    assert (response.status_code, response.headers["content-type"]) == (200, "application/geo+json")
    assert response.json()["credit"] == '&lt;i&gt;<a href="https://example.org/a">The Survey</a>'


def meta_content(page, name: str) -> str:
    (value,) = page.xpath(f"//meta[@name='{name}' or @property='{name}']/@content")
    return value


def test_the_sitemap_names_every_stop_and_view(published_site, exhibition):
    named = page_urls(published_site)

    assert len(named) == len(set(named)) == 2 * (1 + len(exhibition.stops) + 7)
    assert f"https://example.org/?stop={exhibition.stops[-1].slug}&lang=ru" in named


def test_every_page_of_the_sitemap_has_title_description_and_address_of_its_own(published_site):
    pages = {address: html.fromstring(published_site.get(address).text) for address in page_urls(published_site)}

    assert len({page.findtext(".//title") for page in pages.values()}) == len(pages)
    assert len({meta_content(page, "description") for page in pages.values()}) == len(pages)
    assert [page.xpath("//link[@rel='canonical']/@href") for page in pages.values()] == [[each] for each in pages]


def test_every_page_of_the_sitemap_has_a_card_that_can_be_shared(published_site):
    for address in page_urls(published_site):
        page = html.fromstring(published_site.get(address).text)
        card = published_site.get(meta_content(page, "og:image"))
        with Image.open(io.BytesIO(card.content)) as picture:
            assert (card.status_code, picture.format, picture.size) == (200, "JPEG", (1200, 630))
        assert len(card.content) < 300_000


def test_every_page_of_the_sitemap_has_json_ld(published_site, exhibitions):
    for address in page_urls(published_site):
        page = html.fromstring(published_site.get(address).text)
        (facts,) = page.xpath("//script[@type='application/ld+json']/text()")
        assert json.loads(facts)["@context"] == "https://schema.org"
        assert exhibitions[url_language(address)].status.sentence in facts


def test_every_page_names_its_language_and_shows_its_notice(published_site, exhibitions):
    for address in page_urls(published_site):
        page = html.fromstring(published_site.get(address).text)
        language = url_language(address)
        assert page.get("lang") == language
        if "view=" not in address or "about" in address:
            assert (
                typography.typeset_text(exhibitions[language].status.sentence)
                in page.get_element_by_id("tour-server-page").text_content()
            )


def test_an_unknown_stop_is_not_for_search_engines(client):
    page = html.fromstring(client.get("/?stop=nowhere").text)

    assert meta_content(page, "robots") == "noindex"
    assert page.xpath("//link[@rel='canonical']/@href") == ["http://testserver/?stop=quay&lang=en"]


PAGES = [
    "/",
    "/?stop=crane",
    "/text",
    "/print",
    "/sitemap.xml",
    "/tour.geojson",
    "/iiif/manifest.json",
    "/cite/quay.bib",
]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_that_has_not_changed_is_not_sent_again(client, address):
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert client.get(address, headers={"If-None-Match": '"other"'}).content == first.content


def test_a_page_that_has_changed_is_sent_again(client, folders):
    before = client.get("/?stop=quay").headers["etag"]
    stop = folders[0] / "stops/north/01-quay.md"
    stop.write_text(stop.read_text("utf-8").replace("built in 1899", "built of oak in 1899"), "utf-8")
    store().poll()
    store().poll()

    assert client.get("/?stop=quay", headers={"If-None-Match": before}).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_revalidated_by_its_etag_and_not_by_a_time(client, address):
    ahead = client.get(address, headers={"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"})

    assert ahead.status_code == 200
    assert "last-modified" not in ahead.headers


@pytest.mark.parametrize("address", PAGES)
def test_head_says_what_get_would(client, address):
    head, get = client.head(address), client.get(address)

    assert (head.status_code, head.headers["etag"]) == (200, get.headers["etag"])
    assert head.headers["content-length"] == get.headers["content-length"]


@pytest.mark.parametrize(
    "address", ["/nowhere", "/cite/nowhere.bib", "/cite/quay.txt", "/plans/nowhere.svg", "/cards/x.jpg"]
)
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["", "?lang=en"])
def test_the_not_found_page_links_in_the_same_language(client, query):
    ways = html.fromstring(client.get(f"/nowhere{query}").text).xpath("//main//a/@href")

    assert ways == ["/?lang=en", "/?view=stops&lang=en"]


def test_the_base_url_wins_over_the_requested_host(client, monkeypatch):
    monkeypatch.setenv("TOUR_BASE_URL", "https://exhibition.example/tour")

    assert "<loc>https://exhibition.example/tour/?stop=quay&amp;lang=en</loc>" in client.get("/sitemap.xml").text


def test_a_made_up_host_gets_into_no_page(client):
    assert "<b>" not in client.get("/", headers={"Host": "a/<b>"}).text


def test_under_a_base_path_every_address_begins_with_it(folders, monkeypatch):
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))
    monkeypatch.setenv("TOUR_MEDIA", str(folders[1]))
    client = TestClient(Starlette(routes=routes("exhibition")))

    assert (
        "<loc>http://testserver/exhibition/?stop=quay&amp;lang=en</loc>" in client.get("/exhibition/sitemap.xml").text
    )
    assert client.get("/exhibition/").status_code == 200
    assert client.get("/sitemap.xml").status_code == 404


def test_without_valid_content_a_visitor_reads_that_it_is_being_prepared(client, folders):
    (folders[0] / "exhibition.toml").unlink()
    store().poll()
    store().poll()

    for address in ("/", "/text", "/sitemap.xml", "/tour.json"):
        response = client.get(address)
        assert (response.status_code, "being prepared" in response.text) == (503, True)


def test_leaflet_is_served_by_us(client):
    assert re.search("Leaflet 1.9", client.get("/leaflet/leaflet.js").text)


def test_the_server_does_not_import_the_map_component_before_it_can_be_quiet_about_it():
    check = "import streamlit_app, sys; sys.exit('streamlit_folium' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


@pytest.fixture
def renamed(folders):
    """The quay is called a pier now."""
    (folders[0] / "stops/north/01-quay.md").rename(folders[0] / "stops/north/01-pier.md")
    replace_once(folders[0], "exhibition.toml", "[status]", '[[redirects]]\nold = "quay"\nnew = "pier"\n\n[status]')


@pytest.mark.parametrize(("query", "there"), [("stop=quay", "stop=pier"), ("stop=quay&lang=en", "stop=pier&lang=en")])
def test_an_old_address_of_a_stop_leads_to_the_new_one(renamed, client, query, there):
    response = client.get(f"/?{query}", follow_redirects=False)

    assert (response.status_code, response.headers["location"]) == (308, f"/?{there}")
    assert response.headers["cache-control"] == "no-cache"


def test_an_old_name_of_a_stop_stands_for_it_in_names_of_files(renamed, client):
    assert "The Quay" in client.get("/cite/quay.bib").text
    assert client.get("/plans/quay.svg").status_code == 200
