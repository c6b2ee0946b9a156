"""What each stop has, as a table: where the exhibition is thin."""

from collections.abc import Mapping
from typing import Any

from tour.content.cited_sources import stop_sources
from tour.curation.lint.prose import count_words
from tour.model import Exhibition
from tour.model.navigation import twin

COUNTED = ("comparisons", "detail_images", "claims", "events", "links")  # parts of a stop

StopCoverage = dict[str, Any]  # by column: a count, whether the stop has it, or the languages in which it is whole


def coverage(exhibitions: Mapping[str, Exhibition]) -> list[StopCoverage]:
    """A row for each stop in tour order; `exhibitions` are by language, the original's first."""
    original = next(iter(exhibitions.values()))
    return [
        {
            "stop": stop.slug,
            "words": count_words(stop.narrative),
            "sources": len(stop_sources(stop)),
            "pictures": len({picture.image for picture in stop.pictures()}),
            **{name: len(getattr(stop, name)) for name in COUNTED},
            "twin": twin(original, stop) is not None,
            **{name: bool(getattr(stop, name)) for name in ("step_free", "seats")},
            "languages": [code for code, each in exhibitions.items() if each.stop(stop.slug).language == code],
        }
        for stop in original.stops
    ]


def table(rows: list[StopCoverage]) -> str:
    """The rows in columns with a heading; a dot stands for 0, no and none."""
    cells = [[name.replace("_", " ") for name in rows[0]], *([_cell(value) for value in row.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]
    return "\n".join(lines)


def _cell(value: object) -> str:
    if isinstance(value, list):
        return " ".join(value)
    return "yes" if value is True else str(value or "·")
