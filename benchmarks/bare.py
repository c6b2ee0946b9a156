"""The floor of every comparison: a Streamlit script of one heading and one button, under Streamlit's own settings."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.conftest import running_site

SCRIPT = """
import streamlit as st
if "step" not in st.session_state:
    st.session_state.step = 0
if st.button("Next"):
    st.session_state.step += 1
st.title(f"Stop {st.session_state.step}")
"""


@contextmanager
def bare_site() -> Iterator[str]:
    """The bare script, running; yields its address."""
    with TemporaryDirectory() as folder:
        script = Path(folder) / "bare.py"
        script.write_text(SCRIPT, "utf-8")
        with running_site(script=script, folder=Path(folder)) as address:
            yield address
