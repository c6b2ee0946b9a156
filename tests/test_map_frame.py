"""The page in the map's frame: guarded at every spelling of its URL, and messages from other sites are dropped."""

import re
import threading
from contextlib import closing
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser import DESKTOP, Visit
from tests.conftest import running_site

FOLDER = "component/streamlit_folium.st_folium"
PAGE = f"{FOLDER}/index.html"
SPELLINGS = (
    *("", "/", "/./index.html", "/%2e/index.html", "//index.html", "/.//./index.html", "/index.html/", "/INDEX.html"),
    *("/static/../index.html", "/static/%2e%2e/index.html", "/static/..%2findex.html", "/../index.html"),
    *("\\index.html", "%2findex.html", "%2f%2e%2findex.html", "/%69ndex.html", "/index.html%00", "/index.html?a=b"),
)
GUARD = "stopImmediatePropagation"
# What the frame would run: markup before it has a map, a script once it has one.
INTRUDER = '<p id="intruder"></p>'
MESSAGE = {
    "type": "streamlit:render",
    "args": {
        "html": INTRUDER,
        "feature_group": f"document.body.insertAdjacentHTML('beforeend', '{INTRUDER}');",
        **dict.fromkeys(("script", "header", "layer_control"), ""),
        **dict.fromkeys(("js_links", "css_links"), ()),
    },
}
POST_TO_EVERY_FRAME = """message => {
  const within = (page) => [...Array(page.length).keys()].flatMap((at) => [page[at], ...within(page[at])]);
  for (const frame of within(window)) frame.postMessage(message, "*");
}"""
RECORD = """addEventListener('message', ({ data }) => {
  window.received ||= !!data.args?.html?.includes('intruder');
}, true)"""
IS_INTRUDED = "new Promise((done) => setTimeout(() => done(!!document.getElementById('intruder'))))"


class EmbeddingSite(BaseHTTPRequestHandler):
    """Another site, which shows the page that its own address names."""

    def do_GET(self) -> None:
        shown = self.path.partition("?")[2]
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f'<!doctype html><iframe src="{shown}" width="1200" height="700"></iframe>'.encode())

    def log_message(self, *values: object) -> None:
        pass


@pytest.fixture(scope="module")
def elsewhere():
    """The address of a site that ours lets show it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), EmbeddingSite) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def embedded(elsewhere):
    """The site below a base path, which that other site may show."""
    with running_site(STREAMLIT_SERVER_BASE_URL_PATH="exhibition", TOUR_FRAME_ANCESTORS=elsewhere) as address:
        yield f"{address}/exhibition"


@pytest.fixture
def page(browser, embedded):
    visit = Visit(browser, embedded, DESKTOP)
    visit.context.add_init_script(RECORD)
    yield visit.page
    visit.context.close()


def fetch(site: str, path: str, **headers: str) -> tuple[int, str]:
    """Status and text of the response at this path, which is requested as it is written."""
    parts = urlsplit(site)
    with closing(HTTPConnection(parts.netloc, timeout=20)) as connection:
        connection.request("GET", f"{parts.path}/{path}", headers=headers)
        response = connection.getresponse()
        return response.status, response.read().decode()


each_site = pytest.mark.parametrize("site_name", ["site", "embedded"])


@each_site
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_at_no_spelling_of_its_url_is_the_page_served_without_its_guard(request, site_name, spelling):
    _, page = fetch(request.getfixturevalue(site_name), FOLDER + spelling)

    assert "map_div" not in page or GUARD in page.partition("</script>")[0]


@each_site
def test_the_guard_comes_before_any_other_script_and_is_not_put_off(request, site_name):
    status, page = fetch(request.getfixturevalue(site_name), PAGE)

    assert status == 200
    assert page.startswith("<!doctype html><script>")
    assert GUARD in page.partition("</script>")[0]


def test_a_cached_page_without_a_guard_is_never_confirmed_as_fresh(site):
    headers = {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT", "If-None-Match": "*"}

    assert fetch(site, PAGE, **headers)[0] == 200


def is_changed_by_a_message(page: Page) -> bool:
    """Whether the map's frame shows what the outermost page posts to all frames."""
    frame = next(frame for frame in page.frames if PAGE in frame.url.partition("?")[0])
    expect(frame.locator("#map_div")).to_be_attached()
    page.evaluate(POST_TO_EVERY_FRAME, MESSAGE)
    frame.wait_for_function("window.received")
    return frame.evaluate(IS_INTRUDED)


def pin(page: Page | FrameLocator, number: int):
    map_frame = page.frame_locator('iframe[title="Map of the stops"]')
    return map_frame.get_by_role("button", name=re.compile(rf"^{number}\. "))


def test_the_map_accepts_messages_of_our_page(page, embedded, exhibition):
    page.goto(f"{embedded}/?stop={exhibition.stops[0].slug}")
    expect(pin(page, 1)).to_be_attached()

    assert is_changed_by_a_message(page)


def test_the_map_drops_messages_of_another_site_that_embeds_it(page, embedded, elsewhere):
    page.goto(f"{elsewhere}/?{embedded}/{PAGE}")

    assert not is_changed_by_a_message(page)


def test_the_map_drops_messages_of_another_site_that_embeds_a_stop_and_works_on(page, embedded, elsewhere, exhibition):
    page.goto(f"{elsewhere}/?{embedded}/?stop={exhibition.stops[0].slug}")
    stop = page.frame_locator("iframe")
    expect(pin(stop, 1)).to_be_attached()

    assert not is_changed_by_a_message(page)
    pin(stop, 2).press("Enter")
    expect(stop.get_by_role("heading", level=1)).to_have_text(exhibition.stops[1].title)


# From when Leaflet is there, which is before any map; also what is added and removed again before it is painted.
RECORD_FLAG = """Object.defineProperty(window, "L", {
  configurable: true,
  set(leaflet) {
    Object.defineProperty(window, "L", { value: leaflet, writable: true });
    new MutationObserver((records) => {
      const nodes = records.flatMap(({ addedNodes, removedNodes }) => [...addedNodes, ...removedNodes]);
      window.hadFlag ||= nodes.some((node) => node.outerHTML?.includes("leaflet-attribution-flag"));
    }).observe(document, { childList: true, subtree: true });
  },
})"""


@pytest.fixture
def map_frame(browser, site, device, exhibition):
    """The map of the first stop, with all its pins, in the frame itself."""
    visit = Visit(browser, site, device)
    visit.context.add_init_script(RECORD_FLAG)
    page = visit.open(f"?stop={exhibition.stops[0].slug}")
    expect(pin(page, 1)).to_be_attached()
    yield next(frame for frame in page.frames if PAGE in frame.url)
    visit.context.close()


def test_the_browser_may_zoom_the_map_and_its_credits_can_be_read_and_pressed(map_frame):
    sizes = map_frame.locator("meta[name=viewport]").evaluate_all("metas => metas.map((meta) => meta.content)")
    credits = map_frame.locator(".leaflet-control-attribution")

    assert set(sizes) == {"width=device-width, initial-scale=1"}
    assert credits.evaluate("credits => credits.offsetHeight") <= 48  # two lines
    assert map_frame.evaluate("window.hadFlag") is False  # which Leaflet's own credit has
    links = credits.get_by_role("link").all()
    assert len(links) > 1
    for link in links:
        # In its own frame: the page doesn't scroll.
        box = link.evaluate("link => link.getBoundingClientRect().toJSON()")
        assert min(box["width"], box["height"]) >= 24
        assert link.evaluate("link => getComputedStyle(link).textDecorationLine") == "underline"
