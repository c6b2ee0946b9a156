"""A Russian page speaks Russian: every field of every stop, and every word of the interface."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, Visit
from tests.conftest import PROJECT_ROOT, load_valid
from tests.interface_words import english_words


@pytest.fixture(scope="module")
def russian():
    return load_valid(PROJECT_ROOT / "data", PROJECT_ROOT / "media", "ru")


def test_every_field_of_every_stop_is_in_russian(russian):
    cyrillic = re.compile("[а-яё]", re.IGNORECASE)

    for stop in russian.stops:
        fields = [stop.title, stop.lede, stop.narrative]
        fields += [text for each in stop.figures for text in (each.alt, each.caption, each.credit)]
        fields += [text for pair in stop.comparisons for text in (pair.caption, pair.credit)]
        fields += [
            text for pair in stop.comparisons for side in (pair.then, pair.now) for text in (side.alt, side.label)
        ]
        fields += [text for view in stop.detail_images for text in (view.title, view.alt, view.caption, view.credit)]
        fields += [text for view in stop.detail_images for each in view.regions for text in (each.title, each.text)]
        fields += [text for claim in stop.claims for text in (claim.about, *(each.says for each in claim.accounts))]
        fields += [claim.our_position for claim in stop.claims if claim.our_position]
        fields += [event.description for event in stop.events]
        fields += [place.label for place in stop.places] + [link.title for link in stop.links]
        fields += [text for text in (stop.step_free, stop.seats) if text]
        assert [each for each in fields if not cyrillic.search(each)] == [], stop.slug
        assert stop.language == "ru"


def test_the_maps_frame_and_the_open_picture_speak_russian_too(browser, site):
    visit = Visit(browser, site, DESKTOP)
    page = visit.open("?stop=gerhardts-mill&lang=ru")

    page.get_by_role("link", name=re.compile("^Увеличить")).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.frame_locator("iframe").locator("html")).to_have_attribute("lang", "ru")
    frame = page.frames[1]

    assert english_words(page, "dialog") + english_words(frame) == []
    assert re.search("Карта", frame.title())
    visit.context.close()


def test_documents_beside_the_tour_speak_russian_too(browser, site):
    visit = Visit(browser, site, DESKTOP)
    words = {}
    for address in ("text", "print", "evidence", "nowhere"):
        visit.page.goto(f"{site}/{address}?lang=ru")
        words[address] = english_words(visit.page)

    assert {address: each for address, each in words.items() if each} == {}
    visit.context.close()


def test_a_browser_that_wants_russian_gets_it_and_can_choose_english(browser, site):
    visit = Visit(browser, site, {**DESKTOP, "locale": "ru-RU"})
    page = visit.open("?stop=gerhardts-mill")
    expect(page.get_by_role("heading", level=1)).to_have_text("Мельница Гергардта")

    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gerhardt’s Mill")
    page.get_by_role("button", name="Next").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Pavlov’s House")
    visit.context.close()
