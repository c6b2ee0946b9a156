"""Old browsers: a visitor reads, walks by Next, enlarges pictures and uses the menu, with the app or without it.

The app needs Chrome 119, Firefox 121 or Safari 17.4: Streamlit starts with Promise.withResolvers, which came last
of what it uses without asking for it (Array.prototype.toSorted, AbortSignal.timeout, lookbehind in patterns, static
blocks in classes). An older browser keeps the server's page.
"""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import Visit, map_of

pytestmark = pytest.mark.browser

# What a browser that can run the app may lack: Safari requestIdleCallback, Firefox 121 popovers. The others are older.
WITHOUT_RECENT = """
const remove = (object, ...names) => names.forEach((name) => Reflect.deleteProperty(object, name));
remove(window, "requestIdleCallback", "cancelIdleCallback", "structuredClone", "ToggleEvent", "Highlight");
remove(HTMLElement.prototype, "popover", "showPopover", "hidePopover", "togglePopover", "onbeforetoggle", "inert");
remove(HTMLButtonElement.prototype, "popoverTargetElement", "popoverTargetAction");
remove(Element.prototype, "role", ...Object.keys(Element.prototype).filter((name) => name.startsWith("aria")));
remove(Document.prototype, "adoptedStyleSheets");
remove(ShadowRoot.prototype, "adoptedStyleSheets");
remove(CSSStyleSheet.prototype, "replace", "replaceSync");
remove(CSS, "highlights");
remove(Object, "groupBy");
remove(Map, "groupBy");
remove(Array.prototype, "findLast", "findLastIndex");
window.CSSStyleSheet = function () { throw new TypeError("Illegal constructor"); };
// An attribute without a meaning, and a selector that is an error.
new MutationObserver(() => {
  for (const element of document.querySelectorAll("[popover], [popovertarget]")) {
    element.removeAttribute("popover");
    element.removeAttribute("popovertarget");
  }
}).observe(document, { childList: true, subtree: true });
for (const { prototype } of [Document, DocumentFragment, Element]) {
  for (const name of ["querySelector", "querySelectorAll", "matches", "closest"]) {
    const original = prototype[name];
    if (original) prototype[name] = function (selector) {
      if (selector.includes(":popover-open")) throw new SyntaxError(`${selector} is not a valid selector.`);
      return original.call(this, selector);
    };
  }
}
"""
WITHOUT_WHAT_STREAMLIT_NEEDS = f"""{WITHOUT_RECENT}
remove(Promise, "withResolvers");
remove(Array.prototype, "at", "toSorted", "toReversed", "toSpliced", "with");
remove(String.prototype, "at");
remove(AbortSignal, "timeout", "any");
remove(Object, "hasOwn");
remove(window, "PerformanceObserver");
"""
WITHOUT_DIALOGS = f"""{WITHOUT_WHAT_STREAMLIT_NEEDS}
remove(window, "HTMLDialogElement");
"""
RECENT_CSS = {":popover-open": ":unknown"}
OLDER_CSS = RECENT_CSS | {
    ":has(": ":unknown(",
    "@container": "@unknown",
    "dvh": "unknown",
    "overflow: clip": "overflow: unknown",
}
IS_WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
STEPS = 5


def visit_of(browser, site, device, script: str, css: dict[str, str]) -> Visit:
    """A visitor whose browser lacks what the script removes, and what is replaced in style sheets."""
    visit = Visit(browser, site, device)
    visit.context.add_init_script(script)

    def weaken(route: Route) -> None:
        response = route.fetch()
        sheet = response.text()
        for recent, unknown in css.items():
            sheet = sheet.replace(recent, unknown)
        route.fulfill(response=response, body=sheet)

    visit.context.route(re.compile(r"/files/\w+\.css"), weaken)
    return visit


@pytest.fixture
def recent(browser, site, device):
    """As old as the app allows."""
    visit = visit_of(browser, site, device, WITHOUT_RECENT, RECENT_CSS)
    yield visit
    visit.context.close()
    assert visit.errors == []


@pytest.fixture
def older(browser, site, device):
    """Too old for the app."""
    visit = visit_of(browser, site, device, WITHOUT_WHAT_STREAMLIT_NEEDS, OLDER_CSS)
    yield visit
    visit.context.close()
    assert visit.errors == []


@pytest.fixture
def oldest(browser, site, device):
    """Too old for dialogs as well."""
    visit = visit_of(browser, site, device, WITHOUT_DIALOGS, OLDER_CSS)
    yield visit
    visit.context.close()


def open_page(visit: Visit, query: str) -> Page:
    visit.page.goto(f"{visit.site}/{query}")
    return visit.page


def test_the_app_works_without_recent_interfaces(recent, exhibition):
    page = recent.open("?stop=council-house")
    expect(map_of(page).get_by_role("button", name=re.compile(r"^1\. "))).to_be_attached()

    for stop in exhibition.stops[1 : STEPS + 1]:
        page.get_by_role("button", name="Next").click()
        recent.at(stop)
        expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_the_app_enlarges_a_picture_without_recent_interfaces(recent):
    page = recent.open("?stop=gerhardts-mill")

    page.get_by_role("link", name=re.compile("^Enlarge")).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("button", name="Close").click()

    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_apps_menu_opens_without_recent_interfaces(recent):
    page = recent.open("?stop=gerhardts-mill")

    page.get_by_role("link", name="Timeline").click()

    expect(page.get_by_role("heading", level=1, name="Timeline")).to_be_visible()
    assert not page.evaluate(IS_WIDER)


def test_a_browser_that_cannot_run_the_app_walks_by_links(older, exhibition):
    page = open_page(older, "?stop=council-house")

    for stop in exhibition.stops[1 : STEPS + 1]:
        page.get_by_role("link", name=re.compile("^Next: ")).click()
        older.at(stop)
        expect(page.locator("#root > *")).to_have_count(0)
        expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
        assert not page.evaluate(IS_WIDER)


def test_a_browser_that_cannot_run_the_app_loads_none_of_it(older):
    requests: list[str] = []
    older.page.on("request", lambda request: requests.append(request.url))
    page = open_page(older, "?stop=council-house")
    page.wait_for_load_state("networkidle")

    assert any("/files/visited.js" in url for url in requests)
    assert not any("/static/js/" in url for url in requests)


def test_a_browser_that_cannot_run_the_app_shows_the_drawn_map(older):
    page = open_page(older, "?stop=gerhardts-mill")

    picture = page.get_by_role("img", name=re.compile("^Map: ")).locator("..")
    picture.scroll_into_view_if_needed()

    box = picture.bounding_box()
    assert box["height"] >= 180
    assert box["width"] >= 300


def test_a_browser_that_cannot_run_the_app_enlarges_a_picture(older):
    page = open_page(older, "?stop=gerhardts-mill")

    page.get_by_role("link", name=re.compile("^Enlarge")).first.click()

    box = page.get_by_role("dialog").bounding_box()
    assert (box["width"], box["height"]) == tuple(page.viewport_size.values())
    assert page.get_by_role("dialog").get_by_role("img").bounding_box()["height"] > 200
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_browser_without_dialogs_shows_the_pictures_file(oldest):
    page = open_page(oldest, "?stop=gerhardts-mill")
    page.wait_for_load_state("networkidle")
    # Not afterwards: Chromium's own page of a picture has a style that our policy refuses.
    assert oldest.errors == []

    page.get_by_role("link", name=re.compile("^Enlarge")).first.click()

    page.wait_for_url(re.compile(r"/images/[\w-]+\.jpg$"))


def test_a_browser_that_cannot_run_the_app_has_its_menu(older):
    page = open_page(older, "?stop=gerhardts-mill")
    link = page.get_by_role("link", name="Timeline")
    expect(link).to_be_in_viewport(ratio=1)

    link.click()

    expect(page.get_by_role("heading", level=1, name="Timeline")).to_be_visible()
    assert not page.evaluate(IS_WIDER)
