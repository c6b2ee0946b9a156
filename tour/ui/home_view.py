"""The entry: the whole thread, two cities, Start, all stops."""

from functools import partial

import streamlit as st

from tour.geometry import rough_distance
from tour.markup import cited
from tour.model import Exhibition
from tour.places import city_point
from tour.render import render
from tour.ui.step import start, step_button
from tour.ui.stops_view import show_walks
from tour.ui.view import LANGUAGE, View


def of(exhibition: Exhibition) -> View:
    return View("home", exhibition.title, partial(_show, exhibition))


def _show(exhibition: Exhibition) -> None:
    ids = cited(exhibition.introduction, *(city.about for city in exhibition.cities))
    numbers = {id: number for number, id in enumerate(ids, 1)}
    st.html(render("home.html", LANGUAGE, numbers, exhibition=exhibition, kilometres=thread_length(exhibition)))
    with st.container(key="tour-start"):
        step_button("Start the tour", "start", start, type="primary")
    st.html(render("introduction.html", LANGUAGE, numbers, exhibition=exhibition))
    show_walks(exhibition, numbers=numbers)
    st.html(render("home_sources.html", LANGUAGE, numbers, sources=[exhibition.sources[id] for id in ids]))


def thread_length(exhibition: Exhibition) -> int | None:
    """Kilometres between the middles of the first and the last city, to the nearest hundred; None for one city."""
    ends = exhibition.cities[0], exhibition.cities[-1]
    if ends[0] == ends[1]:
        return None
    return rough_distance(*(city_point(exhibition, city) for city in ends))
