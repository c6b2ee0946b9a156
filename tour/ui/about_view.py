"""About: what this is, who says so, and every source in one list."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from tour.article import render
from tour.model import Exhibition

LANGUAGE = "en"


def of(exhibition: Exhibition) -> tuple[str, str, Callable[[], None]]:
    """Tab title, name of the view, and what draws it."""
    return f"About – {exhibition.short_title}", "about", partial(_show, exhibition)


def _show(exhibition: Exhibition) -> None:
    sources = sorted(
        exhibition.sources.values(), key=lambda source: (source.publisher.casefold(), source.title.casefold())
    )
    st.html(render("about.html", LANGUAGE, exhibition=exhibition, sources=sources))
