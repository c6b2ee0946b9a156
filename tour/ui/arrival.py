"""After a step: focus on the new title, the page's language, and links of ours that step in place."""

from pathlib import Path

import streamlit as st

from tour.pages.pages import Page
from tour.ui.address import follow

KEY = "tour-arrival"
_script = st.components.v2.component("tour_arrival", js=Path(__file__).with_name("arrival.js").read_text("utf-8"))


def arrive(page: Page, ahead: dict[str, str]) -> None:
    """Tell the browser which page this is, and by which ways articles (their addresses) may be wanted next."""
    _script(key=KEY, data={"view": page.id, "language": page.language, "ahead": ahead}, on_link_change=_follow)


def _follow() -> None:
    follow(st.session_state[KEY].link)
