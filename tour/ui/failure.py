"""A fault as a kind line on the page; Streamlit would tell of it in English."""

import streamlit as st

from tour.render import render
from tour.ui.address import interface_language


def tell_kindly(error: Exception) -> bool:
    """Whatever it was; True, so that Streamlit adds nothing."""
    st.html(render("failed.html", interface_language()))
    return True
