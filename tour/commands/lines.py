"""What a curator is to type next, as a line that works where it is printed."""

import os
import shlex
import sys
from pathlib import Path


def line(*words: str, data: Path | None = None, media: Path | None = None) -> str:
    """A line that runs this Python with these words, for the exhibition in those folders or the one it runs for now."""
    folders = {"TOUR_DATA": data or os.environ.get("TOUR_DATA"), "TOUR_MEDIA": media or os.environ.get("TOUR_MEDIA")}
    named = [f"{name}={shlex.quote(str(folder))}" for name, folder in folders.items() if folder]
    return " ".join([*named, shlex.quote(_python()), *map(shlex.quote, words)])


def _python() -> str:
    """Relative where it lies in this folder, as .venv/bin/python does."""
    python = Path(sys.executable)
    return str(python.relative_to(Path.cwd()) if python.is_relative_to(Path.cwd()) else python)
