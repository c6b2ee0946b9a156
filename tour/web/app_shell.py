"""Our page injected into the HTML that Streamlit sends, so that it is there before the app has started."""

import logging
import re
from functools import cache
from html import escape

from tour.paths import STREAMLIT_STATIC_DIR

logger = logging.getLogger(__name__)

HTML = '<html lang="en">'
TITLE = "<title>Streamlit</title>"
APP = '<div id="root"></div>'
END_OF_HEAD = "</head>"
# Streamlit's scripts, a megabyte of them, wait in a template until the page is painted: app_loader.js inserts them.
SCRIPTS = re.compile(r'<script type="module"[^>]*></script>(\s*<link rel="modulepreload"[^>]*>)*')
# Streamlit asks at once for its whole typeface; our head asks for the part of it that the page's language needs.
TYPEFACE = re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*>')
# Streamlit tells a browser without JavaScript to turn it on; our page can be read as it is.
NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)


@cache
def streamlit_html() -> str:
    """The page that Streamlit sends; logs once if its shape is unknown."""
    html = (STREAMLIT_STATIC_DIR / "index.html").read_text("utf-8")
    if not is_supported(html):
        logger.warning("Streamlit's page has another shape: ours shows only once the app has started.")
    return html


def inject_page(shell: str, language: str, title: str, head: str, body: str) -> str:
    """Streamlit's HTML with our language, title, head and first paint.

    The body stands beside the app's own element, which React clears when it starts. HTML of an unknown shape gets our
    head alone: the app then shows its page when it has started, as any other does.
    """
    if not is_supported(shell):
        return shell.replace(END_OF_HEAD, head + END_OF_HEAD, 1)
    shell = TYPEFACE.sub("", shell, count=1)
    shell = SCRIPTS.sub(lambda scripts: f'<template id="tour-app">{scripts[0]}</template>', shell)
    # The head comes early: what the first paint needs is asked for at once.
    for mark, ours in (
        (HTML, f'<html lang="{escape(language)}">'),
        (TITLE, f"<title>{escape(title)}</title>{head}"),
        (APP, f'<div id="tour-server-page" class="tour-static">{body}</div>{APP}'),
    ):
        shell = shell.replace(mark, ours, 1)
    return NOSCRIPT.sub("", shell, count=1)


def is_supported(shell: str) -> bool:
    """Whether every place that we replace is there, once."""
    return all(shell.count(mark) == 1 for mark in (HTML, TITLE, APP)) and all(
        len(pattern.findall(shell)) == 1 for pattern in (SCRIPTS, TYPEFACE, NOSCRIPT)
    )
