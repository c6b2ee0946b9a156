"""Addresses at which there is nothing: not found, in our own words, and never Streamlit's page."""

import httpx2
import pytest
from lxml import html
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.browser import PHONE, Visit
from tour.paths import STREAMLIT_STATIC_DIR, sans_font_path
from tour.web.app import routes

NOWHERE = (
    *("nowhere", ".git/config", ".env", "data/exhibition.toml", "wp-admin/setup.php", "a/b/c", "a//b", "favicon.ico"),
    *("index.html", "static", "static/none.js", "static/js", "static%2findex.html", "STATIC/index.html", "app/x"),
    *("_stcore", "_stcore/none", "_stcore/stream", "_stcore/script-health-check", "_stcore/agent/interact"),
    *("openapi.json", "docs", "redoc", "_stcore/agent/openapi.json", "_stcore/agent/mcp", "oauth2callback"),
    *("_stcore/allowed-message-origins", "_stcore/message", "st-metrics", "healthz"),
    *("media", "text/none", "iiif/none", "maps/none.svg", ".well-known/none", "auth/login", "x/_stcore/health"),
)
# Beneath addresses of Streamlit's that it answers for itself, or that we do.
PARTS = (
    *("media/none", "media/", "component/none", "component/none/index.html", "_stcore/bidi-components/none/x.js"),
    *("_stcore/upload_file/a/b", "files/none.js", "leaflet/none.js", "images/none", "tour.xx.json"),
)
FOUND = (
    *("_stcore/health", "_stcore/host-config", "_stcore/metrics", "manifest.json", "favicon.png", sans_font_path()),
    "component/streamlit_folium.st_folium/index.html",
)


@pytest.fixture(scope="module")
def asking(site):
    with httpx2.Client(base_url=site, timeout=60) as asking:
        yield asking


@pytest.mark.parametrize("address", NOWHERE)
def test_what_is_nowhere_gets_our_own_not_found_page(asking, address):
    response = asking.get(f"/{address}", headers={"Accept-Language": "ru"})

    assert response.status_code == 404
    assert html.fromstring(response.text).findtext(".//h1") == "Такой страницы нет"


@pytest.mark.parametrize("address", ["nowhere", ".git/config", "a/b/c", "static/none.js"])
def test_below_a_base_path_too(address):
    response = TestClient(Starlette(routes=routes("exhibition"))).get(f"/exhibition/{address}")

    page = html.fromstring(response.text)
    assert response.status_code == 404
    assert page.xpath("//base/@href") == ["/exhibition/"]
    assert page.xpath("//main//a/@href")[0] == "/exhibition/?lang=en"


@pytest.mark.parametrize("address", PARTS)
def test_what_is_nowhere_beneath_other_addresses_is_not_found_either(asking, address):
    assert asking.get(f"/{address}").status_code == 404


@pytest.mark.parametrize("address", FOUND)
def test_what_streamlit_has_is_still_found(asking, address):
    assert asking.get(f"/{address}").status_code == 200


def test_every_file_of_streamlits_is_still_found(asking):
    files = {path.relative_to(STREAMLIT_STATIC_DIR).as_posix() for path in STREAMLIT_STATIC_DIR.rglob("*.*")}

    reachable = {each for each in files if asking.head(f"/{each}").status_code == 200}

    assert files - reachable == {"index.html"}


def test_an_address_with_a_slash_too_many_leads_to_the_page_without_it(asking):
    response = asking.get("/text/", follow_redirects=True)

    assert (response.status_code, response.url.path) == (200, "/text")


@pytest.mark.parametrize("address", ["nowhere", "a/b/c.php"])
def test_the_page_of_what_is_nowhere_looks_like_ours_at_any_depth(browser, site, address):
    visit = Visit(browser, site, PHONE)
    statuses = []
    visit.page.on("response", lambda response: statuses.append(response.status))

    visit.page.goto(f"{site}/{address}")

    title = visit.page.get_by_role("heading", level=1)
    assert title.evaluate("title => getComputedStyle(title).fontFamily").startswith('"Tour Serif"')
    assert title.bounding_box()["x"] >= 16
    assert statuses[0] == 404
    assert {*statuses[1:]} == {200}
    visit.context.close()
