"""About: what this is, who says so, and every source in one list."""

from functools import partial

import streamlit as st

from tour.article import render
from tour.model import Exhibition
from tour.ui.view import LANGUAGE, View


def of(exhibition: Exhibition) -> View:
    return View("about", f"About – {exhibition.short_title}", partial(_show, exhibition))


def _show(exhibition: Exhibition) -> None:
    sources = sorted(
        exhibition.sources.values(), key=lambda source: (source.publisher.casefold(), source.title.casefold())
    )
    st.html(render("about.html", LANGUAGE, exhibition=exhibition, sources=sources))
