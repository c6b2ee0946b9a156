"""What a curator sees above the page while $TOUR_EDITING is 1: how the content stands, and what is wrong with it."""

import os

import streamlit as st

from tour.edition import edition
from tour.render import render

EVERY = 1.0  # seconds between two looks at how the content stands
SHOWN = "tour-edition"


def show_panel() -> None:
    """The panel, if the site is a curator's; the page is drawn anew when an edit is taken over."""
    if os.environ.get("TOUR_EDITING") != "1":
        return
    st.session_state[SHOWN] = edition().number
    with st.container(key="tour-editing"):
        _panel()


@st.fragment(run_every=EVERY)
def _panel() -> None:
    held = edition()
    if held.number != st.session_state[SHOWN]:
        st.rerun()
    st.html(render("editing.html", "en", problems=held.problems, since=held.since, data=held.data))
