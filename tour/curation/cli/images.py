"""python -m tour images: every derivative that a page will ask for."""

import os
import re
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import click

from tour.atomic_write import WriteError
from tour.content_store import media_dir
from tour.curation.cli.check import load_or_exit
from tour.images import convert, derivatives, social_cards
from tour.images.derivative_cache import derivative_cache


@click.command()
def images() -> None:
    """Make every derivative that isn't there, and remove those that no picture needs."""
    every, media = list(load_or_exit().values()), media_dir()
    wanted = derivatives.needed(every[0], media)
    shared = [card for exhibition in every for card in social_cards.needed(exhibition, media)]
    kept = derivative_cache(media)
    missing = [partial(kept.path, each) for each in kept.missing(wanted)]
    missing += [partial(social_cards.card_path, each, media) for each in social_cards.missing(shared, media)]
    try:
        _make(missing)
    except WriteError as error:
        click.echo(f"\n{error.problem}", err=True)
        sys.exit(1)
    stale = [*kept.stale(wanted), *social_cards.stale(shared, media)]
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


@click.command()
def draw() -> None:
    """Make the raster master of every drawing that has changed."""
    for made in draw_all(media_dir()):
        click.echo(f"Drew {made.name}.")


KIT = "kit.svg"
# A master is as many pixels wide as its drawing is units: 1800 for a stop, 3200 for what is looked at closely.
VIEW_BOX = re.compile(r'viewBox="0 0 (\d+) \d+"')


def draw_all(media_dir: Path) -> list[Path]:
    """Make the raster master of every drawing that is newer than its master; returns the masters made."""
    sources = sorted((media_dir / "drawings").glob("*.svg"))
    kit = media_dir / "drawings" / KIT
    made = []
    for source in sources:
        master = media_dir / f"{source.stem}.png"
        if source != kit and _is_stale(master, source, kit):
            master.write_bytes(raster(source.read_text("utf-8"), kit.read_text("utf-8")))
            made.append(master)
    return made


def raster(drawing: str, kit: str) -> bytes:
    """The drawing as PNG in few colours, a pixel for each unit of its viewBox."""
    import resvg_py  # a tool of whoever draws: the running site does without it

    width = int(VIEW_BOX.search(drawing)[1])
    return convert.quantize_png(bytes(resvg_py.svg_to_bytes(svg_string=with_kit(drawing, kit), width=width)))


def with_kit(drawing: str, kit: str) -> str:
    """The drawing with the kit's <defs> as its first child, so that it stands alone."""
    definitions = kit[kit.index("<defs>") : kit.index("</defs>") + len("</defs>")]
    head_end = drawing.index(">", drawing.index("<svg")) + 1
    return drawing[:head_end] + definitions + drawing[head_end:]


def _is_stale(master: Path, *sources: Path) -> bool:
    return not master.exists() or any(source.stat().st_mtime > master.stat().st_mtime for source in sources)
