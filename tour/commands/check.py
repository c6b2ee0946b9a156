"""python -m tour check: what is wrong with the content."""

import click

from tour import translation_checks
from tour.commands.published import published
from tour.edition import data_dir


@click.command()
def check() -> None:
    """Say what is wrong with the content, file by file. Silent when nothing is.

    Translations that are missing or older than their originals are named too, and are no fault.
    """
    published()
    for remark in translation_checks.remarks(data_dir()):
        click.echo(str(remark))
