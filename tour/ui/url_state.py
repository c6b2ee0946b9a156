"""The URL is the state: reading it, and stepping to another one."""

from collections.abc import Callable, Sequence
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from tour import i18n
from tour.content_store import store
from tour.model import Stop
from tour.model.navigation import Position, locate
from tour.views.renderer import SiteRenderer
from tour.web.accept_language import negotiate

PARAMETERS = ("stop", "view", "words", "lang")  # of our URLs; Streamlit has others
HANDLED = "handled"  # in the session's state: a callback has taken the step
MAX_VALUE_LENGTH = 200  # characters of a value; no slug of ours is longer


def query() -> dict[str, str]:
    """The URL's parameters, each value cut to a sane length."""
    return {name: value[:MAX_VALUE_LENGTH] for name, value in st.query_params.items()}


def navigate(language: str, **query: str) -> None:
    """Step to another page in the same language; the browser's Back returns from it."""
    st.query_params.from_dict({**query, "lang": language})


def renderer() -> SiteRenderer:
    """The renderer in the language of the URL, else in one that the browser prefers; raises ContentError."""
    renderers = store().by_language()
    return renderers[_negotiated(tuple(renderers))]


def interface_language() -> str:
    """The language of the interface, where there is no exhibition."""
    return _negotiated(i18n.languages())


def _negotiated(languages: Sequence[str]) -> str:
    return negotiate(query().get("lang"), st.context.headers.get("Accept-Language", ""), languages)


def navigate_to(href: str) -> None:
    """Step to the page of a link of ours, like ./?stop=lighthouse."""
    parameters = parse_qsl(urlsplit(href).query)
    st.query_params.from_dict({name: value for name, value in parameters if name in PARAMETERS})


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
    current = renderer()
    navigate(current.language, stop=current.exhibition.stops[0].slug)


def step_on() -> None:
    """Go on from where the URL says that the visitor is now: two quick presses are two steps."""
    _go_to(_position().next)


def step_back() -> None:
    """Go back from where the URL says that the visitor is now."""
    _go_to(_position().previous)


def _position() -> Position:
    return locate(renderer().exhibition, query().get("stop"))


def _go_to(stop: Stop | None) -> None:
    if stop:
        navigate(renderer().language, stop=stop.slug)
