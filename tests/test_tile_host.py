"""The tile server accepts every connection and never responds: the stop is read and walked as ever."""

import re

import pytest
from playwright.sync_api import expect

from tests import full_exhibition
from tests.browser import DESKTOP, Visit, map_of
from tests.conftest import load_valid, running_site
from tests.misbehaving_server import misbehaving_server
from tests.sample_exhibition import replace_once


@pytest.fixture
def silent():
    with misbehaving_server() as host:
        host.on_connect = lambda client: host.stopped.wait(60)
        yield host.url("/", "127.0.0.1")


@pytest.fixture
def folders(tmp_path, silent):
    data, media = full_exhibition.write(tmp_path)
    replace_once(data, "exhibition.toml", "https://tiles.example.org/", silent)
    return data, media


@pytest.fixture
def visit(browser, folders):
    with running_site(TOUR_DATA=str(folders[0]), TOUR_MEDIA=str(folders[1])) as site:
        visit = Visit(browser, site, DESKTOP)
        yield visit
        visit.context.close()


@pytest.mark.slow
def test_streets_that_never_come_leave_the_stop_the_walk_and_the_drawn_map(visit, folders, silent):
    quay, light = load_valid(*folders).stops
    page = visit.open("?stop=quay&lang=en")
    streets = map_of(page).get_by_role("checkbox", name="Streets")
    with page.expect_request(re.compile(re.escape(silent))):
        streets.check()

    visit.at(quay)
    expect(map_of(page).locator("path.tour-basemap").first).to_be_visible()
    page.get_by_role("button", name="Next").click()
    visit.at(light)
    page.get_by_role("button", name="Previous").click()
    visit.at(quay)
    streets.uncheck()
    expect(map_of(page).locator(".tour-tiles")).to_have_count(0)
    expect(map_of(page).locator("path.tour-basemap").first).to_be_visible()
    assert visit.errors == []
