"""The exhibition's links that lead out: file, line and field of every URL."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tour.content.files import read_text
from tour.model import Exhibition, Stop

# Possessive, so that the time is linear in a line's length.
HEADER = re.compile(r"\s*+(?P<brackets>\[\[?+)(?P<name>[^\[\]]++)\]")
FIELD = re.compile(r"\s*+(?P<name>[\w-]++)\s*+=")


@dataclass(frozen=True, order=True)
class LinkLocation:
    """One place of a URL; `line` is 0 if unknown, `accessed` the day on which a curator last read the page."""

    file: str
    line: int
    field: str
    url: str
    accessed: date | None = None


def link_locations(data_dir: Path, exhibition: Exhibition) -> list[LinkLocation]:
    """Every URL in the content, in the order of files and lines."""
    links = list(_links(exhibition))
    # Editors count these line ends alone, splitlines() some more.
    lines = {file: ["", *read_text(data_dir / file, file).split("\n")] for file in {link.file for link in links}}
    field_lines = {file: _field_lines(lines[file]) for file in lines}
    return sorted(replace(link, line=_line(link, lines[link.file], field_lines[link.file])) for link in links)


def _links(exhibition: Exhibition) -> Iterator[LinkLocation]:
    # The address of the tiles themselves is a pattern, not a page.
    if exhibition.tile_layer:
        yield LinkLocation("exhibition.toml", 0, "tile_layer.credit_address", exhibition.tile_layer.credit_address)
    for id, source in exhibition.sources.items():
        yield LinkLocation("sources.toml", 0, f"{id}.address", source.address, source.accessed)
    accessed = {source.address: source.accessed for source in exhibition.sources.values()}
    for stop in exhibition.stops:
        yield from _stop_links(stop, accessed)


def _stop_links(stop: Stop, accessed: dict[str, date]) -> Iterator[LinkLocation]:
    for number, link in enumerate(stop.links, 1):
        yield LinkLocation(stop.file, 0, f"links[{number}].address", link.address, accessed.get(link.address))
    for array in ("figures", "comparisons", "detail_images"):
        for number, image in enumerate(getattr(stop, array), 1):
            yield LinkLocation(stop.file, 0, f"{array}[{number}].rights", image.rights)


def _field_lines(lines: list[str]) -> dict[str, int]:
    """The number of the line of every field that has a line of its own, by the field's name in messages."""
    prefix = ""
    counts: Counter[str] = Counter()
    numbers: dict[str, int] = {}
    for number, line in enumerate(lines):
        if match := HEADER.match(line):
            name = match["name"].strip(" \t\"'")
            counts[name] += 1
            prefix = f"{name}[{counts[name]}]." if match["brackets"] == "[[" else f"{name}."
        elif match := FIELD.match(line):
            numbers.setdefault(prefix + match["name"], number)
    return numbers


def _line(link: LinkLocation, lines: list[str], field_lines: dict[str, int]) -> int:
    """The line of the field; else, as in a table on one line, the first line with the URL."""
    candidates = (field_lines.get(link.field, 0), *range(len(lines)))
    return next((number for number in candidates if link.url in lines[number]), 0)
