"""One page of the site as Streamlit draws it: head, what the address asks for, and word to the browser of the step."""

import logging
from collections.abc import Callable

import streamlit as st

from tour.edition import edition
from tour.model import Exhibition
from tour.pages.page_parts import head, parts
from tour.pages.pages import Page, page_at
from tour.problems import ContentError
from tour.render import constant, render
from tour.ui import address, home_view, tour_view
from tour.ui.arrival import arrive
from tour.ui.editing import show_panel
from tour.ui.failure import tell_kindly
from tour.words import writer


def draw() -> None:
    """Draw the page of the address."""
    kindly(_page)


def kindly(page: Callable[[], None]) -> None:
    """Draw that page, or tell kindly that it can't be drawn."""
    try:
        page()
    # Whatever it is, those who run the site find it in the log; Streamlit's own ways out are no Exception.
    except Exception as error:
        logging.getLogger("tour").exception("A page was not drawn.")
        tell_kindly(error)


def _page() -> None:
    """While there is no sound content it says so kindly."""
    show_panel()
    try:
        exhibition = address.exhibition()
    except ContentError:
        _being_prepared()
        return
    page = page_at(exhibition, address.asked())
    st.set_page_config(page_title=page.title, layout="wide", initial_sidebar_state="collapsed")
    with st.container(key="tour-page"):
        st.html(constant("skip.html", page.language))
        # Before all else in the order of tabs, below all else on the screen.
        if page.here:
            tour_view.show_foot(page)
        st.html(head(exhibition, page))
        with st.container(key="tour-main"):
            _show(exhibition, page)
        arrive(page, tour_view.ahead(page))


def _being_prepared() -> None:
    language = address.interface_language()
    _ = writer(language)
    st.set_page_config(page_title=_("The exhibition is being prepared"), layout="wide")
    st.html(render("unready.html", language))


def _show(exhibition: Exhibition, page: Page) -> None:
    if page.here:
        tour_view.show(exhibition, page)
    elif page.name == "home":
        home_view.show(exhibition, page)
    else:
        held = edition()
        st.html(parts(exhibition, page, held.media, others=held.others(exhibition))[0])
