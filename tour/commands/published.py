"""What a command begins with: the sound exhibition, or its problems and the end."""

import sys

import click

from tour.checks.whole import in_every_language
from tour.edition import data_dir, media_dir
from tour.model import Exhibition
from tour.problems import ContentError


def published() -> dict[str, Exhibition]:
    """The exhibition by language; tells every problem and ends the command if it can't be shown."""
    try:
        return in_every_language(data_dir(), media_dir())
    except ContentError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
