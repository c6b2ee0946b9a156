"""python -m tour new-exhibition: a small exhibition of invented places, to write one's own over."""

import os
import shlex
import sys
from datetime import date
from pathlib import Path

import click

from tour.atomic_write import FolderNotEmptyError
from tour.curation import scaffold
from tour.curation.cli.errors import CommandError

NEXT_STEPS = {
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
    except FolderNotEmptyError as error:
        raise CommandError(f"{folder} holds something already, and nothing was written. {error.hint}") from error
    except OSError as error:
        hint = "Name a folder in which you may write."
        raise CommandError(f"{folder} can't be written: {error.strerror}. {hint}") from error
    click.echo(f"Three invented stops are in {data}, their pictures in {media}.")
    click.echo(f"Begin with {data / 'exhibition.toml'}; every file says in itself what it is for.\n")
    for purpose, arguments in NEXT_STEPS.items():
        click.echo(f"{purpose}:\n  {shell_command(*arguments, data=data, media=media)}")


def shell_command(*arguments: str, data: Path | None = None, media: Path | None = None) -> str:
    """A shell command line of this Python, for the exhibition in those folders, by default in those of this process."""
    folders = {"TOUR_DATA": data or os.environ.get("TOUR_DATA"), "TOUR_MEDIA": media or os.environ.get("TOUR_MEDIA")}
    variables = [f"{name}={shlex.quote(str(folder))}" for name, folder in folders.items() if folder]
    python = Path(sys.executable)
    if python.is_relative_to(Path.cwd()):  # as .venv/bin/python is
        python = python.relative_to(Path.cwd())
    return " ".join([*variables, shlex.join([str(python), *arguments])])
