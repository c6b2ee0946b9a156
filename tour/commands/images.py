"""python -m tour images: every derivative that a page will ask for."""

import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import click

from tour.commands.published import published
from tour.edition import media_dir
from tour.pictures import cards, derivatives
from tour.pictures.shelf import shelf
from tour.writing import Unwritten


@click.command()
def images() -> None:
    """Make every derivative that isn't there, and remove those that no picture needs."""
    every, media = list(published().values()), media_dir()
    wanted = derivatives.needed(every[0], media)
    shared = [card for exhibition in every for card in cards.needed(exhibition, media)]
    kept = shelf(media)
    missing = [partial(kept.path, each) for each in kept.missing(wanted)]
    missing += [partial(cards.card_path, each, media) for each in cards.missing(shared, media)]
    try:
        _make(missing)
    except Unwritten as error:
        click.echo(f"\n{error.problem}", err=True)
        sys.exit(1)
    stale = [*kept.stale(wanted), *cards.stale(shared, media)]
    for path in stale:
        path.unlink(missing_ok=True)
    made = f"{len(missing)} made, {len(stale)} removed"
    click.echo(f"{len(wanted)} derivatives and {len(shared)} share cards: {made}.")


def _make(pictures: list[Callable[[], Path]]) -> None:
    if not pictures:
        return
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        making = pool.map(lambda make: make(), pictures)
        with click.progressbar(making, length=len(pictures), label="Pictures", width=40, show_pos=True) as bar:
            list(bar)
