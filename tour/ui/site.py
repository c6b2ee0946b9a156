"""One page of the site: head, the view that the address asks for, notice if it asked for none of ours."""

import streamlit as st

from tour.edition import edition
from tour.model import Exhibition
from tour.problems import ContentError
from tour.render import render
from tour.ui import about_view, gallery_view, home_view, sources_view, stops_view, timeline_view, tour_view
from tour.ui.address import asked
from tour.ui.arrival import arrive
from tour.ui.view import LANGUAGE, View

VIEWS = {
    "stops": stops_view.of,
    "timeline": timeline_view.of,
    "gallery": gallery_view.of,
    "sources": sources_view.of,
    "about": about_view.of,
}


def draw() -> None:
    """Draw the page of the address; while there is no sound content, say so kindly."""
    try:
        exhibition = edition().current()
    except ContentError:
        st.set_page_config(page_title="Being prepared", layout="wide")
        st.html(render("unready.html", LANGUAGE))
        return
    view = _asked_view(exhibition)
    st.set_page_config(page_title=view.title, layout="wide", initial_sidebar_state="collapsed")
    with st.container(key="tour-page"):
        with st.container(key="tour-top"):
            st.html(render("head.html", LANGUAGE, exhibition=exhibition, view=asked("view")))
        view.draw()
        arrive(view, LANGUAGE)


def _asked_view(exhibition: Exhibition) -> View:
    """The view that the address asks for; the entry if it asks for none of ours."""
    if slug := asked("stop"):
        return tour_view.of(exhibition, slug)
    return VIEWS.get(asked("view"), home_view.of)(exhibition)
