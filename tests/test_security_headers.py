"""Security headers on every response, and a tour of everything under them."""

import re

import httpx2
import pytest
from playwright.sync_api import expect
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.browser import DESKTOP, LOG_CSP_VIOLATIONS, Visit, map_of
from tests.nginx import running_nginx
from tests.sitemap import OUR_PATHS, STREAMLIT_PATHS
from tour.images import derivatives
from tour.model import Exhibition
from tour.settings import settings
from tour.ui.protocol import MESSAGES
from tour.web.app import middleware, routes
from tour.web.csp import map_policy

SUBRESOURCE_HEADERS = {
    "content-security-policy": re.compile(r"default-src 'none'"),
    "x-content-type-options": re.compile("^nosniff$"),
    "referrer-policy": re.compile("^strict-origin-when-cross-origin$"),
    "cross-origin-resource-policy": re.compile("^(same|cross)-origin$"),
    "cross-origin-opener-policy": re.compile("^same-origin$"),
    "x-frame-options": re.compile("^SAMEORIGIN$"),
    "permissions-policy": re.compile(r"geolocation=\(\).*camera=\(\)"),
}
ALWAYS = {**SUBRESOURCE_HEADERS, "permissions-policy": re.compile(r"geolocation=\(self\).*camera=\(\)")}
# What a grader of pages looks for in a policy.
LOCKED = ("object-src 'none'", "base-uri 'self'", "form-action 'self'", "frame-ancestors 'self'")
LOOSE = re.compile(r"unsafe-|https?:|(?<=src) \*|script-src[^;]* data:")
# Scripts, style sheets, typefaces: no browser shows them as a page.
SUBRESOURCES = ("/files/page.js", "/files/base.css", "/leaflet/leaflet.js", "/files/fonts/sans.woff2")
TILES = re.compile("tile.openstreetmap.org")
REQUESTED_BY_VISITOR = re.compile(r"^https://(tile\.openstreetmap\.org|leafletjs\.com)/")
# What a browser may connect to without a request that anybody could count.
HINTS = "link[rel~=preconnect], link[rel~=dns-prefetch], link[rel~=prerender]"


def has_every_header(response, headers=ALWAYS) -> None:
    for name, value in headers.items():
        assert value.search(response.headers.get(name, "")), f"{response.url}: {name}"


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=routes(), middleware=middleware(MESSAGES)), base_url="https://example.org")


@pytest.fixture
def walker(browser, site, device):
    visit = Visit(browser, site, device)
    visit.context.add_init_script(LOG_CSP_VIOLATIONS)
    visit.page.route(TILES, lambda route: route.fulfill(status=204))
    yield visit
    visit.context.close()


@pytest.fixture(scope="module")
def behind_nginx(site, tmp_path_factory):
    """The same site through the proxy that we ship, over https with a certificate that nobody signed."""
    with running_nginx(tmp_path_factory.mktemp("nginx"), [int(site.rpartition(":")[2])]) as nginx:
        yield nginx.secure


def walk_through(visit: Visit, exhibition: Exhibition) -> None:
    """From the entry past every stop."""
    page = visit.open(f"?lang={exhibition.language}")
    page.locator(".st-key-tour-start button").click()
    for stop in exhibition.stops[:-1]:
        visit.at(stop)
        page.locator(".st-key-tour-next button").click()
    visit.at(exhibition.stops[-1])


def refused(visit: Visit) -> list[str]:
    """What was refused or went wrong, in the page and its frames, and requests to other hosts that no visitor made."""
    requests = [address for address in visit.foreign_requests if not REQUESTED_BY_VISITOR.search(address)]
    hints = visit.page.locator(HINTS).evaluate_all("hints => hints.map((each) => each.href)")
    return visit.errors + requests + hints


@pytest.mark.parametrize("address", OUR_PATHS)
def test_every_answer_of_ours_has_every_header_and_a_strict_policy(client, address):
    response = client.get(address)

    has_every_header(response)
    policy = response.headers["content-security-policy"]
    assert not LOOSE.search(policy)
    assert all(each in policy for each in LOCKED)


@pytest.mark.parametrize("address", SUBRESOURCES)
@pytest.mark.parametrize("coding", ["br", "identity"])
def test_a_subresource_may_do_nothing_by_itself(client, address, coding):
    response = client.get(address, headers={"Accept-Encoding": coding})

    has_every_header(response, SUBRESOURCE_HEADERS)
    assert response.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'self'"


@pytest.mark.parametrize("address", STREAMLIT_PATHS)
def test_every_answer_of_streamlit_has_them_too(site, address):
    response = httpx2.get(site + address)

    has_every_header(response)
    assert not LOOSE.search(response.headers["content-security-policy"])


@pytest.mark.parametrize("address", [*OUR_PATHS, "/_stcore/health", "/component/streamlit_folium.st_folium/index.html"])
def test_behind_nginx_every_answer_has_each_of_them_once(behind_nginx, address):
    response = httpx2.get(behind_nginx + address, timeout=60, verify=False)

    has_every_header(response)
    assert {len(response.headers.get_list(name)) for name in ALWAYS} == {1}


def test_a_304_has_them_too(client):
    tag = client.get("/text").headers["etag"]

    response = client.get("/text", headers={"If-None-Match": tag})

    assert response.status_code == 304
    has_every_header(response)


def test_a_site_without_valid_content_has_them_too(client, tmp_path, monkeypatch):
    monkeypatch.setenv("TOUR_DATA", str(tmp_path))

    for address, status in (("/", 503), ("/sitemap.xml", 503), ("/component/none", 404)):
        response = client.get(address)
        assert response.status_code == status
        has_every_header(response)


def test_an_internal_error_is_a_friendly_message_with_every_header_and_no_trace():
    def fail(request):
        raise RuntimeError("a secret")

    app = Starlette(routes=[Route("/", fail)], middleware=middleware(MESSAGES))
    response = TestClient(app, raise_server_exceptions=False).get("/")

    assert response.status_code == 500
    assert response.text.startswith("Something went wrong here.")
    has_every_header(response)


def test_only_the_frame_of_the_map_may_evaluate_and_ask_the_tile_server(site):
    frame = httpx2.get(f"{site}/component/streamlit_folium.st_folium/index.html")

    assert frame.status_code == 200
    has_every_header(frame)
    policy = frame.headers["content-security-policy"]
    assert "'unsafe-eval'" in policy
    assert "img-src 'self' data: https://tile.openstreetmap.org;" in policy
    assert "sandbox allow-scripts" in policy
    assert "unsafe-" not in httpx2.get(f"{site}/a/component/b").headers["content-security-policy"]


def test_an_exhibition_without_tiles_allows_no_tile_server():
    assert "img-src 'self' data:;" in map_policy(None)


def test_hsts_is_sent_over_tls_alone(client, monkeypatch):
    plain = TestClient(client.app, base_url="http://example.org")

    assert client.get("/robots.txt").headers["strict-transport-security"] == "max-age=31536000"
    assert "strict-transport-security" not in plain.get("/robots.txt").headers
    monkeypatch.setenv("TOUR_BASE_URL", "https://example.org/")
    assert "strict-transport-security" in plain.get("/robots.txt").headers


def test_sites_that_may_embed_this_one_are_named(client, monkeypatch):
    monkeypatch.setenv("TOUR_FRAME_ANCESTORS", "https://museum.example https://school.example")

    headers = client.get("/robots.txt").headers

    assert "frame-ancestors 'self' https://museum.example https://school.example" in headers["content-security-policy"]
    assert "x-frame-options" not in headers


def test_a_name_that_would_add_a_directive_embeds_nobody(client, monkeypatch):
    monkeypatch.setenv("TOUR_FRAME_ANCESTORS", "https://a.example;script-src *")

    headers = client.get("/robots.txt").headers

    assert "a.example" not in headers["content-security-policy"]
    assert headers["x-frame-options"] == "SAMEORIGIN"


def test_others_may_show_pictures_and_read_open_data_and_nothing_else(client, exhibition):
    image = derivatives.master(settings().media / exhibition.stops[0].figures[0].image).of_kind("jpg")[0].name

    policies = {
        address: client.get(address).headers["cross-origin-resource-policy"]
        for address in (f"/images/{image}", "/plans/broadgate.svg", "/tour.json", "/", "/text")
    }

    assert list(policies.values()) == ["cross-origin"] * 3 + ["same-origin"] * 2
    assert client.get("/tour.json").headers["access-control-allow-origin"] == "*"


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_walk_through_everything_meets_no_refusal(walker, exhibitions, language):
    exhibition = exhibitions[language]
    walk_through(walker, exhibition)
    page = walker.page
    page.locator("#root .tour-enlarge").first.click()
    page.get_by_role("dialog").locator("[data-action=in]").click()
    page.keyboard.press("Escape")
    page.go_back()
    walker.at(exhibition.stops[-2])

    assert refused(walker) == []


@pytest.mark.slow
def test_a_walk_behind_nginx_meets_no_refusal(browser, behind_nginx, exhibition):
    visit = Visit(browser, behind_nginx, DESKTOP | {"ignore_https_errors": True})
    visit.context.add_init_script(LOG_CSP_VIOLATIONS)

    walk_through(visit, exhibition)

    assert refused(visit) == []
    visit.context.close()


def test_the_map_with_its_streets_meets_no_refusal(walker, exhibition):
    page = walker.open("?stop=gerhardts-mill")
    walker.at(exhibition.stop("gerhardts-mill"))

    map_of(page).get_by_role("button", name="Zoom in").click()
    map_of(page).get_by_role("button", name="Whole thread").click()
    with page.expect_response(TILES):
        map_of(page).get_by_role("checkbox", name="Streets").check()
    walker.context.route("https://leafletjs.com/**", lambda route: route.fulfill(body="Leaflet"))
    with walker.context.expect_page() as opened:
        map_of(page).get_by_role("link", name="Leaflet", exact=True).click()

    expect(opened.value.get_by_text("Leaflet")).to_be_visible()
    assert refused(walker) == []


def test_all_that_a_visitor_moves_and_asks_for_meets_no_refusal(walker, exhibition):
    page = walker.open("?stop=panorama-museum")
    page.get_by_role("button", name="Look on").click()
    page.get_by_role("link", name="Русский", exact=True).click()
    expect(page.get_by_role("button", name="Дальше")).to_be_visible()
    page.emulate_media(media="print")
    page = walker.open("?stop=broadgate")
    page.get_by_role("slider").press("ArrowLeft")
    page = walker.open("?view=find")
    page.get_by_role("searchbox").fill("cloth")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("words=cloth"))

    assert refused(walker) == []


@pytest.mark.parametrize("address", ["?stop=broadgate", "text", "print", "evidence", "plans/broadgate.svg"])
def test_pages_and_drawings_without_the_app_meet_no_refusal(walker, address):
    walker.page.route("**/static/js/**", lambda route: route.fulfill(content_type="text/javascript"))

    walker.page.goto(f"{walker.site}/{address}")

    walker.page.evaluate("new Promise((done) => requestIdleCallback(done))")
    assert refused(walker) == []


def test_the_pins_of_a_page_without_the_app_lie_where_they_belong(walker):
    walker.page.route("**/static/js/**", lambda route: route.fulfill(content_type="text/javascript"))

    walker.page.goto(f"{walker.site}/?stop=broadgate")

    pins = walker.page.locator(".tour-static-map .tour-pin").evaluate_all(
        "pins => pins.map((pin) => getComputedStyle(pin).getPropertyValue('--x'))"
    )
    assert all(pins)
    assert len(set(pins)) > 3
