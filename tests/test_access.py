"""Nothing that axe-core finds against WCAG 2.0 to 2.2, levels A and AA, on any page, in the map's frame too."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.test_browser import DESK, PHONE, Visit

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
VIEWS = ["", *(f"?view={name}" for name in ("stops", "timeline", "gallery", "sources", "about")), "?stop=nowhere"]


def faults(page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_of_the_app_is_open_to_all(browser, site, exhibition, device, scheme):
    visit = Visit(browser, site, {**device, "color_scheme": scheme})
    stops = [f"?stop={stop.slug}" for stop in exhibition.stops]

    found = {query: faults(visit.open(query)) for query in [*VIEWS, *stops]}

    assert {query: each for query, each in found.items() if each} == {}
    visit.context.close()


@pytest.mark.parametrize("device", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_without_the_app_is_open_to_all(browser, site, device):
    visit = Visit(browser, site, device)
    visit.page.route("**/static/js/**", lambda route: route.abort())

    for address in ("?stop=broadgate", "?stop=panorama-museum", "", "text", "print", "nowhere"):
        visit.page.goto(f"{site}/{address}")
        assert faults(visit.page) == [], address
    visit.context.close()
