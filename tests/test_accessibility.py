"""Nothing that axe-core finds against WCAG 2.0 to 2.2, levels A and AA, on any page, in the map's frame too."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.test_browser import DESK, PHONE, Visit

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
VIEWS = ("stops", "find", "find&words=Stalingrad", "timeline", "gallery", "sources", "lesson", "about")
LANGUAGES = ("en", "ru")
DEVICES = pytest.mark.parametrize("device", [DESK, PHONE], ids=["desk", "phone"])


def every_page(exhibition, language: str) -> list[str]:
    stops = [f"?stop={stop.slug}" for stop in exhibition.stops]
    return [f"{each}&lang={language}" for each in ("?view=home", *(f"?view={view}" for view in VIEWS), *stops)]


# Streamlit follows the system's scheme a moment later.
LINEN = {"light": "rgb(247, 242, 232)", "dark": "rgb(21, 27, 37)"}
IS_PAINTED = """linen => {
  const page = document.querySelector("#root > * .stApp") ?? document.querySelector(".tour-static");
  return getComputedStyle(page).backgroundColor === linen;
}"""


def faults(page) -> list[str]:
    """What axe finds by day and by night."""
    found = []
    for scheme, linen in LINEN.items():
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(IS_PAINTED, arg=linen)
        violations = Axe().run(page, options=RULES).response["violations"]
        found += [f"{scheme} {each['id']}: {node['target']}" for each in violations for node in each["nodes"]]
    return found


@DEVICES
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_app_is_open_to_all(browser, site, exhibition, device, language):
    visit = Visit(browser, site, device)

    found = {query: faults(visit.open(query)) for query in [*every_page(exhibition, language), "?stop=nowhere"]}

    assert {query: each for query, each in found.items() if each} == {}
    visit.context.close()


@DEVICES
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_without_the_app_is_open_to_all(browser, site, device, language):
    visit = Visit(browser, site, device)
    visit.page.route("**/static/js/**", lambda route: route.abort())

    for address in (
        "?stop=broadgate",
        "?stop=panorama-museum",
        "?view=find",
        "text?",
        "print?",
        "evidence?",
        "nowhere?",
    ):
        visit.page.goto(f"{site}/{address}&lang={language}")
        assert faults(visit.page) == [], address
    visit.context.close()
