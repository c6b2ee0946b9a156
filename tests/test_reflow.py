"""Every page at 320 pixels, with text twice as large, on a phone: nothing cut, nothing sideways, the way on in view."""

import pytest

from tests.browser import LANGUAGES, Visit, all_pages

SCREENS = {
    "320 wide": ({"width": 320, "height": 640}, "100%"),
    "a phone": ({"width": 390, "height": 844}, "100%"),
    "large text on a desk screen": ({"width": 1280, "height": 800}, "200%"),
    "large text on a phone": ({"width": 390, "height": 844}, "200%"),
}
# What is out of place on the page: a map and a picture that one looks at close up are cut on purpose.
OUT_OF_PLACE = """() => {
  const app = document.querySelector("#root main");
  const width = document.documentElement.clientWidth;
  const meant = `.tour-visually-hidden, .tour-skip-link, .tour-progress-segments, .tour-progress-count,
    .tour-detail-frame, .tour-comparison-frame, .st-key-tour-map, .st-key-tour-page-sync`;
  const problems = app.scrollWidth > app.clientWidth + 1 ? ["the page goes sideways"] : [];
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
  if (!isInView(app.querySelector("h1"))) problems.push("the title is out of view");
  if (next && !isInView(next)) problems.push("Next is out of view");
  return problems;
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_fits_every_screen(browser, site, exhibition, language):
    visit = Visit(browser, site, {"viewport": {"width": 1280, "height": 800}})
    problems = {}

    for query in all_pages(exhibition, language):
        page = visit.open(query)
        for name, (size, text) in SCREENS.items():
            page.set_viewport_size(size)
            page.evaluate("size => { document.documentElement.style.fontSize = size }", text)
            page.evaluate("document.querySelector('#root main').scrollTo(0, 0)")
            problems[f"{query} at {name}"] = page.evaluate(OUT_OF_PLACE)

    assert {where: each for where, each in problems.items() if each} == {}
    visit.context.close()
