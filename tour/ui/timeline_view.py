"""The timeline: dated events, each leading to its stop."""

from functools import partial

import streamlit as st

from tour.chronology import decades
from tour.model import Exhibition
from tour.render import render
from tour.ui.view import LANGUAGE, View


def of(exhibition: Exhibition) -> View:
    return View("timeline", f"Timeline – {exhibition.short_title}", partial(_show, exhibition))


def _show(exhibition: Exhibition) -> None:
    st.html(render("timeline.html", LANGUAGE, exhibition=exhibition, decades=decades(exhibition)))
