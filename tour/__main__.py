"""The curator's commands: python -m tour check | images | draw."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor

import click

from tour import checks, derivatives, drawings
from tour.edition import data_dir, media_dir
from tour.model import Exhibition
from tour.problems import ContentError


@click.group()
def main() -> None:
    """Commands for curators. TOUR_DATA and TOUR_MEDIA name other folders than data/ and media/."""


@main.command()
def check() -> None:
    """Say what is wrong with the content, file by file. Silent when nothing is."""
    _published()


@main.command()
def images() -> None:
    """Make every derivative that isn't there, and remove those that no picture needs."""
    wanted = derivatives.needed(_published(), media_dir())
    shelf = derivatives.Shelf(media_dir())
    missing = shelf.missing(wanted)
    if missing:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            making = pool.map(shelf.path, missing)
            with click.progressbar(making, length=len(missing), label="Pictures", width=40, show_pos=True) as bar:
                list(bar)
    stale = list(shelf.stale(wanted))
    for path in stale:
        path.unlink()
    click.echo(f"{len(wanted)} derivatives: {len(missing)} made, {len(stale)} removed.")


@main.command()
def draw() -> None:
    """Make the raster master of every drawing that has changed."""
    for made in drawings.draw_all(media_dir()):
        click.echo(f"Drew {made.name}.")


def _published() -> Exhibition:
    try:
        return checks.published(data_dir(), media_dir())
    except ContentError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main(prog_name="python -m tour")
