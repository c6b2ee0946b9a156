"""The content is edited, well and badly, while visitors walk through it."""

import re
from statistics import median

import pytest
from playwright.sync_api import expect

from tests import editing_load
from tests.browser import DESKTOP, Visit
from tests.conftest import running_site
from tests.editing_load import EDIT_MARK, PROMISED_DELAY, Curator
from tests.sample_exhibition import replace_once


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    return editing_load.copy_content(tmp_path_factory.mktemp("edited"))


def walk(visit: Visit) -> None:
    """Once through the tour; wherever the visitor comes, the stop is whole."""
    page = visit.page
    page.goto(f"{visit.site}/?lang=en")
    expect(page.locator("#tour-server-page")).to_have_count(0)
    page.get_by_role("button", name="Start").click()
    for number in range(1, 23):
        expect(page.get_by_text(re.compile(rf"Stop {number} of \d+$")).first).to_be_visible()
        article = page.get_by_role("article")
        expect(article.get_by_role("heading", name="Cite this stop")).to_be_attached()
        marks = set(EDIT_MARK.findall(article.text_content()))
        assert len(marks) <= 1, f"stop {number} has halves of edits {marks}"
        picture = article.get_by_role("img").first
        assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 0
        page.get_by_role("button", name="Next").click()


def edit_during_walks(browser, folders, count: int) -> Curator:
    """So many edits, made while a visitor walks; nothing goes wrong for either."""
    with running_site(TOUR_DATA=str(folders[0]), TOUR_MEDIA=str(folders[1])) as site:
        visit, editing = Visit(browser, site, DESKTOP), Curator(site, *folders, count)
        editing.start()
        while editing.is_alive():
            walk(visit)
        visit.context.close()

    assert editing.errors == []
    assert visit.errors == []
    assert (editing.good_edits >= count / 2, editing.bad_edits) == (True, count / 2)
    return editing


def test_visitors_see_edits_whole_and_none_that_is_invalid(browser, tmp_path):
    edit_during_walks(browser, editing_load.copy_content(tmp_path), 16)


@pytest.mark.slow
@pytest.mark.timed
def test_an_edit_is_as_a_rule_seen_as_soon_as_promised(browser, tmp_path):
    assert median(edit_during_walks(browser, editing_load.copy_content(tmp_path), 100).waits) <= PROMISED_DELAY


@pytest.fixture(scope="module")
def edited(folders):
    with running_site(TOUR_DATA=str(folders[0]), TOUR_MEDIA=str(folders[1]), TOUR_EDITOR_PANEL="1") as site:
        yield site


@pytest.fixture
def own_page(browser, edited):
    visit = Visit(browser, edited, DESKTOP)
    yield visit.open("?stop=broadgate&lang=en")
    visit.context.close()


def test_a_curators_open_page_shows_an_edit_by_itself(own_page, folders):
    replace_once(folders[0], editing_load.STOP, 'title = "', 'title = "New: ')

    expect(own_page.get_by_role("heading", level=1)).to_contain_text("New: ")


def test_a_curator_sees_on_the_page_what_is_wrong(own_page, folders):
    panel = own_page.get_by_role("region", name="Editing")
    expect(panel).to_contain_text("The content is valid")
    replace_once(folders[0], editing_load.STOP, "alt = ", "allt = ")

    expect(panel).to_contain_text("2 problems in the content. Visitors go on reading it as it was at")
    expect(panel).to_contain_text("07-broadgate.md figures[1].allt is not a field of a figure.")
    replace_once(folders[0], editing_load.STOP, "allt = ", "alt = ")

    expect(panel).to_contain_text("The content is valid")


def test_visitors_of_a_public_site_see_no_panel(browser, site):
    visit = Visit(browser, site, DESKTOP)

    expect(visit.open().get_by_role("region", name="Editing")).to_have_count(0)
    visit.context.close()
