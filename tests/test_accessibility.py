"""Documents without the app are open to all: nothing that axe-core or HTML_CodeSniffer finds."""

import pytest

from tests.accessibility import violations
from tests.browser import LANGUAGES, PAGE_COLOURS, Visit, wait_for_colours
from tests.conftest import slow

DOCUMENTS = (
    *("?stop=broadgate", "?stop=panorama-museum", "?view=find", "?view=lesson"),
    *("evidence?", "nowhere?", *slow("text?", "print?")),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", DOCUMENTS)
def test_a_page_without_the_app_is_open_to_all(browser, site, address, language, device):
    visit = Visit(browser, site, device)
    visit.page.route("**/static/js/**", lambda route: route.abort())
    visit.page.goto(f"{site}/{address}&lang={language}")
    results = {}

    for scheme in PAGE_COLOURS:
        visit.page.emulate_media(color_scheme=scheme)
        wait_for_colours(visit.page, scheme)
        results[scheme] = violations(visit.page)

    assert {scheme: each for scheme, each in results.items() if each} == {}
    visit.context.close()
