"""One page of the site as Streamlit draws it: head, what the address asks for, and word to the browser of the step."""

import streamlit as st

from tour.edition import edition
from tour.model import Exhibition
from tour.pages import Page, page_at, parts
from tour.problems import ContentError
from tour.render import render
from tour.ui import home_view, tour_view
from tour.ui.address import asked
from tour.ui.arrival import arrive


def draw() -> None:
    """Draw the page of the address; while there is no sound content, say so kindly."""
    try:
        exhibition = edition().current()
    except ContentError:
        st.set_page_config(page_title="Being prepared", layout="wide")
        st.html(render("unready.html", "en"))
        return
    page = page_at(exhibition, asked())
    st.set_page_config(page_title=page.title, layout="wide", initial_sidebar_state="collapsed")
    with st.container(key="tour-page"):
        with st.container(key="tour-top"):
            st.html(render("head.html", page.language, exhibition=exhibition, view=page.name))
        _show(exhibition, page)
        arrive(page, tour_view.ahead(exhibition, page))


def _show(exhibition: Exhibition, page: Page) -> None:
    if page.here:
        tour_view.show(exhibition, page)
    elif page.name == "home":
        home_view.show(exhibition, page)
    else:
        st.html(parts(exhibition, page, edition().media)[0])
