"""A step is shown before the server has answered, and the app then takes it over."""

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.conftest import running_site

STOP, NEXT = "council-house", "st-marys-guildhall"
IS_READY = """async () => (await import(new URL("files/prefetch.js", document.baseURI))).isReady("next")"""
MAP_LOOKS = 'document.querySelector(".st-key-tour-map iframe").contentWindow.map.getCenter().lng'


class Wire:
    """The line from page to server, which a test can hold: what the visitor asks for waits."""

    def __init__(self) -> None:
        self.holds = False
        self._waiting: list = []

    def connect(self, page_end: WebSocketRoute) -> None:
        self._server = page_end.connect_to_server()
        page_end.on_message(self._pass_on)

    def _pass_on(self, message: str | bytes) -> None:
        if self.holds:
            self._waiting.append(message)
        else:
            self._server.send(message)

    def let_go(self) -> None:
        self.holds = False
        for message in self._waiting:
            self._server.send(message)


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def page(browser, site, wire) -> Page:
    """Open at a stop, the ones around fetched."""
    with browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce") as context:
        page = context.new_page()
        page.route_web_socket("**/_stcore/stream", wire.connect)
        yield _opened(page, site)


def _opened(page: Page, site: str) -> Page:
    with page.expect_request_finished(lambda request: NEXT in request.url and "960" in request.url):
        page.goto(f"{site}/?stop={STOP}&lang=en")
        expect(page.locator("#tour-server-page")).to_have_count(0)
    page.wait_for_function(IS_READY)
    return page


def title(page: Page):
    return page.get_by_role("heading", level=1)


def test_the_next_stop_is_shown_within_the_press(page, exhibition):
    # Whatever comes between a press and the next frame could hold that frame up.
    shown = page.get_by_role("button", name="Next").evaluate("""button => {
      button.click();
      return document.querySelector("#root h1").innerText;
    }""")

    assert shown == exhibition.stop(NEXT).title


@pytest.mark.parametrize("press", ["click", "key"])
def test_the_next_stop_is_shown_before_the_server_answers(page, wire, exhibition, press):
    wire.holds = True
    before = page.evaluate(MAP_LOOKS)

    if press == "click":
        page.get_by_role("button", name="Next").click()
    else:
        page.keyboard.press("ArrowRight")

    expect(title(page)).to_have_text(exhibition.stop(NEXT).title)
    expect(title(page)).to_be_focused()
    expect(title(page)).to_be_in_viewport()
    assert f"stop={STOP}" in page.url
    assert page.evaluate(MAP_LOOKS) != before


def test_the_app_takes_it_over_and_all_stays_as_the_visitor_left_it(page, wire):
    wire.holds = True
    page.get_by_role("button", name="Next").click()
    details = page.get_by_role("article").locator("details").first
    details.locator("summary").click()
    page.get_by_role("article").evaluate("article => { article.shownAhead = true }")

    wire.let_go()

    page.wait_for_url(f"**stop={NEXT}**")
    page.wait_for_function("() => !document.querySelector('#root article').shownAhead")
    expect(details).to_have_attribute("open", "")
    expect(details.locator("summary")).to_be_focused()


def test_two_quick_presses_are_two_steps(page, wire, exhibition):
    wire.holds = True
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()

    wire.let_go()

    expect(title(page)).to_have_text(exhibition.stops[2].title)
    expect(title(page)).to_be_focused()


def test_a_stop_that_the_app_never_shows_is_taken_back(browser, site, wire, exhibition):
    with browser.new_context() as context:
        page = context.new_page()
        page.clock.install()
        page.route_web_socket("**/_stcore/stream", wire.connect)
        _opened(page, site)
        wire.holds = True
        page.get_by_role("button", name="Next").click()
        expect(title(page)).to_have_text(exhibition.stop(NEXT).title)

        page.clock.fast_forward(11_000)

        expect(title(page)).to_have_text(exhibition.stop(STOP).title)


def test_nothing_is_fetched_ahead_for_those_who_save_data(browser, site):
    saving = "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    requests = _asked_on_a_step(browser, site, saving)

    assert any(address.endswith("files/prefetch.js") for address in requests)
    assert not any("/articles/" in address for address in requests)


@pytest.mark.slow
def test_a_site_can_do_without(browser):
    with running_site(TOUR_OPTIMIZATIONS="0") as site:
        assert not any("/articles/" in address for address in _asked_on_a_step(browser, site))


def _asked_on_a_step(browser, site: str, script: str = "") -> list[str]:
    """Every address that the page asks for until it shows the next stop."""
    requests: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.add_init_script(script)
        page.on("request", lambda request: requests.append(request.url))
        page.goto(f"{site}/?stop={STOP}&lang=en")
        expect(page.locator("#tour-server-page")).to_have_count(0)
        page.get_by_role("button", name="Next").click()
        page.wait_for_url(f"**stop={NEXT}**")
    return requests
