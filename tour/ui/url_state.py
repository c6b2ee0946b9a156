"""The address is the state: reading it, and stepping to another."""

from collections.abc import Callable, Sequence
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from tour import i18n
from tour.content_store import store
from tour.model import Exhibition, Stop
from tour.model.navigation import Position, locate
from tour.web.accept_language import negotiate

PARAMETERS = ("stop", "view", "words", "lang")  # all that an address of ours says; Streamlit keeps others for itself
MAX_VALUE_LENGTH = 200  # characters of a value that we look at; no slug of ours is longer


def query() -> dict[str, str]:
    """What the address says, each value cut to a sane length."""
    return {name: value[:MAX_VALUE_LENGTH] for name, value in st.query_params.items()}


def navigate(language: str, **query: str) -> None:
    """Step to another address in the same language; the browser's Back returns from it."""
    st.query_params.from_dict({**query, "lang": language})


def exhibition() -> Exhibition:
    """The exhibition in the language of the address, else one that the browser wants; raises ContentError."""
    every = store().every()
    return every[_wanted(tuple(every))]


def interface_language() -> str:
    """That of our own words, where there is no exhibition to speak for."""
    return _wanted(i18n.languages())


def _wanted(languages: Sequence[str]) -> str:
    return negotiate(query().get("lang"), st.context.headers.get("Accept-Language", ""), languages)


def navigate_to(href: str) -> None:
    """Step to the address of a link of ours, like ./?stop=lighthouse."""
    asked = parse_qsl(urlsplit(href).query)
    st.query_params.from_dict({name: value for name, value in asked if name in PARAMETERS})


HANDLED = "stepped"


def step_button(label: str, key: str, step: Callable[[], None], **options: object) -> None:
    """A button that takes one step, once for every press."""
    pressed = st.button(label, key=key, on_click=mark_handled, args=(step,), **options)
    run_once(pressed, step)


def run_once(pressed: bool, step: Callable[[], None]) -> None:
    """The step of what was pressed, unless its callback has taken it.

    A new session knows no callback yet: the visitor pressed very early, or first after a lost server came back.
    """
    if pressed and not st.session_state.pop(HANDLED, False):
        step()
        st.rerun()


def mark_handled(step: Callable[[], None]) -> None:
    """The step, in a callback."""
    step()
    st.session_state[HANDLED] = True


def start() -> None:
    """Go to the first stop."""
    here = exhibition()
    navigate(here.language, stop=here.stops[0].slug)


def step_on() -> None:
    """Go on from where the address says that the visitor is now: two quick presses are two steps."""
    _go_to(_here().next)


def step_back() -> None:
    """Go back from where the address says that the visitor is now."""
    _go_to(_here().previous)


def _here() -> Position:
    return locate(exhibition(), query().get("stop"))


def _go_to(stop: Stop | None) -> None:
    if stop:
        navigate(exhibition().language, stop=stop.slug)
