"""Journeys of visitors, in a real browser, on a desktop screen and on a phone."""

import re

import httpx2
import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, Visit, map_of
from tests.conftest import running_site


@pytest.fixture
def desk(browser, site):
    visit = Visit(browser, site, DESKTOP)
    yield visit
    visit.context.close()


def test_the_whole_tour_by_next_alone(visit, exhibition):
    page = visit.open()
    page.get_by_role("button", name="Start").click()

    for number, stop in enumerate(exhibition.stops, 1):
        visit.at(stop)
        article = page.get_by_role("article")
        expect(page.get_by_text(f"Stop {number} of {len(exhibition.stops)}", exact=True)).to_be_visible()
        expect(article).to_contain_text(exhibition.status.sentence)
        expect(article).to_contain_text(stop.narrative.split("[^")[0].split("\n")[0][:40])
        for link in stop.links[:2]:
            shown = article.get_by_role("link", name=link.title, exact=True)
            assert link.address in [each.get_attribute("href") for each in shown.all()]
        expect(map_of(page).get_by_role("button", name=f"{number}. {stop.title}", exact=True)).to_be_attached()
        if number < len(exhibition.stops):
            page.get_by_role("button", name="Next").click()

    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    assert visit.foreign_requests == []
    assert visit.errors == []


@pytest.mark.slow
def test_the_whole_tour_by_arrow_keys(desk, exhibition):
    page = desk.open(f"?stop={exhibition.stops[0].slug}")
    desk.at(exhibition.stops[0])

    for stop in exhibition.stops[1:]:
        page.keyboard.press("ArrowRight")
        desk.at(stop)
    page.keyboard.press("ArrowLeft")

    desk.at(exhibition.stops[-2])


@pytest.mark.slow
def test_the_whole_tour_by_pins(desk, exhibition):
    page = desk.open(f"?stop={exhibition.stops[0].slug}")

    for number, stop in enumerate(exhibition.stops[1:], 2):
        # Pins beyond the edge are reached as a keyboard does: by focus and Enter.
        map_of(page).get_by_role("button", name=f"{number}. {stop.title}", exact=True).press("Enter")
        desk.at(stop)


def test_a_pin_is_clicked_or_tapped(visit, exhibition):
    page = visit.open("?stop=gerhardts-mill")
    number = next(number for number, stop in enumerate(exhibition.stops, 1) if stop.slug == "pavlovs-house")
    pin = map_of(page).get_by_role("button", name=f"{number}. Pavlov’s House", exact=True)

    pin.wait_for(state="attached")
    larger = page.get_by_role("checkbox", name="Larger map")
    if larger.is_visible():
        larger.check()
    pin.click()

    visit.at(exhibition.stop("pavlovs-house"))


def test_a_step_moves_the_map_and_does_not_mount_it_anew(desk, exhibition):
    page = desk.open("?stop=council-house")
    desk.at(exhibition.stop("council-house"))
    frame = page.get_by_title("Map of the stops")
    map_of(page).get_by_role("button", name=re.compile("^1. ")).wait_for()
    frame.evaluate("frame => { frame.contentWindow.wasHere = true }")

    for stop in exhibition.stops[1:13]:
        page.get_by_role("button", name="Next").click()
        desk.at(stop)

    assert frame.evaluate("frame => frame.contentWindow.wasHere")


def test_the_map_says_nothing_until_a_pin_is_clicked(desk, exhibition):
    sent = []
    desk.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page = desk.open("?stop=council-house")
    expect(page.get_by_role("heading", level=1)).to_have_text(exhibition.stops[0].title)
    before = len(sent)

    map_of(page).get_by_role("button", name="Zoom out").click()
    # The map waits a quarter of a second before it speaks.
    page.evaluate("new Promise(after => setTimeout(after, 600))")

    assert len(sent) == before


def test_a_step_puts_the_visitor_at_the_new_title(visit, exhibition):
    page = visit.open("?stop=council-house")
    visit.at(exhibition.stops[0])
    page.get_by_role("heading", name="Cite this stop").scroll_into_view_if_needed()

    page.get_by_role("button", name="Next").click()

    visit.at(exhibition.stops[1])
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()


def test_a_deep_link_opens_cold(visit, exhibition):
    visit.open("?stop=the-vote")

    visit.at(exhibition.stop("the-vote"))
    expect(visit.page).to_have_title(re.compile("^Epilogue: The Vote – "))


def test_back_and_forward_walk_the_way_of_the_visitor(visit, exhibition):
    first, second, third = exhibition.stops[:3]
    page = visit.open(f"?stop={first.slug}")
    visit.at(first)
    for stop in (second, third):
        page.get_by_role("button", name="Next").click()
        visit.at(stop)

    page.go_back()
    visit.at(second)
    page.go_back()
    visit.at(first)
    page.go_forward()

    visit.at(second)


def test_a_link_of_ours_steps_without_loading_the_page_anew(desk, exhibition):
    page = desk.open("?stop=gerhardts-mill")
    desk.at(exhibition.stop("gerhardts-mill"))
    page.evaluate("window.wasHere = true")

    page.get_by_role("article").get_by_role("link", name="The Cathedral Ruins").click()

    desk.at(exhibition.stop("cathedral-ruins"))
    assert page.evaluate("window.wasHere")


def test_a_reload_stays_at_the_stop(desk, exhibition):
    page = desk.open("?stop=council-house")
    desk.at(exhibition.stops[0])
    page.get_by_role("button", name="Next").click()
    desk.at(exhibition.stops[1])

    page.reload()

    desk.at(exhibition.stops[1])


def test_an_unknown_stop_gives_a_friendly_message_and_the_first_stop(desk, exhibition):
    page = desk.open("?stop=%00")

    expect(page.get_by_role("heading", level=1)).to_have_text(exhibition.stops[0].title)
    expect(page.get_by_role("status").filter(has_text="There is no stop at this address")).to_be_visible()
    assert desk.errors == []


def test_visitors_see_none_of_streamlits_own_controls(desk):
    page = desk.open()

    expect(page.get_by_role("button", name="Start")).to_be_visible()
    expect(page.get_by_text("Deploy")).to_have_count(0)
    expect(page.get_by_test_id("stMainMenu")).to_have_count(0)


@pytest.mark.slow
def test_a_restart_of_the_server_returns_to_the_same_stop(browser, exhibition):
    with running_site() as address:
        visit = Visit(browser, address, DESKTOP)
        visit.open("?stop=council-house")
        visit.at(exhibition.stops[0])
        visit.page.get_by_role("button", name="Next").click()
        visit.at(exhibition.stops[1])
    expect(visit.page.get_by_role("button", name="Next")).to_be_disabled()
    with running_site(port=int(address.rsplit(":", 1)[1])):
        expect(visit.page.get_by_role("button", name="Next")).to_be_enabled(timeout=30_000)
        visit.at(exhibition.stops[1])
        visit.page.get_by_role("button", name="Next").click()
        visit.at(exhibition.stops[2])
    visit.context.close()


@pytest.mark.parametrize("address", ["/?stop=broadgate", "/text", "/tour.json", "/maps/coventry.geojson"])
def test_pages_and_data_travel_small(site, address):
    answer = httpx2.get(site + address, headers={"Accept-Encoding": "gzip"})

    assert answer.headers["content-encoding"] == "gzip"
    assert [each.split(", ").count("Accept-Encoding") for each in answer.headers.get_list("vary")] == [1]
    assert "content-encoding" not in httpx2.get(site + address, headers={"Accept-Encoding": "identity"}).headers


@pytest.mark.slow
def test_the_tour_can_be_walked_under_a_base_path(browser, exhibition):
    with running_site(STREAMLIT_SERVER_BASE_URL_PATH="exhibition") as site:
        visit = Visit(browser, f"{site}/exhibition", DESKTOP)
        page = visit.open(f"?stop={exhibition.stops[0].slug}")

        page.get_by_role("button", name="Next").click()
        visit.at(exhibition.stops[1])
        expect(map_of(page).locator("path.tour-basemap").first).to_be_attached()

        assert visit.foreign_requests == []
        assert visit.errors == []
        visit.context.close()
