"""A TOML table read into a frozen value, every fault told to the curator."""

import math
import re
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from tour.content.characters import code_point, find_unprintable, is_blank, truncate
from tour.content.markdown import CITATION
from tour.content.problems import Problem

# Names, which stand on one line of a button, a map, a share card.
SINGLE_LINE_FIELDS = frozenset(
    {"title", "short_title", "subtitle", "name", "country", "label", "publisher", "credit", "sentence", "speaker"}
)
MAX_LINE_LENGTH = 300  # letters of a line: half as much again as a share card has room for
MAX_NUMBER = 10**9  # no number of ours comes near it
HINTS = {
    "alt": "Say what the picture shows, for a visitor who cannot see it.",
    "credit": "Say who made the picture.",
    "rights": "Give the address of the licence, like https://creativecommons.org/licenses/by/4.0/.",
    "caption": "Say what the visitor should know about the picture.",
    "credit_address": "Give the address of the page that says how to credit the map.",
    "language": "Give the language of the page, like en or ru.",
    "sources": 'Name those of sources.toml on which it rests, like sources = ["museum-cloth"].',
    "narrative": "Tell the story below the second +++ line.",
}
DOWNLOADED_FIELDS = ("image", "credit", "rights")  # from Wikimedia Commons


class TableReader:
    """Reads tables of one file; the problems met stay in `problems`."""

    def __init__(self, file: str):
        self.file = file
        self.problems: list[Problem] = []

    def read(self, kind: type, table: Any, field: str = "", **given: Any) -> Any:
        """The table as a `kind`, or None if anything was wrong; `given` are fields that the file does not hold."""
        before = len(self.problems)
        values = self._table(kind, table, field, given)
        return None if len(self.problems) > before else kind(**values)

    def fault(self, field: str, fault: str, remedy: str) -> None:
        self.problems.append(Problem(self.file, field, fault, remedy))

    def _table(self, kind: type, table: Any, field: str, given: dict[str, Any]) -> dict[str, Any]:
        if not isinstance(table, dict):
            self._no_table(field, table)
            return {}
        known = {entry.name: entry for entry in fields(kind) if entry.name not in given}
        hints = _hints(kind)
        for name in table.keys() - known.keys():
            self._unknown(_joined(field, name), name, kind, list(known))
        values = dict(given)
        for name, entry in known.items():
            if name in table:
                values[name] = self._value(hints[name], table[name], _joined(field, name), entry.default is MISSING)
            elif entry.default is MISSING:
                self.fault(_joined(field, name), "is missing.", _remedy(name, table if "commons" in known else {}))
        return values

    def _value(self, kind: Any, found: Any, field: str, required: bool) -> Any:
        if isinstance(kind, UnionType):
            kind = get_args(kind)[0]
        if is_dataclass(kind):
            return self.read(kind, found, field)
        if get_origin(kind) is tuple:
            return self._list(get_args(kind), found, field, required)
        if not is_type(kind, found):
            self._wrong_kind(field, found, kind)
        elif kind is str:
            self._text(found, field, required)
        elif kind in (int, float) and abs(found) > MAX_NUMBER:
            self.fault(field, "is far too large a number.", "Is a point missing, or a digit too many?")
        return found

    def _text(self, found: str, field: str, required: bool) -> None:
        """Faults of a text; a citation alone says nothing."""
        if sign := find_unprintable(found):
            self.fault(field, f"holds a sign that no page can show ({code_point(sign[0])}).", "Take it out.")
        elif required and is_blank(CITATION.sub("", found)):
            self.fault(field, "is empty.", HINTS.get(_last(field), "Fill it in."))
        elif _last(field) in SINGLE_LINE_FIELDS and "\n" in found.strip():
            self.fault(field, "has more than one line.", "Write it on one line.")
        elif _last(field) in SINGLE_LINE_FIELDS and len(found) > MAX_LINE_LENGTH:
            self.fault(field, f"has {len(found):,} letters.", f"Say it in {MAX_LINE_LENGTH} at most.")

    def _list(self, of: tuple[Any, ...], found: Any, field: str, required: bool) -> tuple[Any, ...]:
        if isinstance(found, dict) and is_dataclass(of[0]):
            remedy = f"Head each with [[{_path(field)}]], in double square brackets."
            self.fault(field, "is one table, not a list of them.", remedy)
            return ()
        if not isinstance(found, list):
            self._wrong_kind(field, found, tuple)
            return ()
        if Ellipsis not in of and len(found) != len(of):
            counted = "1 value" if len(found) == 1 else f"{len(found)} values"
            self.fault(field, f"has {counted}, not {len(of)}.", f"Give {len(of)} values.")
        elif required and not found:
            self.fault(field, "is empty.", HINTS.get(_last(field), "Give at least one."))
        return tuple(self._value(of[0], each, f"{field}[{number}]", True) for number, each in enumerate(found, 1))

    def _wrong_kind(self, field: str, found: Any, wanted: type) -> None:
        is_comma = wanted is float and isinstance(found, str) and "," in found
        remedy = DECIMAL_POINT_HINT if is_comma else HOW_TO_WRITE[wanted]
        self.fault(field, f"is {type_name(found)}, not {TYPE_NAMES[wanted]}.", remedy)

    def _no_table(self, field: str, found: Any) -> None:
        if isinstance(found, list) and not field.endswith("]"):
            remedy = f"Head it with [{_path(field)}], in single square brackets."
            self.fault(field, "is a list of tables, not one table.", remedy)
        else:
            self._wrong_kind(field, found, dict)

    def _unknown(self, field: str, name: str, kind: type, known: list[str]) -> None:
        near = get_close_matches(name[:MAX_LINE_LENGTH], known, 1)
        remedy = f"Did you mean {near[0]}?" if near else f"Its fields are {', '.join(known)}."
        self.fault(field, f"is not a field of {with_article(kind)}.", remedy)


_hints = cache(get_type_hints)


def _remedy(name: str, table: dict[str, Any]) -> str:
    """What to do for a field that is missing; some come along with the picture that the table names."""
    if name in DOWNLOADED_FIELDS and table.get("commons"):
        return f"Run python -m tour photos: it fetches {truncate(str(table['commons']))} with its credit."
    return HINTS.get(name, "Add it.")


def _joined(field: str, name: str) -> str:
    return f"{field}.{truncate(name)}" if field else truncate(name)


def _path(field: str) -> str:
    """A field as it stands in the head of a table: claims.accounts for claims[1].accounts."""
    return re.sub(r"\[\d+\]", "", field)


def _last(field: str) -> str:
    return field.rsplit(".", 1)[-1]


# What a value of each kind is called: the narrower kind before the wider one that it also is.
TYPE_NAMES = {
    bool: "true or false",
    datetime: "a date with a time",
    time: "a time of day",
    str: "text",
    int: "a whole number",
    float: "a number",
    date: "a date",
    tuple: "a list",
    dict: "a table",
}
HOW_TO_WRITE = {
    str: "Write it between quotation marks.",
    float: "Write it without quotation marks, like 52.408.",
    int: "Write it without quotation marks, like 1972.",
    bool: "Write true or false, without quotation marks.",
    date: "Write it as year-month-day without quotation marks, like 2022-03-22.",
    tuple: "Write it between square brackets, or as tables headed by the field's name in double square brackets.",
    dict: "Write it as a table headed by the field's name.",
}
DECIMAL_POINT_HINT = "Write it with a point and without quotation marks, like 52.408."
WITH_ARTICLE = {
    "AboutSection": "a section",
    "Account": "an account",
    "ComparisonSide": "a side",
    "DetailImage": "a detail image",
    "Event": "an event",
    "Exhibition": "the exhibition",
    "LessonStep": "a step",
    "NamedLink": "a link",
    "TileLayer": "the tile layer",
}
ACCEPTS: dict[type, Callable[[Any], bool]] = {
    str: lambda found: isinstance(found, str),
    float: lambda found: isinstance(found, int | float) and not isinstance(found, bool) and not _is_unreal(found),
    int: lambda found: isinstance(found, int) and not isinstance(found, bool),
    bool: lambda found: isinstance(found, bool),
    date: lambda found: isinstance(found, date) and not isinstance(found, datetime),
}


def is_type(kind: type, found: Any) -> bool:
    return ACCEPTS[kind](found)


def type_name(found: Any) -> str:
    """What a value that was found is."""
    if _is_unreal(found):
        return str(found)
    return next((name for kind, name in TYPE_NAMES.items() if isinstance(found, kind)), TYPE_NAMES[tuple])


def _is_unreal(found: Any) -> bool:
    return isinstance(found, float) and not math.isfinite(found)


def with_article(kind: type) -> str:
    """A kind of table as a sentence has it: a figure."""
    return WITH_ARTICLE.get(kind.__name__, f"a {kind.__name__.lower()}")
