"""After a step: focus on the new title, the language, links of ours that step in place, words for a lost connection."""

from functools import partial
from pathlib import Path

import streamlit as st

from tour.pages.pages import Page
from tour.render import render
from tour.ui.address import follow
from tour.ui.step import once, stepped

KEY = "tour-arrival"
_script = st.components.v2.component("tour_arrival", js=Path(__file__).with_name("arrival.js").read_text("utf-8"))


def arrive(page: Page, ahead: tuple[str, ...]) -> None:
    """Tell the browser which page this is and which pictures (HTML) may be wanted next."""
    away = render("away.html", page.language, here=page.here)
    told = {"view": page.id, "language": page.language, "ahead": ahead, "away": away}
    pressed = _script(key=KEY, data=told, on_link_change=_follow).link
    once(bool(pressed), partial(follow, pressed))


def _follow() -> None:
    stepped(partial(follow, st.session_state[KEY].link))
