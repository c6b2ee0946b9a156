"""python -m tour images: every derivative that a page may request. python -m tour draw: rasterized drawings."""

import os
from concurrent.futures import ThreadPoolExecutor

import click

from tour.curation.drawings import draw_all
from tour.images import derivatives, social_cards
from tour.images.derivative_cache import derivative_cache
from tour.settings import settings
from tour.validation.validate import load_all_languages


@click.command()
def images() -> None:
    """Make every derivative that isn't there, and remove those that no picture needs."""
    media = settings().media
    exhibitions = list(load_all_languages(settings().data, media).values())
    cache, required = derivative_cache(media), derivatives.needed(exhibitions[0], media)
    cards = [card for exhibition in exhibitions for card in social_cards.needed(exhibition, media)]
    missing = list(cache.missing([*required, *cards]))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        created, count = pool.map(cache.get_or_create_file, missing), len(missing)
        with click.progressbar(created, count, "Pictures", hidden=not count, width=40, show_pos=True) as bar:
            list(bar)
    stale = cache.stale([*required, *cards])
    for path in stale:
        path.unlink(missing_ok=True)
    changes = f"{len(missing)} made, {len(stale)} removed"
    click.echo(f"{len(required)} derivatives and {len(cards)} social cards: {changes}.")


@click.command()
def draw() -> None:
    """Make the raster master of every drawing that has changed."""
    for master in draw_all(settings().media):
        click.echo(f"Drew {master.name}.")
