"""The gallery: every picture with its words and credit, each leading to its stop."""

from functools import partial

import streamlit as st

from tour.edition import edition
from tour.model import Exhibition
from tour.plates import Plates
from tour.render import render
from tour.ui.view import LANGUAGE, View


def of(exhibition: Exhibition) -> View:
    return View("gallery", f"Gallery – {exhibition.short_title}", partial(_show, exhibition))


def _show(exhibition: Exhibition) -> None:
    plates = Plates(edition().media, LANGUAGE, sizes="(min-width: 720px) 33vw, 100vw")
    shown = [(stop, exhibition.city(stop.city), plate) for stop in exhibition.stops for plate in plates.all_of(stop)]
    st.html(render("gallery.html", LANGUAGE, plates=shown))
