"""How a command ends with an error message."""

import click

from tour.atomic_write import WriteError
from tour.content.problems import ContentError, Problem
from tour.curation.link_check.results import CorruptCacheError

FILE_HINT = "See that it is there, and that whoever runs this may read and write it."


class CommandError(click.ClickException):
    """Ends the command with exit code 1 and the bare message, which names the remedy."""

    def show(self, file: object = None) -> None:
        click.echo(self.message, err=True)


class CommandGroup(click.Group):
    """Commands that end with an error message if the content or a file can't be used."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except (ContentError, CorruptCacheError) as error:
            raise CommandError(str(error)) from error
        except WriteError as error:
            raise CommandError(str(error.problem)) from error
        except OSError as error:
            # A broken pipe has none; click ends the command without a message.
            if error.filename is None:
                raise
            message = f"can't be read or written: {error.strerror}."
            raise CommandError(str(Problem(str(error.filename), "", message, FILE_HINT))) from error
