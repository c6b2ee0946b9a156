"""All stops, city by city: the list that is the map's equal."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from tour.article import render
from tour.model import Exhibition
from tour.walk import numbered

LANGUAGE = "en"


def of(exhibition: Exhibition) -> tuple[str, str, Callable[[], None]]:
    """Tab title, name of the view, and what draws it."""
    return f"Stops – {exhibition.short_title}", "stops", partial(show_walks, exhibition, "All stops")


def show_walks(exhibition: Exhibition, heading: str = "", numbers: Mapping[str, int] | None = None) -> None:
    """The stops of each city in walking order, with their numbers in the whole tour."""
    walks = [(city, numbered(exhibition, city.slug)) for city in exhibition.cities]
    st.html(render("stops.html", LANGUAGE, numbers, walks=walks, heading=heading))
