"""What a curator sees above the page: the state of the content, its problems and warnings."""

from datetime import date

import streamlit as st

from tour.content_store import store
from tour.curation.lint.lint import lint
from tour.curation.lint.rules import LintWarning
from tour.model import Exhibition
from tour.model.instance_cache import instance_cache
from tour.templating import render

REFRESH_INTERVAL = 1.0  # seconds
VERSION = "tour-version"


def show_panel() -> None:
    """The panel; the page is drawn anew when a new version of the content is loaded."""
    st.session_state[VERSION] = store().version.number
    with st.container(key="tour-editor-panel"):
        _panel()


@st.fragment(run_every=REFRESH_INTERVAL)
def _panel() -> None:
    version, problems = store().version, store().problems
    if version.number != st.session_state[VERSION]:
        st.rerun()
    warnings = () if problems else _warnings(store().renderer().exhibition, date.today())
    st.html(render("editor_panel.html", "en", problems=problems, loaded_at=version.loaded_at, warnings=warnings))


@instance_cache
def _warnings(original: Exhibition, today: date) -> tuple[LintWarning, ...]:
    return tuple(sorted(set(lint(store().exhibitions(), store().data, store().media, today))))
