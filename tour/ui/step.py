"""Buttons that step through the tour."""

from collections.abc import Callable

import streamlit as st

from tour.model import Stop
from tour.ui.address import asked, exhibition, go
from tour.walk import Position, position

STEPPED = "stepped"


def step_button(label: str, key: str, step: Callable[[], None], **options: object) -> None:
    """A button that takes one step, once for every press."""
    pressed = st.button(label, key=key, on_click=stepped, args=(step,), **options)
    once(pressed, step)


def once(pressed: bool, step: Callable[[], None]) -> None:
    """The step of what was pressed, unless its callback has taken it.

    A new session knows no callback yet: the visitor pressed very early, or first after a lost server came back.
    """
    if pressed and not st.session_state.pop(STEPPED, False):
        step()
        st.rerun()


def stepped(step: Callable[[], None]) -> None:
    """The step, in a callback."""
    step()
    st.session_state[STEPPED] = True


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


def _here() -> Position:
    return position(exhibition(), asked().get("stop"))


def _go_to(stop: Stop | None) -> None:
    if stop:
        go(exhibition().language, stop=stop.slug)
