"""One page of the site as Streamlit draws it: head, what the address asks for, and word to the browser of the step."""

import logging
from collections.abc import Callable

import streamlit as st

from tour.content.problems import ContentError
from tour.content_store import store
from tour.i18n import gettext_for
from tour.model import Exhibition
from tour.templating import render, render_static
from tour.ui import stop_view, url_state
from tour.ui.editor_panel import show_panel
from tour.ui.page_sync import sync_browser
from tour.ui.url_state import interface_language, start, step_button
from tour.views.fragments import page_fragments, site_header
from tour.views.routing import Page, resolve


def draw() -> None:
    """Draw the page of the address."""
    with_error_page(_page)


def with_error_page(page: Callable[[], None]) -> None:
    """Draw that page, or tell kindly that it can't be drawn."""
    try:
        page()
    # Whatever it is, those who run the site find it in the log; Streamlit's own ways out are no Exception.
    except Exception as error:
        logging.getLogger("tour").exception("A page was not drawn.")
        show_error_page(error)


def _page() -> None:
    """While there is no sound content it says so kindly."""
    show_panel()
    try:
        exhibition = url_state.exhibition()
    except ContentError:
        _maintenance()
        return
    page = resolve(exhibition, url_state.query())
    st.set_page_config(page_title=page.title, layout="wide", initial_sidebar_state="collapsed")
    with st.container(key="tour-page"):
        st.html(render_static("skip.html", page.language))
        # Before all else in the order of tabs, below all else on the screen.
        if page.here:
            stop_view.show_navigation(page)
        st.html(site_header(exhibition, page))
        with st.container(key="tour-main"):
            _show(exhibition, page)
        sync_browser(page, stop_view.ahead(page))


def _maintenance() -> None:
    language = url_state.interface_language()
    _ = gettext_for(language)
    st.set_page_config(page_title=_("The exhibition is being prepared"), layout="wide")
    st.html(render("unready.html", language))


def _show(exhibition: Exhibition, page: Page) -> None:
    if page.here:
        stop_view.show(exhibition, page)
    elif page.name == "home":
        show(exhibition, page)
    else:
        held = store()
        st.html(page_fragments(exhibition, page, held.media, others=held.others(exhibition))[0])


def show_error_page(error: Exception) -> bool:
    """Whatever it was; True, so that Streamlit adds nothing."""
    st.html(render("failed.html", interface_language()))
    return True


def show(exhibition: Exhibition, page: Page) -> None:
    _ = gettext_for(page.language)
    opening, rest = page_fragments(exhibition, page, store().media)
    st.html(opening)
    with st.container(key="tour-start"):
        step_button(_("Start the tour"), "start", start, type="primary")
    st.html(rest)
