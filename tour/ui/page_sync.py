"""After a step: focus on the new title, the language, links of ours that step in place, words for a lost connection."""

from functools import lru_cache, partial
from pathlib import Path

import streamlit as st

from tour.templating import render
from tour.ui.url_state import mark_handled, navigate_to, run_once
from tour.views.routing import Page

KEY = "tour-arrival"
_script = st.components.v2.component("tour_arrival", js=Path(__file__).with_name("page_sync.js").read_text("utf-8"))


def sync_browser(page: Page, ahead: dict[str, str]) -> None:
    """Tell the browser which page this is, and by which ways articles (their addresses) may be wanted next."""
    told = {"view": page.id, "language": page.language, "ahead": ahead, "away": _offline_html(page)}
    pressed = _script(key=KEY, data=told, on_link_change=_follow).link
    run_once(bool(pressed), partial(navigate_to, pressed))


@lru_cache(maxsize=2048)
def _offline_html(page: Page) -> str:
    """What is said while the server can't be reached."""
    return render("away.html", page.language, here=page.here)


def _follow() -> None:
    mark_handled(partial(navigate_to, st.session_state[KEY].link))
