"""By keyboard alone: the way on, the whole tour, pictures, then and now, words to find, the other language."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESKTOP, Visit

HAS_FOCUS = "element => element === document.activeElement"


@pytest.fixture
def visit(browser, site):
    visit = Visit(browser, site, DESKTOP)
    yield visit
    visit.context.close()


def tab_to(page: Page, role: str, name: str | re.Pattern, most: int, key: str = "Tab") -> int:
    """Press Tab until that has the focus; how often it took."""
    wanted = page.get_by_role(role, name=name).first
    wanted.wait_for(state="attached")
    for times in range(1, most + 1):
        page.keyboard.press(key)
        if wanted.evaluate(HAS_FOCUS):
            return times
    raise AssertionError(f"{most} times {key} don't lead to {name}")


def title(page: Page):
    return page.get_by_role("heading", level=1)


@pytest.mark.parametrize("slug", ["council-house", "broadgate", "coventry-street"])
def test_next_is_at_most_three_tabs_from_the_address_bar(visit, slug):
    page = visit.open(f"?stop={slug}")

    assert tab_to(page, "button", re.compile("^Next"), most=3) <= 3


@pytest.mark.parametrize("slug", ["council-house", "broadgate"])
def test_next_is_as_near_before_the_app_is_there(visit, slug):
    visit.page.route("**/static/js/**", lambda route: route.abort())
    visit.page.goto(f"{visit.site}/?stop={slug}")

    assert tab_to(visit.page, "link", re.compile("^Next"), most=3) <= 3


@pytest.mark.slow
def test_the_whole_tour_is_walked(visit, exhibition):
    page = visit.open()
    tab_to(page, "button", "Start the tour", most=20)
    page.keyboard.press("Enter")

    for stop in exhibition.stops[:-1]:
        visit.at(stop)
        expect(title(page)).to_be_focused()
        tab_to(page, "button", re.compile("^Next"), most=30, key="Shift+Tab")
        page.keyboard.press("Enter")

    visit.at(exhibition.stops[-1])


def test_a_link_at_the_beginning_leads_to_the_title(visit):
    page = visit.open("?stop=broadgate")

    tab_to(page, "link", "To the content", most=1)
    page.keyboard.press("Enter")

    expect(title(page)).to_be_focused()


def test_a_link_at_the_end_leads_back_to_previous_and_next(visit):
    page = visit.open("?stop=broadgate")
    page.get_by_role("link", name="To Previous and Next").focus()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.get_by_role("button", name="Next")).to_be_focused()


def test_an_arrival_is_announced_once_and_politely(visit):
    page = visit.open("?stop=council-house")

    page.keyboard.press("ArrowRight")

    expect(title(page)).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Stop 2 of 25")).to_have_count(1)


def test_a_picture_is_opened_turned_and_closed(visit):
    page = visit.open("?stop=gerhardts-mill")
    opener = page.get_by_role("link", name=re.compile("^Enlarge")).first
    tab_to(page, "link", re.compile("^Enlarge"), most=30)

    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    # A browser lets Tab out of a dialog to its own bars, never to the page behind it.
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || Boolean(document.activeElement.closest('dialog'))"
        )
    page.keyboard.press("Escape")

    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_then_and_now_are_moved_by_keys_and_the_stop_stays(visit, exhibition):
    page = visit.open("?stop=gerhardts-mill")
    slider = page.get_by_role("slider")
    slider.focus()

    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")

    expect(slider).to_have_value("52")
    visit.at(exhibition.stop("gerhardts-mill"))


def test_words_are_found_and_followed(visit, exhibition):
    page = visit.open()
    tab_to(page, "link", "Find", most=6)
    page.keyboard.press("Enter")
    expect(page.get_by_role("searchbox")).to_be_focused()

    page.keyboard.type("gerhart")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name="1 stop")).to_be_focused()
    tab_to(page, "link", "16 Gerhardt’s Mill", most=1)
    page.keyboard.press("Enter")

    visit.at(exhibition.stop("gerhardts-mill"))


def test_the_language_is_changed_and_the_stop_stays(visit, exhibition):
    page = visit.open("?stop=gerhardts-mill")
    tab_to(page, "link", "Русский", most=15)

    page.keyboard.press("Enter")

    expect(title(page)).to_have_text("Мельница Гергардта")
    expect(title(page)).to_be_focused()
    expect(page).to_have_url(re.compile("stop=gerhardts-mill&lang=ru"))
    expect(page.locator("html")).to_have_attribute("lang", "ru")


def test_focus_is_always_seen(visit):
    page = visit.open("?stop=panorama-museum")
    hidden = """() => {
      const focused = document.activeElement;
      if (focused === document.body || focused.localName === "iframe") return "";
      const [box] = focused.getClientRects();
      const there = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
      return there && (focused.contains(there) || there.contains(focused)) ? "" : focused.outerHTML.slice(0, 120);
    }"""

    hidden_controls = []
    for _ in range(90):
        page.keyboard.press("Tab")
        hidden_controls.append(page.evaluate(hidden))

    assert [each for each in hidden_controls if each] == []
