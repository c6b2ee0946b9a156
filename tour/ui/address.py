"""The address is the state: reading it, and stepping to another."""

from urllib.parse import parse_qsl, urlsplit

import streamlit as st

LONGEST = 200  # characters of a value that we look at; no slug of ours is longer


def asked(name: str) -> str | None:
    """What the address says, cut to a sane length; None if it says nothing."""
    value = st.query_params.get(name)
    return value[:LONGEST] if value else None


def go(**query: str) -> None:
    """Step to another address; the browser's Back returns from it."""
    st.query_params.from_dict(query)


def follow(href: str) -> None:
    """Step to the address of a link of ours, like ./?stop=broadgate."""
    go(**dict(parse_qsl(urlsplit(href).query)))
