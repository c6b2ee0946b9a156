"""A Russian page speaks Russian: every field of every stop, and every word of the interface."""

import re

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import expect

from tests.browser import DESKTOP, Visit, all_pages
from tests.conftest import PROJECT_ROOT, load_valid
from tour.i18n import CATALOGUE
from tour.paths import LOCALE_DIR

# All that is read or heard, but for what says that it is in another language: text, and attributes with words in them.
HEARD = """scope => {
  const foreign = (element) => element?.closest("[lang]")?.lang.split("-")[0] !== "ru";
  const words = [];
  const walker = document.createTreeWalker(document.querySelector(scope), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: element, data } = walker.currentNode;
    if (!element.closest("script, style, template") && !foreign(element)) words.push(data);
  }
  for (const element of document.querySelectorAll(`${scope} *`))
    for (const name of ["aria-label", "alt", "title", "placeholder", "aria-valuetext"])
      if (element.hasAttribute(name) && !foreign(element)) words.push(element.getAttribute(name));
  return words.map((each) => each.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""
# What is pressed, chosen, or names another thing: never a name from a source, so never a Latin letter.
INTERFACE = """() => [
  ...document.querySelectorAll("#root :is(button, summary, label, dt, .tour-header a, [aria-label])")]
  .filter((each) => (each.lang || "ru") === "ru")
  .map((each) => each.getAttribute("aria-label") ?? each.textContent)"""


@pytest.fixture(scope="module")
def russian():
    return load_valid(PROJECT_ROOT / "data", PROJECT_ROOT / "media", "ru")


@pytest.fixture(scope="module")
def english_words() -> re.Pattern:
    """Every message of the code that Russian says otherwise, whatever stands in its places."""
    with (LOCALE_DIR / "ru" / CATALOGUE).open("rb") as file:
        messages = [message for message in read_po(file, locale="ru") if message.id]
    sentences = [
        each
        for message in messages
        for each in _forms(message)
        if re.search("[A-Za-z]{2}", re.sub(r"%\(\w+\)s", "", each))
    ]
    return re.compile("|".join(re.sub(r"%\\\(\w+\\\)s|%\(\w+\)s", ".+", re.escape(each)) for each in sentences))


def _forms(message) -> list[str]:
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return [re.sub(r"<[^>]+>", "", each) for each in ids if each not in strings]


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


def test_no_english_word_of_the_interface_is_on_a_russian_page(browser, site, russian, english_words):
    visit = Visit(browser, site, DESKTOP)
    english = {}

    for query in all_pages(russian, "ru"):
        page = visit.open(query)
        # Streamlit says its shortcuts in English until ours is said, a moment after the page is there.
        expect(page.locator("kbd[aria-label]")).to_have_count(0)
        heard = [*page.evaluate(HEARD, "body"), page.title()]
        english[query] = [each for each in heard if english_words.fullmatch(each)]
        english[query] += [each for each in page.evaluate(INTERFACE) if re.search("[A-Za-z]{2}", each)]

    assert {query: each for query, each in english.items() if each} == {}
    visit.context.close()


def test_the_maps_frame_and_the_open_picture_speak_russian_too(browser, site, english_words):
    visit = Visit(browser, site, DESKTOP)
    page = visit.open("?stop=gerhardts-mill&lang=ru")

    page.get_by_role("link", name=re.compile("^Увеличить")).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    frame = page.frame_locator("iframe").locator("html")
    expect(frame).to_have_attribute("lang", "ru")
    heard = (
        page.evaluate(HEARD, "dialog")
        + frame.evaluate(f"() => ({HEARD})('body')")
        + [frame.evaluate("() => document.title")]
    )

    assert [each for each in heard if english_words.fullmatch(each)] == []
    assert re.search("Карта", heard[-1])
    visit.context.close()


@pytest.mark.parametrize("address", ["text", "print", "evidence", "nowhere"])
def test_documents_beside_the_tour_speak_russian_too(browser, site, english_words, address):
    visit = Visit(browser, site, DESKTOP)
    visit.page.goto(f"{site}/{address}?lang=ru")

    heard = [*visit.page.evaluate(HEARD, "body"), visit.page.title()]

    assert [each for each in heard if english_words.fullmatch(each)] == []
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
