"""python -m tour new-exhibition: a small exhibition of invented places, to write one's own over."""

import os
import shlex
import sys
from datetime import date
from pathlib import Path

import click

from tour.curation import scaffold

NEXT = {
    "To check it": ("-m", "tour", "check"),
    "To add a stop": ("-m", "tour", "new-stop"),
    "To see it, on http://localhost:8501": ("-m", "streamlit", "run", "streamlit_app.py"),
}


@click.command("new-exhibition")
@click.argument("folder", type=click.Path(path_type=Path))
def new_exhibition(folder: Path) -> None:
    """Write a small whole exhibition of invented places into FOLDER, new or empty, to write your own over."""
    try:
        data, media = scaffold.write(folder.absolute(), date.today())
    except scaffold.FolderNotEmptyError:
        _end(f"{folder} holds something already, and nothing was written. Name a new folder, or an empty one.")
    except OSError as error:
        _end(f"{folder} can't be written: {error.strerror}. Name a folder in which you may write.")
    click.echo(f"Three invented stops are in {data}, their pictures in {media}.")
    click.echo(f"Begin with {data / 'exhibition.toml'}; every file says in itself what it is for.\n")
    for to, words in NEXT.items():
        click.echo(f"{to}:\n  {shell_command(*words, data=data, media=media)}")


def _end(words: str) -> None:
    click.echo(words, err=True)
    sys.exit(1)


def shell_command(*words: str, data: Path | None = None, media: Path | None = None) -> str:
    """A line that runs this Python with these words, for the exhibition in those folders or the one it runs for now."""
    folders = {"TOUR_DATA": data or os.environ.get("TOUR_DATA"), "TOUR_MEDIA": media or os.environ.get("TOUR_MEDIA")}
    named = [f"{name}={shlex.quote(str(folder))}" for name, folder in folders.items() if folder]
    return " ".join([*named, shlex.quote(_python()), *map(shlex.quote, words)])


def _python() -> str:
    """Relative where it lies in this folder, as .venv/bin/python does."""
    python = Path(sys.executable)
    return str(python.relative_to(Path.cwd()) if python.is_relative_to(Path.cwd()) else python)
