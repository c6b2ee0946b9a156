"""Schema validation: a TOML table becomes a frozen value, or a list of problems for the curator."""

import math
import re
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from tour.content.characters import code_point, find_unprintable, is_blank, truncate
from tour.content.markdown import CITATION
from tour.content.problems import Problem

# Names, which stand on one line of a button, a map, a social card.
SINGLE_LINE_FIELDS = frozenset(
    {"title", "short_title", "subtitle", "name", "country", "label", "publisher", "credit", "sentence", "speaker"}
)
MAX_LINE_LENGTH = 300  # characters: half as much again as a social card has room for
MAX_NUMBER = 10**9
HINTS = {
    "alt": "Say what the picture shows, for a visitor who cannot see it.",
    "credit": "Say who made the picture.",
    "rights": "Give the address of the licence, like https://creativecommons.org/licenses/by/4.0/.",
    "caption": "Say what the visitor should know about the picture.",
    "credit_address": "Give the address of the page that says how to credit the map.",
    "language": "Give the language of the page, like en or ru.",
    "sources": 'Name those of sources.toml on which it rests, like sources = ["museum-cloth"].',
    "narrative": "Tell the story below the second +++ line.",
    "cities": "Add at least one city, under [[cities]].",
    "status": "Add the notice of how things stand, under [status].",
}
DOWNLOADED_FIELDS = ("image", "credit", "rights")  # from Wikimedia Commons
# What a type is called, and how its values are written; each before the wider one to which its values belong too.
TYPES = {
    bool: ("true or false", "Write true or false, without quotation marks."),
    datetime: ("a date with a time", ""),
    time: ("a time of day", ""),
    str: ("text", "Write it between quotation marks."),
    int: ("a whole number", "Write it without quotation marks, like 1972."),
    float: ("a number", "Write it without quotation marks, like 52.408."),
    date: ("a date", "Write it as year-month-day without quotation marks, like 2022-03-22."),
    list: (
        "a list",
        "Write it between square brackets, or as tables headed by the field's name in double square brackets.",
    ),
    dict: ("a table", "Write it as a table headed by the field's name."),
}
DECIMAL_POINT_HINT = "Write it with a point and without quotation marks, like 52.408."
TABLE_NAMES = {
    "Account": "an account",
    "DetailImage": "a detail image",
    "Event": "an event",
    "Exhibition": "the exhibition",
    "TileLayer": "the tile layer",
}

Value = TypeVar("Value")


@cache
def field_types(cls: type) -> dict[str, type]:
    """By the name of each field of a dataclass its type; of a field that may be None, the other type."""
    hints = get_type_hints(cls)
    return {name: get_args(hint)[0] if isinstance(hint, UnionType) else hint for name, hint in hints.items()}


class TableReader:
    """Reads tables of one file; adds everything that is wrong with them to `problems`."""

    def __init__(self, file: str, problems: list[Problem] | None = None):
        self.file = file
        self.problems = [] if problems is None else problems

    def add_problem(self, field: str, message: str, hint: str) -> None:
        self.problems.append(Problem(self.file, field, message, hint))

    def read(self, cls: type[Value], table: object, field: str = "", **values: object) -> Value | None:
        """The table as a `cls`, or None if anything is wrong; `values` are fields that the file does not have."""
        before = len(self.problems)
        values = self.valid_fields(cls, table, field, **values)
        return None if len(self.problems) > before else cls(**values)

    def check_narrative(self, narrative: str) -> None:
        if not narrative:
            self.add_problem("narrative", "is empty.", HINTS["narrative"])

    def valid_fields(self, cls: type, table: object, field: str = "", **values: object) -> dict[str, object]:
        """The fields of a `cls` that have no problems, and the entries without problems of a list that is required."""
        if not isinstance(table, dict):
            self._not_a_table(field, table)
            return {}
        expected, types = {entry.name: entry for entry in fields(cls) if entry.name not in values}, field_types(cls)
        for name in table.keys() - expected.keys():
            self._unknown_field(_joined(field, name), name, cls, list(expected))
        for name, entry in expected.items():
            is_required, before = entry.default is MISSING, len(self.problems)
            if name in table:
                value = self._value(types[name], table[name], _joined(field, name), is_required)
                if len(self.problems) == before:
                    values[name] = value
                elif is_required and isinstance(value, tuple):
                    values[name] = tuple(filter(is_dataclass, value))
            elif is_required:
                hint = _missing_hint(name, table if "commons" in expected else {})
                self.add_problem(_joined(field, name), "is missing.", hint)
        return values

    def _value(self, cls: type, value: Any, field: str, is_required: bool) -> Any:
        if is_dataclass(cls):
            return self.read(cls, value, field)
        if get_origin(cls) is tuple:
            return self._list(get_args(cls), value, field, is_required)
        if not _is_type(cls, value):
            self._wrong_type(field, value, cls)
        elif cls is str:
            self._check_text(value, field, is_required)
        elif cls in (int, float) and abs(value) > MAX_NUMBER:
            self.add_problem(field, "is far too large a number.", "Is a point missing, or a digit too many?")
        return value

    def _check_text(self, text: str, field: str, is_required: bool) -> None:
        name = _last(field)
        if sign := find_unprintable(text):
            self.add_problem(field, f"holds a sign that no page can show ({code_point(sign[0])}).", "Take it out.")
        # A citation alone says nothing.
        elif is_required and is_blank(CITATION.sub("", text)):
            self.add_problem(field, "is empty.", HINTS.get(name, "Fill it in."))
        elif name in SINGLE_LINE_FIELDS and "\n" in text.strip():
            self.add_problem(field, "has more than one line.", "Write it on one line.")
        elif name in SINGLE_LINE_FIELDS and len(text) > MAX_LINE_LENGTH:
            self.add_problem(field, f"has {len(text):,} letters.", f"Say it in {MAX_LINE_LENGTH} at most.")

    def _list(self, types: tuple[Any, ...], value: Any, field: str, is_required: bool) -> tuple[object, ...]:
        if isinstance(value, dict) and is_dataclass(types[0]):
            hint = f"Head each with [[{_header(field)}]], in double square brackets."
            self.add_problem(field, "is one table, not a list of them.", hint)
        elif not isinstance(value, list):
            self._wrong_type(field, value, list)
        else:
            self._check_length(types, value, field, is_required)
            entries = enumerate(value, 1)
            return tuple(self._value(types[0], entry, f"{field}[{number}]", True) for number, entry in entries)
        return ()

    def _check_length(self, types: tuple[object, ...], value: list[object], field: str, is_required: bool) -> None:
        if Ellipsis not in types and len(value) != len(types):
            count = "1 value" if len(value) == 1 else f"{len(value)} values"
            self.add_problem(field, f"has {count}, not {len(types)}.", f"Give {len(types)} values.")
        elif is_required and not value:
            self.add_problem(field, "is empty.", HINTS.get(_last(field), "Give at least one."))

    def _wrong_type(self, field: str, value: object, expected: type) -> None:
        has_comma = expected is float and isinstance(value, str) and "," in value
        name, hint = TYPES[expected]
        shown = TYPES[_type(value)][0] if _is_finite(value) else value
        self.add_problem(field, f"is {shown}, not {name}.", DECIMAL_POINT_HINT if has_comma else hint)

    def _not_a_table(self, field: str, value: object) -> None:
        if isinstance(value, list) and not field.endswith("]"):
            hint = f"Head it with [{_header(field)}], in single square brackets."
            self.add_problem(field, "is a list of tables, not one table.", hint)
        else:
            self._wrong_type(field, value, dict)

    def _unknown_field(self, field: str, name: str, cls: type, expected: list[str]) -> None:
        similar = get_close_matches(name[:MAX_LINE_LENGTH], expected, 1)
        hint = f"Did you mean {similar[0]}?" if similar else f"Its fields are {', '.join(expected)}."
        # A curator knows a LessonStep as a step.
        table_name = TABLE_NAMES.get(cls.__name__, f"a {re.split('(?=[A-Z])', cls.__name__)[-1].lower()}")
        self.add_problem(field, f"is not a field of {table_name}.", hint)


def _missing_hint(name: str, table: dict[str, object]) -> str:
    """Some fields are downloaded together with the picture that the table names."""
    if name in DOWNLOADED_FIELDS and table.get("commons"):
        return f"Run python -m tour photos: it fetches {truncate(str(table['commons']))} with its credit."
    return HINTS.get(name, "Add it.")


def _joined(field: str, name: str) -> str:
    return f"{field}.{truncate(name)}" if field else truncate(name)


def _header(field: str) -> str:
    """A field's path in the header of a table: claims.accounts for claims[1].accounts."""
    return re.sub(r"\[\d+\]", "", field)


def _last(field: str) -> str:
    return field.rsplit(".", 1)[-1]


def _type(value: object) -> type:
    return next(cls for cls in TYPES if isinstance(value, cls))


def _is_type(cls: type, value: object) -> bool:
    return _type(value) in ((int, float) if cls is float else (cls,)) and _is_finite(value)


def _is_finite(value: object) -> bool:
    return not isinstance(value, float) or math.isfinite(value)
