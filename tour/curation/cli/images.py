"""python -m tour images: every derivative that a page may request. python -m tour draw: rasterized drawings."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import click

from tour.atomic_write import WriteError
from tour.curation.cli.errors import CommandError, load_or_exit
from tour.images import convert, derivatives, social_cards
from tour.images.derivative_cache import derivative_cache
from tour.settings import settings

SYMBOLS = "kit.svg"  # what the drawings share, in one <defs>


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
    click.echo(f"{len(required)} derivatives and {len(cards)} share cards: {changes}.")


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


def draw_all(media_dir: Path) -> list[Path]:
    """Make the raster master of every drawing that is newer than its master; returns the masters made."""
    symbols = media_dir / "drawings" / SYMBOLS
    drawings = sorted(set((media_dir / "drawings").glob("*.svg")) - {symbols})
    masters = {media_dir / f"{drawing.stem}.png": drawing for drawing in drawings}
    stale = [master for master, drawing in masters.items() if _is_stale(master, drawing, symbols)]
    for master in stale:
        master.write_bytes(rasterize(masters[master].read_text("utf-8"), symbols.read_text("utf-8")))
    return stale


def rasterize(drawing: str, symbols: str) -> bytes:
    """The drawing as PNG in few colours, a pixel for each unit of its viewBox."""
    import resvg_py  # a development requirement: the running site does without it

    return convert.quantize_png(bytes(resvg_py.svg_to_bytes(svg_string=with_symbols(drawing, symbols))))


def with_symbols(drawing: str, symbols: str) -> str:
    """The drawing with the shared <defs> as its first child, so that it stands alone."""
    definitions = symbols[symbols.index("<defs>") : symbols.index("</defs>") + len("</defs>")]
    head_end = drawing.index(">", drawing.index("<svg")) + 1
    return drawing[:head_end] + definitions + drawing[head_end:]


def _is_stale(master: Path, *sources: Path) -> bool:
    return not master.exists() or max(source.stat().st_mtime for source in sources) > master.stat().st_mtime
