"""python -m tour images: every derivative that a page may request. python -m tour draw: rasterized drawings."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import click

from tour.atomic_write import WriteError
from tour.curation.cli.errors import CommandError, load_or_exit
from tour.curation.drawings import draw_all
from tour.images import derivatives, social_cards
from tour.images.derivative_cache import derivative_cache
from tour.settings import settings


@click.command()
def images() -> None:
    """Make every derivative that isn't there, and remove those that no picture needs."""
    exhibitions, media = list(load_or_exit().values()), settings().media
    cache, required = derivative_cache(media), derivatives.needed(exhibitions[0], media)
    cards = [card for exhibition in exhibitions for card in social_cards.needed(exhibition, media)]
    jobs = [partial(cache.get_or_create_file, image) for image in cache.missing([*required, *cards])]
    try:
        _run(jobs)
    except WriteError as error:
        raise CommandError(f"\n{error.problem}") from error
    stale = cache.stale([*required, *cards])
    for path in stale:
        path.unlink(missing_ok=True)
    changes = f"{len(jobs)} made, {len(stale)} removed"
    click.echo(f"{len(required)} derivatives and {len(cards)} social cards: {changes}.")


def _run(jobs: list[partial[Path]]) -> None:
    if not jobs:
        return
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        done = pool.map(lambda job: job(), jobs)
        with click.progressbar(done, length=len(jobs), label="Pictures", width=40, show_pos=True) as bar:
            list(bar)


@click.command()
def draw() -> None:
    """Make the raster master of every drawing that has changed."""
    for master in draw_all(settings().media):
        click.echo(f"Drew {master.name}.")
