"""A stop: its article, the map, and the way on."""

import re
from functools import partial

import streamlit as st

from tour.edition import edition
from tour.model import Exhibition, Stop
from tour.pages.page_parts import parts
from tour.pages.pages import Page
from tour.pages.plates import Plates
from tour.render import render
from tour.ui.address import go
from tour.ui.map_component import show_map
from tour.ui.step import step_back, step_button, step_on
from tour.walk import stitches
from tour.words import writer

MARKS = re.compile(r"[\\`*_\[\]$:~<>&#|]")  # what Streamlit would read as Markdown in a button's label


def ahead(exhibition: Exhibition, page: Page) -> tuple[str, ...]:
    """Pictures (HTML) of the stops around, which may be wanted next; none beside another view."""
    around = filter(None, (page.here.next, page.here.previous)) if page.here else ()
    plates = Plates(edition().media, page.language)
    return tuple(plates.picture(stop.figures[0].image, "", eager=True) for stop in around)


def show(exhibition: Exhibition, page: Page) -> None:
    here = page.here
    article, every_stop = parts(exhibition, page, edition().media)
    if not here.found:
        st.html(render("unknown_stop.html", page.language, first=here.stop))
    with st.container(key="tour-stop"):
        with st.container(key="tour-story"):
            st.html(article + every_stop)
        with st.container(key="tour-map"):
            st.html(render("map_switch.html", page.language))
            show_map(exhibition, here, partial(_go_to_number, exhibition))
    st.html(render("back_to_way.html", page.language))


def _go_to_number(exhibition: Exhibition, number: int) -> None:
    if number <= len(exhibition.stops):
        go(exhibition.language, stop=exhibition.stops[number - 1].slug)


def show_foot(page: Page) -> None:
    """Previous, the thread, Next: in the same place whether or not there is a stop to go to."""
    here, _ = page.here, writer(page.language)
    with st.container(key="tour-foot", horizontal=True):
        with st.container(key="tour-previous"):
            label = _label(_("Previous"), here.previous)
            step_button(label, "previous", step_back, shortcut="Left", disabled=here.previous is None)
        st.html(render("thread.html", page.language, here=here, stitches=stitches(here)))
        with st.container(key="tour-next"):
            label = _label(_("Next"), here.next)
            step_button(label, "next", step_on, shortcut="Right", disabled=here.next is None, type="primary")


def _label(word: str, stop: Stop | None) -> str:
    """What stands on the way to a stop, as Markdown: the word alone where the tour ends or the screen is small."""
    return f"**{word}**: {MARKS.sub(_escaped, stop.title)}" if stop else f"**{word}**"


def _escaped(mark: re.Match) -> str:
    return f"\\{mark[0]}"
