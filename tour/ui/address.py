"""The address is the state: reading it, and stepping to another."""

from urllib.parse import parse_qsl, urlsplit

import streamlit as st

LONGEST = 200  # characters of a value that we look at; no slug of ours is longer


def asked() -> dict[str, str]:
    """What the address says, each value cut to a sane length."""
    return {name: value[:LONGEST] for name, value in st.query_params.items()}


def go(**query: str) -> None:
    """Step to another address; the browser's Back returns from it."""
    st.query_params.from_dict(query)


def follow(href: str) -> None:
    """Step to the address of a link of ours, like ./?stop=broadgate."""
    go(**dict(parse_qsl(urlsplit(href).query)))
