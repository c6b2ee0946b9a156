"""The address is the state: reading it, and stepping to another."""

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from tour import words
from tour.edition import edition
from tour.languages import chosen
from tour.model import Exhibition

NAMES = ("stop", "view", "words", "lang")  # all that an address of ours says; Streamlit keeps others for itself
LONGEST = 200  # characters of a value that we look at; no slug of ours is longer


def asked() -> dict[str, str]:
    """What the address says, each value cut to a sane length."""
    return {name: value[:LONGEST] for name, value in st.query_params.items()}


def go(language: str, **query: str) -> None:
    """Step to another address in the same language; the browser's Back returns from it."""
    st.query_params.from_dict({**query, "lang": language})


def exhibition() -> Exhibition:
    """The exhibition in the language of the address, else one that the browser wants; raises ContentError."""
    every = edition().every()
    return every[_wanted(tuple(every))]


def interface_language() -> str:
    """That of our own words, where there is no exhibition to speak for."""
    return _wanted(words.languages())


def _wanted(languages: Sequence[str]) -> str:
    return chosen(asked().get("lang"), st.context.headers.get("Accept-Language", ""), languages)


def follow(href: str) -> None:
    """Step to the address of a link of ours, like ./?stop=lighthouse."""
    asked = parse_qsl(urlsplit(href).query)
    st.query_params.from_dict({name: value for name, value in asked if name in NAMES})
