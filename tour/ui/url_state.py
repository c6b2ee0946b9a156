"""The URL is the state: reading it, and stepping to another one."""

from collections.abc import Callable
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from tour.model.navigation import locate
from tour.views.renderer import SiteRenderer
from tour.web import localized_routes

PARAMETERS = ("stop", "view", "words", "lang")  # of our URLs; Streamlit has others
STEP_TAKEN = "step-taken"  # in the session's state: a callback has taken the step
MAX_VALUE_LENGTH = 200  # characters of a value; no slug of ours is longer


def query() -> dict[str, str]:
    """The URL's parameters, each value cut to a sane length."""
    return {name: value[:MAX_VALUE_LENGTH] for name, value in st.query_params.items()}


def navigate(language: str, **query: str) -> None:
    """Step to another page in the same language; the browser's Back returns from it."""
    st.query_params.from_dict({**query, "lang": language})


def renderer() -> SiteRenderer:
    """The renderer in the language of the URL, else in one that the browser prefers; raises ContentError."""
    return localized_routes.renderer_for_query(query(), st.context.headers)


def interface_language() -> str:
    """The language of the interface, where there is no exhibition."""
    return localized_routes.interface_language(query(), st.context.headers)


def navigate_to(href: str) -> None:
    """Step to the page of a link of ours, like ./?stop=lighthouse."""
    parameters = parse_qsl(urlsplit(href).query)
    st.query_params.from_dict({name: value for name, value in parameters if name in PARAMETERS})


def step_button(
    label: str,
    key: str,
    step: Callable[[], None],
    type: Literal["primary", "secondary"] = "secondary",
    shortcut: str | None = None,
    disabled: bool = False,
) -> None:
    """A button that takes one step, once for every press."""
    pressed = st.button(
        label, key, on_click=step_in_callback, args=(step,), type=type, shortcut=shortcut, disabled=disabled
    )
    run_once(pressed, step)


def run_once(pressed: bool, step: Callable[[], None]) -> None:
    """The step of what was pressed, unless its callback has taken it.

    A new session knows no callback yet: the visitor pressed very early, or first after a lost server came back.
    """
    if pressed and not st.session_state.pop(STEP_TAKEN, False):
        step()
        st.rerun()


def step_in_callback(step: Callable[[], None]) -> None:
    """The step, in a callback."""
    step()
    st.session_state[STEP_TAKEN] = True


def start() -> None:
    """Go to the first stop."""
    current = renderer()
    navigate(current.language, stop=current.exhibition.stops[0].slug)


def go(direction: Literal["next", "previous"]) -> None:
    """Go on or back from where the URL says that the visitor is now: two quick presses are two steps."""
    current = renderer()
    stop = getattr(locate(current.exhibition, query().get("stop")), direction)
    if stop:
        navigate(current.language, stop=stop.slug)
