"""After a step: focus on the new title, the language, links of ours that step in place, words for a lost connection."""

from functools import lru_cache, partial
from pathlib import Path

import streamlit as st

from tour.pages.pages import Page
from tour.render import render
from tour.ui.address import follow
from tour.ui.step import once, stepped

KEY = "tour-arrival"
_script = st.components.v2.component("tour_arrival", js=Path(__file__).with_name("arrival.js").read_text("utf-8"))


def arrive(page: Page, ahead: dict[str, str]) -> None:
    """Tell the browser which page this is, and by which ways articles (their addresses) may be wanted next."""
    told = {"view": page.id, "language": page.language, "ahead": ahead, "away": _away(page)}
    pressed = _script(key=KEY, data=told, on_link_change=_follow).link
    once(bool(pressed), partial(follow, pressed))


@lru_cache(maxsize=2048)
def _away(page: Page) -> str:
    """What is said while the server can't be reached."""
    return render("away.html", page.language, here=page.here)


def _follow() -> None:
    stepped(partial(follow, st.session_state[KEY].link))
