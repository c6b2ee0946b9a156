"""How a command ends with an error message."""

import click

from tour.content.problems import ContentError
from tour.model import Exhibition
from tour.settings import settings
from tour.validation.validate import load_all_languages


class CommandError(click.ClickException):
    """Ends the command with exit code 1 and the bare message, which names the remedy."""

    def show(self, file: object = None) -> None:
        click.echo(self.message, err=True)


def load_or_exit() -> dict[str, Exhibition]:
    """The exhibition by language, the original's first; ends the command with every problem if it isn't valid."""
    try:
        return load_all_languages(settings().data, settings().media)
    except ContentError as error:
        raise CommandError(str(error)) from error
