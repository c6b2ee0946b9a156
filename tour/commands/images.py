"""python -m tour images: every derivative that a page will ask for."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import click

from tour.commands.published import published
from tour.edition import media_dir
from tour.pictures import cards, derivatives


@click.command()
def images() -> None:
    """Make every derivative that isn't there, and remove those that no picture needs."""
    every, media = list(published().values()), media_dir()
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
