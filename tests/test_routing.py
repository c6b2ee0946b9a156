"""Which page an address asks for."""

import pytest

from tests.conftest import load_valid
from tests.sample_exhibition import replace_once
from tour.urls import VIEWS
from tour.views.renderer import SiteRenderer
from tour.views.routing import all_pages, resolve
from tour.views.standalone_pages import booklet, text


@pytest.fixture
def harbours(folders):
    return load_valid(*folders)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({}, "home"),
        ({"stop": "crane"}, "crane"),
        ({"stop": "nowhere"}, "quay"),
        ({"view": "timeline"}, "timeline"),
        ({"view": "nowhere"}, "home"),
        ({"view": "quay"}, "home"),
        ({"stop": "crane", "view": "timeline"}, "crane"),
    ],
)
def test_an_address_leads_to_its_page(harbours, query, name):
    assert resolve(harbours, query).name == name


def test_an_unknown_stop_is_marked_as_not_found(harbours):
    assert resolve(harbours, {"stop": "nowhere"}).position.is_found is False


def test_a_page_keeps_its_place_in_another_language(harbours):
    pages = [resolve(harbours, query) for query in ({}, {"stop": "crane"}, {"view": "find", "words": "a b"})]

    assert [page.url_in("de") for page in pages] == [
        "./?lang=de",
        "./?stop=crane&lang=de",
        "./?view=find&words=a+b&lang=de",
    ]


def test_every_page_is_at_its_own_address(harbours):
    pages = all_pages(harbours)
    shown = [view for view in VIEWS if view != "lesson"]

    assert [page.name for page in pages] == ["home", "quay", "crane", "light", *shown]
    assert len({page.url for page in pages}) == len(pages)


def test_every_page_has_title_and_description_of_its_own(exhibition):
    pages = all_pages(exhibition)

    for words in ([page.title for page in pages], [page.description for page in pages]):
        assert len(set(words)) == len(pages)
        assert all(words)
        assert [each for each in words if "[^" in each or "*" in each] == []


def test_what_a_visitor_should_know_first_stands_on_the_entry_in_the_text_and_in_print(folders):
    replace_once(
        folders[0],
        "exhibition.toml",
        "[status]",
        '[prologue]\ntitle = "Before you go"\ntext = "There was a storm in 1898.[^ledger]"\n\n[status]',
    )
    harbours = load_valid(*folders)
    renderer = SiteRenderer(harbours, folders[1])

    for shown in (renderer.body(resolve(harbours, {})), text(renderer), booklet(renderer, "")):
        assert "Before you go" in shown
        assert "There was a storm in 1898." in shown
