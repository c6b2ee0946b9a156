"""After a step: focus on the new title, the page's language, and links of ours that step in place."""

from pathlib import Path

import streamlit as st

from tour.ui.address import follow
from tour.ui.view import View

KEY = "tour-arrival"
_script = st.components.v2.component("tour_arrival", js=Path(__file__).with_name("arrival.js").read_text("utf-8"))


def arrive(view: View, language: str) -> None:
    """Tell the browser which view this is; a change of view moves focus to its title."""
    _script(key=KEY, data={"view": view.name, "language": language, "ahead": view.ahead}, on_link_change=_follow)


def _follow() -> None:
    follow(st.session_state[KEY].link)
