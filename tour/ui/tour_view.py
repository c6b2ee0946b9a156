"""A stop: its article, the map, and the way on."""

from functools import partial

import streamlit as st

from tour.article import stop_article
from tour.edition import edition
from tour.model import Exhibition, Stop
from tour.plates import Plates
from tour.render import render
from tour.ui.address import go
from tour.ui.map_component import show_map
from tour.ui.step import step_back, step_button, step_on
from tour.ui.view import LANGUAGE, View
from tour.walk import Position, position

MOST_STITCHES = 40


def of(exhibition: Exhibition, slug: str | None) -> View:
    """The stop of that slug; an unknown one means the first stop, and a kind line."""
    here = position(exhibition, slug)
    around = filter(None, (here.next, here.previous))
    plates = Plates(edition().media, LANGUAGE)
    ahead = tuple(plates.picture(stop.figures[0].image, "", eager=True) for stop in around)
    return View(
        here.stop.slug, f"{here.stop.title} – {exhibition.short_title}", partial(_show, exhibition, here), ahead
    )


def _show(exhibition: Exhibition, here: Position) -> None:
    if not here.found:
        st.html(render("unknown_stop.html", LANGUAGE, first=here.stop))
    with st.container(key="tour-stop"):
        with st.container(key="tour-story"):
            st.html(stop_article(exhibition, here, edition().media))
        with st.container(key="tour-map"):
            st.html(render("map_switch.html", LANGUAGE))
            show_map(exhibition, here, partial(_go_to_number, exhibition))
    with st.container(key="tour-foot", horizontal=True):
        _foot(here)


def _go_to_number(exhibition: Exhibition, number: int) -> None:
    if number <= len(exhibition.stops):
        go(stop=exhibition.stops[number - 1].slug)


def _foot(here: Position) -> None:
    """Previous, the thread, Next: in the same place whether or not there is a stop to go to."""
    with st.container(key="tour-previous"):
        label = _label("Previous", here.previous)
        step_button(label, "previous", step_back, shortcut="Left", disabled=here.previous is None)
    st.html(render("thread.html", LANGUAGE, here=here, stitches=stitches(here)))
    with st.container(key="tour-next"):
        label = _label("Next", here.next)
        step_button(label, "next", step_on, shortcut="Right", disabled=here.next is None, type="primary")


def _label(word: str, stop: Stop | None) -> str:
    return f"{word}: {stop.title}" if stop else word


def stitches(here: Position) -> list[str]:
    """One stitch a stop, sewn up to here, a knot where the visitor stands; long tours share stitches."""
    count = min(here.total, MOST_STITCHES)
    at = (here.number - 1) * count // here.total
    return ["tour-sewn"] * at + ["tour-knotted"] + ["tour-pale"] * (count - at - 1)
