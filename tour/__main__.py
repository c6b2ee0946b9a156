"""The curator's commands: python -m tour check | images | draw | export."""

import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import click

from tour import cards, checks, derivatives, drawings, translation_checks
from tour.documents import Desk
from tour.edition import data_dir, media_dir
from tour.export import NotOurs, everything, export
from tour.model import Exhibition
from tour.problems import ContentError


@click.group()
def main() -> None:
    """Commands for curators. TOUR_DATA and TOUR_MEDIA name other folders than data/ and media/."""


@main.command()
def check() -> None:
    """Say what is wrong with the content, file by file. Silent when nothing is.

    Translations that are missing or older than their originals are named too, and are no fault.
    """
    _published()
    for remark in translation_checks.remarks(data_dir()):
        click.echo(str(remark))


@main.command()
def images() -> None:
    """Make every derivative that isn't there, and remove those that no picture needs."""
    every, media = list(_published().values()), media_dir()
    wanted = derivatives.needed(every[0], media)
    shared = [card for exhibition in every for card in cards.needed(exhibition, media)]
    shelf = derivatives.Shelf(media)
    missing = [partial(shelf.path, each) for each in shelf.missing(wanted)]
    missing += [partial(cards.card_path, each, media) for each in cards.missing(shared, media)]
    _make(missing)
    stale = [*shelf.stale(wanted), *cards.stale(shared, media)]
    for path in stale:
        path.unlink()
    made = f"{len(missing)} made, {len(stale)} removed"
    click.echo(f"{len(wanted)} derivatives and {len(shared)} share cards: {made}.")


def _make(pictures: list[Callable[[], Path]]) -> None:
    if not pictures:
        return
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        making = pool.map(lambda make: make(), pictures)
        with click.progressbar(making, length=len(pictures), label="Pictures", width=40, show_pos=True) as bar:
            list(bar)


@main.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--base-url", default="", help="Where the folder will stand on the web: https://example.org/tour/")
def export_command(folder: Path, base_url: str) -> None:
    """Write the whole exhibition into FOLDER as files that need no server: open index.html.

    With --base-url its pages also name their addresses: for search engines, share cards, IIIF and QR codes.
    """
    base = base_url and base_url.rstrip("/") + "/"
    contents = everything([Desk(each, data_dir(), media_dir(), base) for each in _published().values()])
    try:
        with click.progressbar(export(contents, folder), length=len(contents), label="Files", width=40) as bar:
            list(bar)
    except NotOurs:
        click.echo(
            f"{folder} holds other files, and nothing was written. Name a new folder, or an empty one.", err=True
        )
        sys.exit(1)
    click.echo(f"{len(contents)} files in {folder}. Open {folder / 'index.html'}, or put the folder on any web server.")


@main.command()
def draw() -> None:
    """Make the raster master of every drawing that has changed."""
    for made in drawings.draw_all(media_dir()):
        click.echo(f"Drew {made.name}.")


def _published() -> dict[str, Exhibition]:
    try:
        return checks.in_every_language(data_dir(), media_dir())
    except ContentError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main(prog_name="python -m tour")
