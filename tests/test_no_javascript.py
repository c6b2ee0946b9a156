"""The exhibition for a browser that runs no script, before the app is ready, on paper, and in a folder."""

import re
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, IGNORED_CONSOLE_MESSAGES, Visit
from tests.conftest import slow
from tour.settings import settings
from tour.static_export.static_site import export, site_files


class Reader:
    """A visitor who reads pages as the server sends them: their requests, and what went wrong."""

    def __init__(self, browser, device: dict, **options):
        self.context = browser.new_context(**device, **options)
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("response", lambda response: response.status >= 400 and self.errors.append(response.url))
        self.page.on("console", self._record_console)

    def _record_console(self, message) -> None:
        if not IGNORED_CONSOLE_MESSAGES.search(message.text):
            self.errors.append(message.text)

    def reads(self, stop, exhibition) -> None:
        """Title, notice, picture, map, story and links of the stop are there."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(stop.title)
        article = self.page.get_by_role("article")
        expect(article).to_contain_text(exhibition.status.sentence)
        expect(article).to_contain_text(stop.narrative.split("[^")[0].split("\n")[0][:40])
        for link in stop.links:
            expect(article.locator(f'.tour-links a[href="{link.address}"]')).to_be_visible()
        for picture in (article.get_by_role("img").first, self.page.get_by_role("img", name=re.compile("^Map"))):
            picture.scroll_into_view_if_needed()
            expect(picture).to_have_js_property("complete", True)

    def walks(self, exhibition) -> list[str]:
        """From the entry by Start and Next to the end; the titles of the stops on the way."""
        self.page.get_by_role("link", name="Start the tour").click()
        for stop in exhibition.stops:
            self.reads(stop, exhibition)
            onward = self.page.get_by_role("link", name=re.compile("^Next: "))
            if stop is not exhibition.stops[-1]:
                onward.click()
        expect(onward).to_have_count(0)


def test_without_script_the_whole_tour_is_walked_by_next(browser, site, exhibition, device):
    reader = Reader(browser, device, java_script_enabled=False)
    reader.page.goto(site)

    reader.walks(exhibition)

    assert [each for each in reader.requests if not each.startswith(site)] == []
    assert reader.errors == []
    reader.context.close()


def test_without_script_every_other_view_can_be_read(browser, site, exhibition):
    reader = Reader(browser, DESKTOP, java_script_enabled=False)
    reader.page.goto(site)

    for name in ("Stops", "Timeline", "Gallery", "Sources", "About"):
        reader.page.get_by_role("navigation", name="Exhibition").get_by_role("link", name=name).click()
        expect(reader.page.get_by_role("heading", level=1)).to_have_text(re.compile(name.lower(), re.IGNORECASE))
    reader.context.close()


def test_without_script_a_pin_leads_to_its_stop(browser, site, exhibition):
    reader = Reader(browser, DESKTOP, java_script_enabled=False)
    reader.page.goto(f"{site}/?stop=gerhardts-mill")

    reader.page.get_by_role("link", name="17. Pavlov’s House").click()

    reader.reads(exhibition.stop("pavlovs-house"), exhibition)
    reader.context.close()


@pytest.fixture
def waiting(browser, site):
    """A visitor whose app never comes: the scripts of Streamlit don't arrive, those of ours do."""
    visit = Visit(browser, site, DESKTOP)
    visit.page.route("**/static/js/**", lambda route: route.abort())
    yield visit
    visit.context.close()


def test_links_work_before_the_app_is_ready(waiting, exhibition):
    waiting.page.goto(f"{waiting.site}/?stop=broadgate")

    waiting.page.get_by_role("link", name="Next: The Belgrade Theatre").click()
    waiting.at(exhibition.stop("belgrade-theatre"))
    waiting.page.keyboard.press("ArrowLeft")

    waiting.at(exhibition.stop("broadgate"))


# Where all that is ours stands; what a map's frame or its static picture holds is compared elsewhere.
PLACES = """() => [".tour-header", ".tour-article", ".tour-home", ".tour-cities", ".tour-view", ".tour-progress"]
  .flatMap((room) => [...document.querySelectorAll(`${room} *`)])
  .filter((each) => getComputedStyle(each).visibility === "visible" && each.getBoundingClientRect().width > 1)
  .map((each) => {
    const { x, y, width } = each.getBoundingClientRect();
    return [`${each.localName} ${each.textContent.trim().slice(0, 30)}`, x, y, width];
  })"""
ADDRESSES = ["", "?stop=broadgate", *slow("?stop=the-vote", "?view=timeline", "?view=about", "?view=stops")]


@contextmanager
def waiting_app(browser, site, device):
    """A visit whose app has started and waits: its socket stays silent."""
    visit = Visit(browser, site, device)
    visit.page.route_web_socket(re.compile("/_stcore/stream"), lambda socket: None)
    yield visit
    visit.context.close()


@pytest.mark.parametrize("query", ADDRESSES)
def test_nothing_moves_when_the_app_takes_over(browser, site, device, query):
    with waiting_app(browser, site, device) as visit:
        visit.page.goto(f"{site}/{query}")
        visit.page.evaluate("document.fonts.ready")
        before = visit.page.evaluate(PLACES)

    visit = Visit(browser, site, device)
    after = visit.open(query).evaluate(PLACES)
    visit.context.close()

    assert [name for name, *_ in before] == [name for name, *_ in after]
    moved = [
        (then, now)
        for then, now in zip(before, after, strict=True)
        if any(abs(one - other) > 1 for one, other in zip(then[1:], now[1:], strict=True))
    ]
    assert moved == []


def held_back(browser, site, query="?stop=broadgate"):
    """A visit whose app is on its way, and what lets it arrive."""
    visit = Visit(browser, site, DESKTOP)
    delayed_routes = []
    scripts = "**/static/js/**"
    visit.page.route(scripts, lambda route: delayed_routes.append(route))
    visit.page.goto(f"{site}/{query}", wait_until="commit")

    def arrives():
        visit.page.route(scripts, lambda route: route.continue_())
        for route in delayed_routes:
            route.continue_()

    return visit, arrives


def test_what_the_visitor_was_doing_goes_on_when_the_app_takes_over(browser, site):
    visit, arrives = held_back(browser, site)
    visit.page.get_by_text("What was said").click()
    visit.page.get_by_role("slider").fill("80")
    link = visit.page.get_by_role("article").get_by_role("link", name="Levelling Stone").first
    link.focus()
    top = visit.page.evaluate("document.scrollingElement.scrollTop")
    assert top > 0

    arrives()
    expect(visit.page.locator("#tour-server-page")).to_have_count(0)

    expect(visit.page.get_by_text("unanimously, at its full meeting")).to_be_visible()
    expect(visit.page.get_by_role("slider")).to_have_value("80")
    expect(link).to_be_focused()
    assert abs(visit.page.locator("main").evaluate("main => main.scrollTop") - top) <= 1
    visit.context.close()


def test_typed_text_stays_when_the_app_takes_over(browser, site):
    visit, arrives = held_back(browser, site, "?view=find")
    visit.page.get_by_role("searchbox").fill("sixpence")

    arrives()
    expect(visit.page.locator("#tour-server-page")).to_have_count(0)

    expect(visit.page.get_by_role("searchbox")).to_have_value("sixpence")
    visit.context.close()


def test_a_stop_that_a_teacher_has_chosen_stays_when_the_app_takes_over(browser, site):
    visit, arrives = held_back(browser, site, "?view=lesson")
    visit.page.get_by_role("combobox", name="Stop").select_option(label="16. Gerhardt’s Mill")

    arrives()
    expect(visit.page.locator("#tour-server-page")).to_have_count(0)

    expect(visit.page.get_by_role("link", name=re.compile("stop=gerhardts-mill"))).to_be_visible()
    visit.context.close()


def test_an_open_picture_is_not_taken_away_by_the_app(browser, site):
    visit, arrives = held_back(browser, site)
    visit.page.get_by_role("link", name=re.compile("^Enlarge")).first.click()

    arrives()
    expect(visit.page.locator("#root article")).to_be_attached()
    expect(visit.page.get_by_role("dialog")).to_be_visible()
    visit.page.keyboard.press("Escape")

    expect(visit.page.locator("#tour-server-page")).to_have_count(0)
    visit.context.close()


def test_a_link_to_a_source_is_followed_on_the_first_paint(browser, site):
    visit = Visit(browser, site, DESKTOP)

    page = visit.open("?stop=broadgate#tour-source-3")

    expect(page.locator("#tour-source-3")).to_be_in_viewport()
    visit.context.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory, exhibitions):
    folder = tmp_path_factory.mktemp("export") / "exhibition"
    list(export(site_files(exhibitions.values(), settings().media, ""), folder))
    return folder


@pytest.fixture(params=["served", "from a disk"])
def start(request, folder):
    """The address of the exported folder's first page."""
    if request.param == "from a disk":
        yield (folder / "index.html").as_uri()
        return
    server = ThreadingHTTPServer(("localhost", 0), partial(Quiet, directory=folder))
    Thread(target=server.serve_forever).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    """What python -m http.server answers with, without its log."""

    def log_message(self, *words):
        pass


@pytest.mark.slow
def test_the_exported_folder_is_walked_without_another_host(browser, exhibition, start, device):
    reader = Reader(browser, device)
    reader.page.goto(start)

    reader.walks(exhibition)

    place = start.removesuffix("index.html")
    assert [each for each in reader.requests if not each.startswith((place, "data:"))] == []
    assert reader.errors == []
    reader.context.close()


def test_from_a_disk_pictures_open_and_the_cloth_can_be_looked_at(browser, folder):
    reader = Reader(browser, DESKTOP)
    reader.page.goto((folder / "panorama-museum.html").as_uri())

    reader.page.get_by_role("button", name="Look on").click()
    expect(reader.page.get_by_role("heading", name=re.compile("^Look here"))).to_have_text(
        "Look here: The mayor’s signature"
    )
    reader.page.get_by_role("link", name=re.compile("^Enlarge")).first.click()
    expect(reader.page.get_by_role("dialog")).to_be_visible()

    assert reader.errors == []
    reader.context.close()


FULL = """() => [...document.querySelectorAll(".tour-sheet")]
  .filter((each) => each.scrollHeight > each.clientHeight + 1)
  .map((each) => each.textContent.trim().slice(0, 60))"""


EMPTY_PICTURES = """() => {
  for (const source of document.querySelectorAll("picture source")) source.remove();
  for (const picture of document.images) picture.src = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
}"""


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_booklet_has_one_page_of_paper_a_stop_and_cuts_nothing_off(browser, site, exhibition, language):
    page = browser.new_context(**DESKTOP).new_page()
    page.goto(f"{site}/print?lang={language}")
    page.emulate_media(media="print")
    page.wait_for_load_state("networkidle")

    assert page.evaluate(FULL) == []
    # A minute's work for the browser, and the places of pictures stay as large without them.
    page.evaluate(EMPTY_PICTURES)
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 2 + len(exhibition.stops)  # title, walks
    page.context.close()
