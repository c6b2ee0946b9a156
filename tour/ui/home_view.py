"""The entry: the whole thread, two cities, Start, all stops."""

import streamlit as st

from tour.edition import edition
from tour.model import Exhibition
from tour.pages.page_parts import parts
from tour.pages.pages import Page
from tour.ui.step import start, step_button
from tour.words import writer


def show(exhibition: Exhibition, page: Page) -> None:
    _ = writer(page.language)
    opening, rest = parts(exhibition, page, edition().media)
    st.html(opening)
    with st.container(key="tour-start"):
        step_button(_("Start the tour"), "start", start, type="primary")
    st.html(rest)
