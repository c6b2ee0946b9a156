"""What kinds of values and tables are called when one stands where another should."""

import math
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

# What a value of each kind is called: the narrower kind before the wider one that it also is.
NAMES = {
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
WRITE = {
    str: "Write it between quotation marks.",
    float: "Write it without quotation marks, like 52.408.",
    int: "Write it without quotation marks, like 1972.",
    bool: "Write true or false, without quotation marks.",
    date: "Write it as year-month-day without quotation marks, like 2022-03-22.",
    tuple: "Write it between square brackets, or as tables headed by the field's name in double square brackets.",
    dict: "Write it as a table headed by the field's name.",
}
WITH_A_POINT = "Write it with a point and without quotation marks, like 52.408."
A_KIND = {
    "Account": "an account",
    "CloseView": "a close view",
    "Event": "an event",
    "Exhibition": "the exhibition",
    "Streets": "the streets",
}
ACCEPTS: dict[type, Callable[[Any], bool]] = {
    str: lambda found: isinstance(found, str),
    float: lambda found: isinstance(found, int | float) and not isinstance(found, bool) and not _is_unreal(found),
    int: lambda found: isinstance(found, int) and not isinstance(found, bool),
    bool: lambda found: isinstance(found, bool),
    date: lambda found: isinstance(found, date) and not isinstance(found, datetime),
}


def is_a(kind: type, found: Any) -> bool:
    return ACCEPTS[kind](found)


def name_of(found: Any) -> str:
    """What a value that was found is."""
    if _is_unreal(found):
        return str(found)
    return next((name for kind, name in NAMES.items() if isinstance(found, kind)), NAMES[tuple])


def _is_unreal(found: Any) -> bool:
    return isinstance(found, float) and not math.isfinite(found)


def a(kind: type) -> str:
    """A kind of table as a sentence has it: a figure."""
    return A_KIND.get(kind.__name__, f"a {kind.__name__.lower()}")
