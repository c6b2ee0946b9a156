"""A TOML table read into a frozen value, every fault told to the curator."""

import math
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from tour.problems import Problem

NAMES = {
    str: "text",
    float: "a number",
    int: "a whole number",
    date: "a date",
    tuple: "a list",
    dict: "a table",
    bool: "true or false",
}
WRITE = {
    str: "Write it between quotation marks.",
    float: "Write it without quotation marks, like 52.408.",
    int: "Write it without quotation marks, like 1972.",
    bool: "Write true or false, without quotation marks.",
    date: "Write it as year-month-day without quotation marks, like 2022-03-22.",
    tuple: "Write it between square brackets, or as tables headed by the field's name in double square brackets.",
    dict: "Write it as a table headed by the field's name.",
}
REMEDIES = {
    "alt": "Say what the picture shows, for a visitor who cannot see it.",
    "credit": "Say who made the picture.",
    "rights": "Give the address of the licence, like https://creativecommons.org/licenses/by/4.0/.",
    "caption": "Say what the visitor should know about the picture.",
    "credit_address": "Give the address of the page that says how to credit the map.",
    "language": "Give the language of the page, like en or ru.",
    "narrative": "Tell the story below the second +++ line.",
}
FETCHED = ("image", "credit", "rights")  # from Wikimedia Commons


class Shape:
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
            self._wrong_kind(field, table, dict)
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
        if not _is_a(kind, found):
            self._wrong_kind(field, found, kind)
        elif kind is str and required and not found.strip():
            self.fault(field, "is empty.", REMEDIES.get(_last(field), "Fill it in."))
        return found

    def _list(self, kinds: tuple[Any, ...], found: Any, field: str, required: bool) -> tuple[Any, ...]:
        if not isinstance(found, list):
            self._wrong_kind(field, found, tuple)
            return ()
        if Ellipsis not in kinds and len(found) != len(kinds):
            self.fault(field, f"has {len(found)} values, not {len(kinds)}.", f"Give {len(kinds)} values.")
        elif required and not found:
            self.fault(field, "is empty.", "Give at least one.")
        return tuple(self._value(kinds[0], each, f"{field}[{number}]", True) for number, each in enumerate(found, 1))

    def _wrong_kind(self, field: str, found: Any, wanted: type) -> None:
        self.fault(field, f"is {_name_of(found)}, not {NAMES[wanted]}.", WRITE[wanted])

    def _unknown(self, field: str, name: str, kind: type, known: list[str]) -> None:
        near = get_close_matches(name, known, 1)
        remedy = f"Did you mean {near[0]}?" if near else f"Its fields are {', '.join(known)}."
        self.fault(field, f"is not a field of a {kind.__name__.lower()}.", remedy)


_hints = cache(get_type_hints)


def _remedy(name: str, table: dict[str, Any]) -> str:
    """What to do for a field that is missing; some come along with the picture that the table names."""
    if name in FETCHED and table.get("commons"):
        return f"Run python -m tour photos: it fetches {table['commons']} with its credit."
    return REMEDIES.get(name, "Add it.")


_ACCEPTS: dict[type, Callable[[Any], bool]] = {
    str: lambda found: isinstance(found, str),
    float: lambda found: isinstance(found, int | float) and not isinstance(found, bool) and math.isfinite(found),
    int: lambda found: isinstance(found, int) and not isinstance(found, bool),
    bool: lambda found: isinstance(found, bool),
    date: lambda found: isinstance(found, date) and not isinstance(found, datetime),
}


def _is_a(kind: type, found: Any) -> bool:
    return _ACCEPTS[kind](found)


def _name_of(found: Any) -> str:
    if isinstance(found, float) and not math.isfinite(found):
        return "not a real number"
    return next((NAMES[kind] for kind in (bool, str, int, float, date, dict) if isinstance(found, kind)), NAMES[tuple])


def _joined(field: str, name: str) -> str:
    return f"{field}.{name}" if field else name


def _last(field: str) -> str:
    return field.rsplit(".", 1)[-1]
