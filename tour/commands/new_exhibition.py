"""python -m tour new-exhibition: a small exhibition of invented places, to write one's own over."""

import sys
from datetime import date
from pathlib import Path

import click

from tour import starter
from tour.commands.lines import line

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
        data, media = starter.write(folder.absolute(), date.today())
    except starter.NotEmpty:
        _end(f"{folder} holds something already, and nothing was written. Name a new folder, or an empty one.")
    except OSError as error:
        _end(f"{folder} can't be written: {error.strerror}. Name a folder in which you may write.")
    click.echo(f"Three invented stops are in {data}, their pictures in {media}.")
    click.echo(f"Begin with {data / 'exhibition.toml'}; every file says in itself what it is for.\n")
    for to, words in NEXT.items():
        click.echo(f"{to}:\n  {line(*words, data=data, media=media)}")


def _end(words: str) -> None:
    click.echo(words, err=True)
    sys.exit(1)
