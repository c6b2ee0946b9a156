"""A stop: its article, the map, and the navigation to the stops before and after."""

import re
from functools import partial

import streamlit as st

from tour.i18n import gettext_for
from tour.model import Stop
from tour.model.navigation import Position
from tour.settings import settings
from tour.templating import render, render_static
from tour.ui.map_component import show_map
from tour.ui.url_state import go, step_button
from tour.urls import article_url
from tour.views.renderer import SiteRenderer
from tour.views.routing import Page

MARKDOWN_CHARACTERS = re.compile(r"[\\`*_\[\]$:~<>&#|]")  # as Streamlit reads them in a button's label


class RawHtml(str):
    """HTML that stays as it is; Streamlit would look at every letter of it for margins to straighten, at every step."""

    def _repr_html_(self) -> str:
        return self


def prefetch_urls(page: Page) -> dict[str, str]:
    """URLs of the articles that a visitor may step to next, by direction; none beside a stop."""
    if not (settings().optimizations and page.position):
        return {}
    neighbours = {"next": page.position.next, "previous": page.position.previous}
    return {direction: article_url(stop.slug, page.language) for direction, stop in neighbours.items() if stop}


def show(renderer: SiteRenderer, position: Position) -> None:
    language, fragments = renderer.language, renderer.stop(position)
    if not position.is_found:
        st.html(render("unknown_stop.html", language, first=position.stop))
    with st.container(key="tour-stop"):
        with st.container(key="tour-article-column"):
            st.html(RawHtml(fragments.article + fragments.stop_list))
        with st.container(key="tour-map"):
            _show_map(renderer, position)
    st.html(render_static("skip_to_navigation.html", language))


def _show_map(renderer: SiteRenderer, position: Position) -> None:
    st.html(render_static("map_switch.html", renderer.language))
    if not show_map(renderer.exhibition, position):
        st.html(render_static("map_missing.html", renderer.language))


def show_navigation(renderer: SiteRenderer, position: Position) -> None:
    """Previous, progress, Next: in the same place whether or not there is a stop to go to."""
    _, previous, next = gettext_for(renderer.language), position.previous, position.next
    with st.container(key="tour-navigation", horizontal=True):
        label = _label(_("Previous"), previous)
        step_button(label, "tour-previous", partial(go, "previous"), shortcut="Left", disabled=previous is None)
        st.html(renderer.progress(position))
        label = _label(_("Next"), next)
        step_button(label, "tour-next", partial(go, "next"), shortcut="Right", disabled=next is None, type="primary")


def _label(direction: str, stop: Stop | None) -> str:
    """A button's label as Markdown: the direction alone where the tour ends or the screen is small."""
    if stop is None:
        return f"**{direction}**"
    return f"**{direction}**: {MARKDOWN_CHARACTERS.sub(_escape, stop.title)}"


def _escape(character: re.Match[str]) -> str:
    return f"\\{character[0]}"
