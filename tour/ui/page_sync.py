"""After each step: what the browser needs to know of the new page, and which link of ours the visitor followed."""

from functools import partial
from pathlib import Path

import streamlit as st

from tour.ui.url_state import navigate_to, run_once, step_in_callback
from tour.views.renderer import SiteRenderer
from tour.views.routing import Page

KEY = "tour-page-sync"
_script = st.components.v2.component("tour_page_sync", js=Path(__file__).with_name("page_sync.js").read_text("utf-8"))


def sync_browser(renderer: SiteRenderer, page: Page, prefetch: dict[str, str]) -> None:
    """Tell the browser which page this is, and what to prefetch: URLs of articles by direction."""
    offline = renderer.offline(page.position)
    data = {"view": page.id, "language": page.language, "prefetch": prefetch, "offline": offline}
    pressed = _script(key=KEY, data=data, on_link_change=_follow).link
    run_once(bool(pressed), partial(navigate_to, pressed))


def _follow() -> None:
    step_in_callback(partial(navigate_to, st.session_state[KEY].link))
