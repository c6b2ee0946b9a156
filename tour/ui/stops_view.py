"""All stops, city by city: the list that is the map's equal."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from tour.model import Exhibition
from tour.render import render
from tour.ui.view import LANGUAGE, View
from tour.walk import numbered


def of(exhibition: Exhibition) -> View:
    return View("stops", f"Stops – {exhibition.short_title}", partial(show_walks, exhibition, "All stops"))


def show_walks(exhibition: Exhibition, heading: str = "", numbers: Mapping[str, int] | None = None) -> None:
    """The stops of each city in walking order, with their numbers in the whole tour."""
    walks = [(city, numbered(exhibition, city.slug)) for city in exhibition.cities]
    st.html(render("stops.html", LANGUAGE, numbers, walks=walks, heading=heading))
