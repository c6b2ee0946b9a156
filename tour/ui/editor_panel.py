"""What a curator sees above the page while $TOUR_EDITING is 1: how the content stands, and what is wrong with it."""

import os
from datetime import date
from functools import lru_cache

import streamlit as st

from tour.content_store import store
from tour.curation.lint.lint import lint
from tour.curation.lint.rules import LintWarning
from tour.model import Exhibition
from tour.templating import render

REFRESH_INTERVAL = 1.0  # seconds between two looks at how the content stands
SHOWN = "tour-edition"


def show_panel() -> None:
    """The panel, if the site is a curator's; the page is drawn anew when an edit is taken over."""
    if os.environ.get("TOUR_EDITING") != "1":
        return
    st.session_state[SHOWN] = store().number
    with st.container(key="tour-editing"):
        _panel()


@st.fragment(run_every=REFRESH_INTERVAL)
def _panel() -> None:
    held = store()
    if held.number != st.session_state[SHOWN]:
        st.rerun()
    asked = () if held.problems else _advice(held.current(), date.today())
    st.html(render("editing.html", "en", problems=held.problems, since=held.since, advice=asked))


@lru_cache(maxsize=1)
def _advice(exhibition: Exhibition, today: date) -> tuple[LintWarning, ...]:
    """What an editor would ask for, worked out once an edition."""
    held = store()
    return tuple(sorted(set(lint(held.every(), held.data, held.media, today))))
