"""Nothing that axe-core finds against WCAG 2.0 to 2.2, levels A and AA, on any page, in the map's frame too."""

import pytest

from tests.browser import DESKTOP, LANGUAGES, PHONE, Visit, accessibility_violations, all_pages

DEVICES = pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desk", "phone"])


@DEVICES
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_app_is_open_to_all(browser, site, exhibition, device, language):
    visit = Visit(browser, site, device)

    violations = {
        query: accessibility_violations(visit.open(query))
        for query in [*all_pages(exhibition, language), "?stop=nowhere"]
    }

    assert {query: each for query, each in violations.items() if each} == {}
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
        assert accessibility_violations(visit.page) == [], address
    visit.context.close()
