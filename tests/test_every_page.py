"""Every page of the app: open to all, still, within every screen, in one language, and with nothing refused."""

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import violations
from tests.browser import (
    LANGUAGES,
    LAYOUT_SHIFT,
    LOG_CSP_VIOLATIONS,
    PAGE_COLOURS,
    Visit,
    all_pages,
    wait_for_colours,
)
from tests.conftest import PROJECT_ROOT, load_valid
from tests.interface_words import english_words

PAGES = [*all_pages(load_valid(PROJECT_ROOT / "data", PROJECT_ROOT / "media")), "?stop=nowhere"]
# Width, height and size of text.
SCREENS = [
    *((320, 640, "100%"), (390, 844, "100%"), (820, 1180, "100%"), (1280, 800, "100%"), (1920, 1080, "100%")),
    *((390, 844, "200%"), (1280, 800, "200%")),
]
# What is out of place on the page: a map and a picture that one looks at close up are cut on purpose.
OUT_OF_PLACE = """() => {
  const app = document.querySelector("#root main");
  const width = document.documentElement.clientWidth;
  const meant = `.tour-visually-hidden, .tour-skip-link, .tour-progress-segments, .tour-progress-count,
    .tour-detail-frame, .tour-comparison-frame, .st-key-tour-map, .st-key-tour-page-sync`;
  const { scrollingElement } = document;
  const scrolls = (each) =>
    each.scrollWidth > each.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(each).overflowX);
  const problems = [scrollingElement, app].some((each) => each.scrollWidth > width + 1)
    || [...app.querySelectorAll("*")].some(scrolls) ? ["the page goes sideways"] : [];
  for (const each of app.querySelectorAll(".st-key-tour-page *")) {
    const box = each.getBoundingClientRect();
    const { visibility, overflowX } = getComputedStyle(each);
    if (visibility === "hidden" || !box.width || !box.height || each.closest(meant)) continue;
    const name = `${each.localName} ${each.className} ${each.innerText ?? ""}`.slice(0, 60);
    if (box.right > width + 1 || box.left < -1) problems.push(`outside: ${name}`);
    if (overflowX !== "visible" && each.scrollWidth > each.clientWidth + 1) problems.push(`cut: ${name}`);
  }
  const isInView = (element) => {
    const box = element.getBoundingClientRect();
    const top = document.elementFromPoint((box.left + box.right) / 2, box.top + 2);
    const bottom = document.elementFromPoint((box.left + box.right) / 2, box.bottom - 2);
    return box.top >= 0 && box.bottom <= innerHeight && element.contains(top) && element.contains(bottom);
  };
  const next = app.querySelector(".st-key-tour-next button");
  // An unknown stop has its notice before the title.
  const isFirst = !app.querySelector(".tour-notice");
  if (isFirst && !isInView(app.querySelector("h1"))) problems.push("the title is out of view");
  if (next && !isInView(next)) problems.push("Next is out of view");
  return problems;
}"""


@pytest.mark.parametrize("scheme", PAGE_COLOURS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", PAGES)
def test_a_page(browser, site, query, language, device, scheme):
    visit = Visit(browser, site, device | {"color_scheme": scheme})
    visit.context.add_init_script(LOG_CSP_VIOLATIONS)
    page = visit.open(f"{query}&lang={language}")
    if query.startswith("?stop="):
        page.frame_locator("iframe").locator(".tour-pin.tour-current").wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    wait_for_colours(page, scheme)
    # Streamlit says its shortcuts in English until ours is said, a moment after the page is there.
    expect(page.locator("kbd[aria-label]")).to_have_count(0)

    problems = {
        "layout shift": [shift for shift in [page.evaluate(LAYOUT_SHIFT)] if shift >= 0.02],
        "violations": violations(page),
        "English words": english_words(page) if language == "ru" else [],
        "out of place": [(*screen, each) for screen in SCREENS for each in _out_of_place(page, *screen)],
        "errors": visit.errors,
        "requests": visit.foreign_requests,
    }

    assert {kind: each for kind, each in problems.items() if each} == {}
    visit.context.close()


def _out_of_place(page: Page, width: int, height: int, text: str) -> list[str]:
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("size => { document.documentElement.style.fontSize = size }", text)
    page.evaluate("document.querySelector('#root main').scrollTo(0, 0)")
    return page.evaluate(OUT_OF_PLACE)
