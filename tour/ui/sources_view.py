"""Every source in one list."""

from functools import partial

import streamlit as st

from tour.model import Exhibition
from tour.render import render
from tour.ui.view import LANGUAGE, View


def of(exhibition: Exhibition) -> View:
    return View("sources", f"Sources – {exhibition.short_title}", partial(_show, exhibition))


def _show(exhibition: Exhibition) -> None:
    sources = sorted(exhibition.sources.values(), key=lambda source: (source.publisher.casefold(), source.title))
    st.html(render("sources.html", LANGUAGE, sources=sources))
