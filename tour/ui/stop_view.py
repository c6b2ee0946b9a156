"""A stop: its article, the map, and the way on."""

import re
from functools import lru_cache, partial

import streamlit as st

from tour.content_store import store
from tour.i18n import gettext_for
from tour.model import Exhibition, Stop
from tour.model.navigation import progress_segments
from tour.templating import render, render_static
from tour.ui.map_component import show_map
from tour.ui.streamlit_patches import are_enabled
from tour.ui.url_state import navigate, step_back, step_button, step_on
from tour.urls import article_url
from tour.views.fragments import page_fragments
from tour.views.routing import Page

MARKS = re.compile(r"[\\`*_\[\]$:~<>&#|]")  # what Streamlit would read as Markdown in a button's label


class RawHtml(str):
    """HTML that stays as it is; Streamlit would look at every letter of it for margins to straighten, at every step."""

    def _repr_html_(self) -> str:
        return self


def ahead(page: Page) -> dict[str, str]:
    """Where the articles of the stops around are to be had, by the way to each; none beside another view."""
    if not page.here or not are_enabled():
        return {}
    around = {"next": page.here.next, "previous": page.here.previous}
    return {way: article_url(stop.slug, page.language) for way, stop in around.items() if stop}


def show(exhibition: Exhibition, page: Page) -> None:
    here = page.here
    article, every_stop = page_fragments(exhibition, page, store().media)
    if not here.is_found:
        st.html(render("unknown_stop.html", page.language, first=here.stop))
    with st.container(key="tour-stop"):
        with st.container(key="tour-story"):
            st.html(RawHtml(article + every_stop))
        with st.container(key="tour-map"):
            st.html(render_static("map_switch.html", page.language))
            show_map(exhibition, here, partial(_go_to_number, exhibition))
    st.html(render_static("back_to_way.html", page.language))


def _go_to_number(exhibition: Exhibition, number: int) -> None:
    if number <= len(exhibition.stops):
        navigate(exhibition.language, stop=exhibition.stops[number - 1].slug)


def show_navigation(page: Page) -> None:
    """Previous, the thread, Next: in the same place whether or not there is a stop to go to."""
    here, _ = page.here, gettext_for(page.language)
    with st.container(key="tour-foot", horizontal=True):
        label = _label(_("Previous"), here.previous)
        step_button(label, "tour-previous", step_back, shortcut="Left", disabled=here.previous is None)
        st.html(_thread(page))
        label = _label(_("Next"), here.next)
        step_button(label, "tour-next", step_on, shortcut="Right", disabled=here.next is None, type="primary")


@lru_cache(maxsize=1024)
def _thread(page: Page) -> str:
    return render("thread.html", page.language, here=page.here, stitches=progress_segments(page.here))


def _label(word: str, stop: Stop | None) -> str:
    """What stands on the way to a stop, as Markdown: the word alone where the tour ends or the screen is small."""
    return f"**{word}**: {MARKS.sub(_escaped, stop.title)}" if stop else f"**{word}**"


def _escaped(mark: re.Match) -> str:
    return f"\\{mark[0]}"
