"""Drawings: SVG files that share symbols, and their raster masters."""

from pathlib import Path

from tour.atomic_write import write_atomic
from tour.images import convert

SYMBOLS = "kit.svg"  # what the drawings share, in one <defs>


def draw_all(media_dir: Path) -> list[Path]:
    """Make the raster master of every drawing that is newer than its master; returns those; raises WriteError."""
    symbols = media_dir / "drawings" / SYMBOLS
    drawings = sorted(set((media_dir / "drawings").glob("*.svg")) - {symbols})
    masters = {media_dir / f"{drawing.stem}.png": drawing for drawing in drawings}
    stale = [master for master, drawing in masters.items() if _is_stale(master, drawing, symbols)]
    for master in stale:
        write_atomic(master, rasterize(masters[master].read_text("utf-8"), symbols.read_text("utf-8")))
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
