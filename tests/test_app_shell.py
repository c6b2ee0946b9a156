"""Our page in the HTML that Streamlit sends."""

import re

from tour.paths import STREAMLIT_STATIC_DIR
from tour.web.app_shell import APP, inject_page, is_supported

SHELL = (STREAMLIT_STATIC_DIR / "index.html").read_text("utf-8")


def test_streamlits_page_still_has_the_shape_that_we_fill():
    assert is_supported(SHELL), "Streamlit's index.html has changed: look at tour/web/app_shell.py"


def test_language_title_head_and_page_are_filled_in():
    page = inject_page(SHELL, "ru", "A & B", '<meta name="x">', "<p>Here</p>")

    assert '<html lang="ru">' in page
    assert '<title>A &amp; B</title><meta name="x">' in page
    assert f'<div id="tour-server-page" class="tour-static"><p>Here</p></div>{APP}' in page


def test_nobody_is_told_to_turn_javascript_on():
    assert "enable JavaScript" in SHELL
    assert "enable JavaScript" not in inject_page(SHELL, "en", "", "", "")


def test_streamlits_scripts_wait_for_the_page():
    before, template, after = re.split(
        r'<template id="tour-app">(.*?)</template>', inject_page(SHELL, "en", "", "", ""), flags=re.S
    )

    assert template.count("<script") == 1
    assert "static/js" not in before + after


def test_streamlits_whole_typeface_is_not_requested():
    assert "SourceSans" in SHELL
    assert "SourceSans" not in inject_page(SHELL, "en", "", "", "")


def test_all_that_streamlit_needs_stays():
    page = inject_page(SHELL, "en", "", "", "")

    assets = re.findall(r'"\./static/(?:js|css)/[^"]+"', SHELL)
    assert assets
    assert [address for address in assets if page.count(address) != 1] == []


def test_a_page_of_another_shape_gets_our_head_and_keeps_its_own_body():
    page = inject_page(
        "<html><head></head><body><main></main></body></html>", "ru", "Title", "<style></style>", "<p>Here</p>"
    )

    assert page == "<html><head><style></style></head><body><main></main></body></html>"
