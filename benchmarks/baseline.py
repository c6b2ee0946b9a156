"""The baseline of comparisons: a Streamlit script of one heading and one button, under Streamlit's own settings."""

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
def baseline_site() -> Iterator[str]:
    """The script, running with the libraries that are installed; yields its address."""
    with _script_file() as script, running_site(script=script, folder=script.parent) as address:
        yield address


@contextmanager
def baseline_server(tuned: bool) -> Iterator[tuple[str, subprocess.Popen]]:
    """The script, running; yields its address and process.

    Stock is what `pip install streamlit` gives: the faster libraries are hidden from that process. Tuned has them, and
    doesn't collect garbage after every step.
    """
    with _script_file() as script:
        if tuned:
            settings = {"STREAMLIT_RUNNER_POST_SCRIPT_GC": "false"}
        else:
            settings = {"PYTHONPATH": str(_hide_extras(script.parent / "stock"))}
        with running_server(None, script, script.parent, **settings) as server:
            yield server


@contextmanager
def _script_file() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        script = Path(folder) / "baseline.py"
        script.write_text(SCRIPT, "utf-8")
        yield script


def _hide_extras(folder: Path) -> Path:
    """A folder for PYTHONPATH that makes the extras impossible to import."""
    folder.mkdir()
    hide = f"import sys\n\nsys.modules.update(dict.fromkeys({EXTRAS!r}))\n"
    (folder / "sitecustomize.py").write_text(hide, "utf-8")
    return folder
