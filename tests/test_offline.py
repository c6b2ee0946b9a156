"""The server is down while visitors read: a message says so in their language, and they go on when it is back."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import DESKTOP, FIRST_WEBSOCKET_ONLY, PHONE, Visit
from tests.conftest import RestartableServer

WORDS = {
    "en": ("The connection is lost", "Next", "One long page"),
    "ru": ("Связь прервалась", "Дальше", "Одна длинная страница"),
}
# Streamlit says so of itself when it would open its dialog.
GIVES_UP = """() => { window.givenUp = new Promise((done) => addEventListener("message", ({ data }) => {
  if (data?.type === "CLIENT_ERROR_DIALOG") done(data.error);
})) }"""
SCROLLED = "Math.max(document.scrollingElement.scrollTop, document.querySelector('#root main').scrollTop)"


class Reader:
    """A visitor who has come to the second stop by Next."""

    def __init__(self, browser, server: RestartableServer, device: dict, exhibition):
        self.exhibition = exhibition
        self.lost, self.on, self.plain = WORDS[exhibition.language]
        self.visit = Visit(browser, server.address, device)
        self.page: Page = self.visit.open(f"?stop={exhibition.stops[0].slug}&lang={exhibition.language}")
        self.next.click()
        self.at(1)
        self.page.evaluate(GIVES_UP)

    @property
    def next(self) -> Locator:
        return self.page.get_by_role("button", name=self.on)

    @property
    def line(self) -> Locator:
        return self.page.get_by_role("status").filter(has_text=self.lost)

    def at(self, number: int) -> None:
        self.visit.at(self.exhibition.stops[number])

    def aria_snapshot(self) -> str:
        """What assistive technology gets of the page, without the states of buttons."""
        snapshot = self.page.locator("#root").aria_snapshot()
        return re.sub(r" \[(disabled|active)\]", "", snapshot)


@pytest.fixture
def server() -> Iterator[RestartableServer]:
    with ExitStack() as running:
        yield RestartableServer(running)


@pytest.fixture
def readers(browser, server, exhibitions) -> Iterator[list[Reader]]:
    readers = [Reader(browser, server, DESKTOP, exhibitions["en"]), Reader(browser, server, PHONE, exhibitions["ru"])]
    yield readers
    for reader in readers:
        reader.visit.context.close()


def test_readers_get_a_message_in_their_language_while_the_server_is_down_and_read_on(readers, server):
    snapshots = [reader.aria_snapshot() for reader in readers]
    server.kill()

    for reader, before in zip(readers, snapshots, strict=True):
        page = reader.page
        expect(reader.line).to_be_visible()
        assert page.evaluate("givenUp") == "Connection error"
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert reader.aria_snapshot() == before
        expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
        page.mouse.move(200, 300)
        page.mouse.wheel(0, 900)
        expect(page.get_by_role("heading", level=1)).not_to_be_in_viewport()
        expect(reader.line).to_be_in_viewport(ratio=1)


def test_who_was_there_when_it_comes_back_stands_where_they_stood_and_goes_on(readers, server):
    for reader in readers:
        reader.page.evaluate("document.querySelector('#root main').scrollBy(0, 700); scrollBy(0, 700)")
        reader.next.focus()
    stood = [reader.page.evaluate(SCROLLED) for reader in readers]
    server.kill()
    for reader in readers:
        expect(reader.line).to_be_visible()
    server.start()

    for reader, place in zip(readers, stood, strict=True):
        expect(reader.line).to_have_count(0)
        reader.at(1)
        expect(reader.next).to_be_focused()
        assert reader.page.evaluate(SCROLLED) == place
        reader.next.click()
        reader.at(2)


@pytest.fixture
def cut_off(browser, site) -> Iterator[Callable[[str], Page]]:
    """Opens a page of the site, and takes its websocket from it."""
    visit = Visit(browser, site, DESKTOP)
    visit.context.add_init_script(FIRST_WEBSOCKET_ONLY)

    def opened(query: str) -> Page:
        page = visit.open(query)
        page.evaluate("lastSocket.close()")
        expect(page.get_by_role("status").filter(has_text=WORDS["en"][0])).to_be_visible()
        return page

    yield opened
    visit.context.close()


@pytest.mark.parametrize(
    ("way", "there"),
    [
        ("^Next: ", "stop=st-marys-guildhall"),
        pytest.param("^One long page$", "/text.*#council-house-title$", marks=pytest.mark.slow),
        pytest.param("^Timeline$", "view=timeline", marks=pytest.mark.slow),
    ],
)
def test_a_link_leads_on_as_a_plain_page_where_the_server_still_answers(cut_off, way, there):
    page = cut_off("?stop=council-house&lang=en")

    with page.expect_navigation():
        page.get_by_role("link", name=re.compile(way)).click()

    expect(page).to_have_url(re.compile(there))
    expect(page.get_by_role("heading", level=1).first).to_be_visible()


def test_words_are_found_on_a_plain_page_where_the_server_still_answers(cut_off):
    page = cut_off("?view=find&lang=en")
    page.get_by_role("searchbox").fill("sixpence")

    with page.expect_navigation():
        page.get_by_role("searchbox").press("Enter")

    expect(page).to_have_url(re.compile("words=sixpence&lang=en$"))
    expect(page.get_by_role("heading", level=2, name="sixpence")).to_be_visible()


@pytest.mark.slow
def test_a_link_leaves_the_page_to_be_read_where_nobody_answers(browser, server, exhibitions):
    reader = Reader(browser, server, DESKTOP, exhibitions["en"])
    server.kill()
    reader.line.get_by_role("link", name="One long page").click()

    with reader.page.expect_event("requestfailed"):
        reader.line.get_by_role("link", name="Next").click()

    reader.at(1)
    expect(reader.line).to_be_visible()
    reader.visit.context.close()


@pytest.mark.slow
@pytest.mark.parametrize("way", ["button", "link"])
def test_a_press_at_the_very_moment_of_its_return_is_a_step(browser, server, exhibitions, way):
    reader = Reader(browser, server, DESKTOP, exhibitions["en"])
    server.kill()
    expect(reader.line).to_be_visible()
    pressed = reader.next if way == "button" else reader.page.get_by_role("link", name="Timeline")
    press = "(line, pressed) => { new MutationObserver(() => pressed.click()).observe(line, { childList: true }) }"
    reader.line.evaluate(press, pressed.element_handle())

    server.start()

    arrived = re.compile("stop=" + reader.exhibition.stops[2].slug if way == "button" else "view=timeline")
    expect(reader.page).to_have_url(arrived)
    expect(reader.page.get_by_role("heading", level=1)).to_be_focused()
    reader.visit.context.close()
