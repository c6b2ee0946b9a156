"""Buttons that step through the tour."""

from collections.abc import Callable

import streamlit as st

from tour.model import Stop
from tour.ui.address import asked, exhibition, go
from tour.walk import Position, position

STEPPED = "stepped"


def step_button(label: str, key: str, step: Callable[[], None], **options: object) -> None:
    """A button that takes one step, once for every press."""
    pressed = st.button(label, key=key, on_click=_stepped, args=(step,), **options)
    # A new session knows no callback yet: the visitor pressed very early, or just as a lost server came back.
    if pressed and not st.session_state.pop(STEPPED, False):
        step()
        st.rerun()


def start() -> None:
    """Go to the first stop."""
    here = exhibition()
    go(here.language, stop=here.stops[0].slug)


def step_on() -> None:
    """Go on from where the address says that the visitor is now: two quick presses are two steps."""
    _go_to(_here().next)


def step_back() -> None:
    """Go back from where the address says that the visitor is now."""
    _go_to(_here().previous)


def _stepped(step: Callable[[], None]) -> None:
    step()
    st.session_state[STEPPED] = True


def _here() -> Position:
    return position(exhibition(), asked().get("stop"))


def _go_to(stop: Stop | None) -> None:
    if stop:
        go(exhibition().language, stop=stop.slug)
