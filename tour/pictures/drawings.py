"""Drawings: the shared kit and one SVG in, one raster master out."""

import re
from pathlib import Path

from tour.pictures import images

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
    return images.in_few_colours(bytes(resvg_py.svg_to_bytes(svg_string=with_kit(drawing, kit), width=width)))


def with_kit(drawing: str, kit: str) -> str:
    """The drawing with the kit's <defs> as its first child, so that it stands alone."""
    definitions = kit[kit.index("<defs>") : kit.index("</defs>") + len("</defs>")]
    head_end = drawing.index(">", drawing.index("<svg")) + 1
    return drawing[:head_end] + definitions + drawing[head_end:]


def _is_stale(master: Path, *sources: Path) -> bool:
    return not master.exists() or any(source.stat().st_mtime > master.stat().st_mtime for source in sources)
