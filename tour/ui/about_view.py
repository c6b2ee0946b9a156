"""About: what this is and how it was made."""

from functools import partial

import streamlit as st

from tour.model import Exhibition
from tour.render import render
from tour.ui.view import LANGUAGE, View


def of(exhibition: Exhibition) -> View:
    return View("about", f"About – {exhibition.short_title}", partial(_show, exhibition))


def _show(exhibition: Exhibition) -> None:
    st.html(render("about.html", LANGUAGE, exhibition=exhibition))
