"""A page of the site as Streamlit draws it: navigation, header, what the URL asks for, and the browser's update."""

import logging
from collections.abc import Callable

import streamlit as st

from tour.content.problems import ContentError
from tour.i18n import gettext_for
from tour.settings import settings
from tour.templating import render, render_static
from tour.ui import stop_view, url_state
from tour.ui.page_sync import sync_browser
from tour.views.renderer import SiteRenderer
from tour.views.routing import Page, resolve

logger = logging.getLogger(__name__)


def draw() -> None:
    """Draw the page of the URL."""
    with_error_page(_page)


def with_error_page(page: Callable[[], None]) -> None:
    """Draw that page, or an error page in its place."""
    try:
        page()
    # Whatever it is, those who run the site find it in the log; Streamlit's own control flow is no Exception.
    except Exception as error:
        logger.exception("A page was not drawn.")
        show_error_page(error)


def show_error_page(error: Exception) -> bool:
    """A friendly message, whatever the error was; True, so that Streamlit adds nothing."""
    st.html(render("500.html", url_state.interface_language()))
    return True


def _page() -> None:
    if settings().editor_panel:
        # Imported here: a visitor's site loads nothing of the curators' toolbox.
        from tour.ui.editor_panel import show_panel

        show_panel()
    try:
        renderer = url_state.renderer()
    except ContentError:
        _maintenance()
        return
    page = resolve(renderer.exhibition, url_state.query())
    st.set_page_config(page_title=page.title, layout="wide", initial_sidebar_state="collapsed")
    with st.container(key="tour-page"):
        st.html(render_static("skip_to_content.html", page.language))
        # Before all else in the order of tabs, below all else on the screen.
        if page.position:
            stop_view.show_navigation(renderer, page.position)
        st.html(renderer.header(page))
        with st.container(key="tour-main"):
            _show(renderer, page)
        sync_browser(renderer, page, stop_view.prefetch_urls(page))


def _show(renderer: SiteRenderer, page: Page) -> None:
    if page.position:
        stop_view.show(renderer, page.position)
    elif page.name == "home":
        _show_home(renderer)
    else:
        st.html(renderer.view(page))


def _show_home(renderer: SiteRenderer) -> None:
    _ = gettext_for(renderer.language)
    fragments = renderer.home()
    st.html(fragments.opening)
    with st.container(key="tour-start"):
        url_state.step_button(_("Start the tour"), "start", url_state.start, type="primary")
    st.html(fragments.rest)


def _maintenance() -> None:
    """While there is no valid content."""
    language = url_state.interface_language()
    st.set_page_config(page_title=gettext_for(language)("The exhibition is being prepared"), layout="wide")
    st.html(render("503_maintenance.html", language))
