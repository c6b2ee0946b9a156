"""What each stop has, as a table: where the exhibition is thin."""

from collections.abc import Mapping
from dataclasses import dataclass

from tour.content.citations import stop_sources
from tour.curation.lint.prose import count_words
from tour.model import Exhibition, Stop
from tour.model.navigation import twin


@dataclass(frozen=True)
class StopCoverage:
    """What one stop has; `languages` are those in which it is whole."""

    stop: str
    words: int
    sources: int
    pictures: int
    comparisons: int
    detail_images: int
    claims: int
    events: int
    links: int
    twin: bool
    step_free: bool
    seats: bool
    languages: tuple[str, ...]


def coverage(every: Mapping[str, Exhibition]) -> list[StopCoverage]:
    """A row a stop, in the order of the tour; `every` is the exhibition by language, the original's first."""
    original = next(iter(every.values()))
    return [_row(stop, original, every) for stop in original.stops]


def _row(stop: Stop, original: Exhibition, every: Mapping[str, Exhibition]) -> StopCoverage:
    return StopCoverage(
        stop=stop.slug,
        words=count_words(stop.narrative),
        sources=len(stop_sources(stop)),
        pictures=len({picture.image for picture in stop.pictures()}),
        comparisons=len(stop.comparisons),
        detail_images=len(stop.detail_images),
        claims=len(stop.claims),
        events=len(stop.events),
        links=len(stop.links),
        twin=twin(original, stop) is not None,
        step_free=bool(stop.step_free),
        seats=bool(stop.seats),
        languages=tuple(language for language, each in every.items() if each.stop(stop.slug).language == language),
    )


def table(rows: list[StopCoverage]) -> str:
    """The rows with a heading, in columns; a dot stands for nothing."""
    headings = [name.replace("_", " ") for name in StopCoverage.__dataclass_fields__]
    cells = [headings, *([_cell(value) for value in vars(row).values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]
    return "\n".join(lines)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "·"
    return " ".join(value) if isinstance(value, tuple) else str(value or "·")
