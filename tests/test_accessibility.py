"""Documents without the app are open to all: nothing that axe-core or HTML_CodeSniffer finds."""

import pytest

from tests.accessibility import violations
from tests.browser import DESKTOP, LANGUAGES, PAGE_COLOURS, PHONE, Visit, wait_for_colours

DOCUMENTS = (
    *("?stop=broadgate", "?stop=panorama-museum", "?view=find", "?view=lesson"),
    *("text?", "print?", "evidence?", "nowhere?"),
)


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_without_the_app_is_open_to_all(browser, site, device, language):
    visit = Visit(browser, site, device)
    visit.page.route("**/static/js/**", lambda route: route.abort())
    results = {}

    for address in DOCUMENTS:
        visit.page.goto(f"{site}/{address}&lang={language}")
        for scheme in PAGE_COLOURS:
            visit.page.emulate_media(color_scheme=scheme)
            wait_for_colours(visit.page, scheme)
            results[address, scheme] = violations(visit.page)

    assert {page: each for page, each in results.items() if each} == {}
    visit.context.close()
