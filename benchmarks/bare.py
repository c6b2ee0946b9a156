"""The floor of every comparison: a Streamlit script of one heading and one button, under Streamlit's own settings."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.conftest import running_server, running_site

SCRIPT = """
import streamlit as st
if "step" not in st.session_state:
    st.session_state.step = 0
if st.button("Next"):
    st.session_state.step += 1
st.title(f"Stop {st.session_state.step}")
"""
# What `pip install streamlit` doesn't bring, and `pip install "streamlit[performance]"` does.
EXTRAS = ("uvloop", "httptools", "orjson")


@contextmanager
def bare_site() -> Iterator[str]:
    """The bare script, running with the libraries that are here; yields its address."""
    with _written() as script, running_site(script=script, folder=script.parent) as address:
        yield address


@contextmanager
def bare_server(tuned: bool) -> Iterator[tuple[str, subprocess.Popen]]:
    """The bare script, running; yields its address and process.

    Stock is what `pip install streamlit` gives: the faster libraries are hidden from that process. Tuned has them, and
    doesn't collect garbage after every step.
    """
    with _written() as script:
        if tuned:
            settings = {"STREAMLIT_RUNNER_POST_SCRIPT_GC": "false"}
        else:
            settings = {"PYTHONPATH": str(_hiding(script.parent / "stock"))}
        with running_server(script=script, folder=script.parent, **settings) as server:
            yield server


@contextmanager
def _written() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        script = Path(folder) / "bare.py"
        script.write_text(SCRIPT, "utf-8")
        yield script


def _hiding(folder: Path) -> Path:
    """A folder with which on its path a Python acts as if the extras were not there."""
    folder.mkdir()
    hide = f"import sys\n\nsys.modules.update(dict.fromkeys({EXTRAS!r}))\n"
    (folder / "sitecustomize.py").write_text(hide, "utf-8")
    return folder
