"""Where the exhibition's links that lead out stand: file, line and field of every web address."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tour.content.files import read_text
from tour.model import Exhibition, Stop

# Words and the spaces between them; nothing that was read is read again.
NAME = r"\s*+(?P<name>[^\s\[\]]++(?:\s++[^\s\[\]]++)*+)\s*+"
LIST = re.compile(rf"\s*+\[\[{NAME}\]\]")
TABLE = re.compile(rf"\s*+\[{NAME}\]")
FIELD = re.compile(r"\s*(?P<name>[\w-]+)\s*=")


@dataclass(frozen=True, order=True)
class LinkLocation:
    """One place where an address stands; `line` is 0 if it can't be told, `seen` when a curator last read the page."""

    file: str
    line: int
    field: str
    address: str
    accessed: date | None = None


def link_locations(data_dir: Path, exhibition: Exhibition) -> list[LinkLocation]:
    """Every mention of a web address in the content, in the order of files and lines."""
    found = list(_mentions(exhibition))
    pages = {file: read_text(data_dir / file, file, []) or "" for file in {each.file for each in found}}
    lines = {file: _field_lines(page) for file, page in pages.items()}
    return sorted(
        LinkLocation(
            each.file, _line(pages[each.file], lines[each.file], each), each.field, each.address, each.accessed
        )
        for each in found
    )


def _mentions(exhibition: Exhibition) -> Iterator[LinkLocation]:
    # The address of the tiles themselves is a pattern, not a page.
    if exhibition.tile_layer:
        yield LinkLocation("exhibition.toml", 0, "tile_layer.credit_address", exhibition.tile_layer.credit_address)
    for id, source in exhibition.sources.items():
        yield LinkLocation("sources.toml", 0, f"{id}.address", source.address, source.accessed)
    seen = {source.address: source.accessed for source in exhibition.sources.values()}
    for stop in exhibition.stops:
        yield from _of_stop(stop, seen)


def _of_stop(stop: Stop, seen: dict[str, date]) -> Iterator[LinkLocation]:
    for number, link in enumerate(stop.links, 1):
        yield LinkLocation(stop.file, 0, f"links[{number}].address", link.address, seen.get(link.address))
    for name in ("figures", "comparisons", "detail_images"):
        for number, each in enumerate(getattr(stop, name), 1):
            yield LinkLocation(stop.file, 0, f"{name}[{number}].rights", each.rights)


def _field_lines(page: str) -> dict[str, int]:
    """The line of every field that has one of its own, by the name that a curator is told."""
    heading, counts, lines = "", Counter(), {}
    # An editor counts these ends of lines alone, splitlines() some more.
    for number, line in enumerate(page.split("\n"), 1):
        if match := LIST.match(line):
            name = match["name"].strip("\"'")
            counts[name] += 1
            heading = f"{name}[{counts[name]}]."
        elif match := TABLE.match(line):
            heading = match["name"].strip("\"'") + "."
        elif match := FIELD.match(line):
            lines.setdefault(heading + match["name"], number)
    return lines


def _line(page: str, lines: dict[str, int], mention: LinkLocation) -> int:
    """Where the field stands; else, as in a table on one line, the first line with the address."""
    written = page.split("\n")
    at = lines.get(mention.field, 0)
    if at and mention.address in written[at - 1]:
        return at
    return next((number for number, line in enumerate(written, 1) if mention.address in line), 0)
