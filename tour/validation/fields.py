"""What must hold of single fields, by their names: addresses, codes, dates, numbers in their range."""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from tour.content.characters import truncate
from tour.content.problems import Finding
from tour.i18n import N_

LINK_KINDS = (
    *(N_("page"), N_("article"), N_("news"), N_("reference"), N_("museum"), N_("official")),
    *(N_("film"), N_("audio"), N_("video"), N_("search")),
)
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
HOST = re.compile(r"[\w-]+(\.[\w-]+)+|localhost|[0-9a-f]*:[0-9a-f:.]+")  # a name, this machine, an address of IPv6
SPACES = re.compile(r"\s")
PARTIAL_DATE = re.compile(r"\d{4}(-\d\d){0,2}")  # a year, a month, a day
COMMONS_TITLE = re.compile(r"File:[^#<>\[\]|{}\x00-\x1f\x7f]+\.[A-Za-z0-9]+")
COMMONS_TITLE_HINT = "Give its name as its page on Commons does, like File:Gerhardt's Mill.jpg."


def field_findings(value: object, field: str = "") -> Iterator[Finding]:
    """Problems of a frozen value's fields, each by itself, at whatever depth."""
    if isinstance(value, tuple):
        for number, entry in enumerate(value, 1):
            yield from field_findings(entry, f"{field}[{number}]")
    elif is_dataclass(value):
        for name in (entry.name for entry in fields(value)):
            inner, path = getattr(value, name), f"{field}.{name}" if field else name
            is_valid, message, hint = CHECKS.get(name, (bool, "", ""))
            if name in CHECKS and inner not in ("", None) and not is_valid(inner):
                yield path, message.format(truncate(inner) if isinstance(inner, str) else inner), hint
            yield from field_findings(inner, path)


def is_commons_title(name: str) -> bool:
    """Whether a file on Wikimedia Commons may be called so; one bar too many would ask for another file."""
    return bool(COMMONS_TITLE.fullmatch(name)) and len(name.encode()) <= 240


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        is_host = HOST.fullmatch(parts.hostname or "") and parts.port != 0
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(is_host) and not SPACES.search(address)


def _is_partial_date(text: str) -> bool:
    try:
        return bool(PARTIAL_DATE.fullmatch(text) and date.fromisoformat(text + "-01" * (2 - text.count("-"))))
    except ValueError:
        return False


def _is_box(box: tuple[float, float, float, float]) -> bool:
    left, top, width, height = box
    return min(left, top) >= 0 and min(width, height) > 0 and max(left + width, top + height) <= 1


Check = tuple[Callable[[Any], Any], str, str]  # whether a value is valid; message and hint if it isn't


def _choice(*choices: str) -> Check:
    return choices.__contains__, "is {}, which is unknown here.", f"Choose one of: {', '.join(choices)}."


def _range(low: int, high: int, message: str, hint: str) -> Check:
    return lambda value: low <= value <= high, message, hint


ADDRESS_HINT = "Give the whole address, beginning with https://."
DATE_HINT = "Write 1943, 1943-01 or 1943-01-31, no more exact than the source."
CHECKS: dict[str, Check] = {
    **dict.fromkeys(
        ("address", "credit_address", "origin", "rights"),
        (_is_web_address, "is {}, which is not a web address.", ADDRESS_HINT),
    ),
    **dict.fromkeys(("since", "until"), _range(1, 9999, "is {}, which is not a year.", "Give a year from 1 to 9999.")),
    "language": (LANGUAGE.fullmatch, "is {}, which is not the code of a language.", "Give its code, like en or ru."),
    "kind": _choice(*LINK_KINDS),
    "marker": _choice("round", "square"),
    "colour": _choice("blue", "red"),
    "date": (_is_partial_date, "is {}, which is not a date.", DATE_HINT),
    "box": (
        _is_box,
        "lies outside the picture.",
        "Give left, top, width and height as parts of the whole, from 0 to 1.",
    ),
    "accounts": (
        lambda accounts: len(accounts) > 1,
        "has one account.",
        "Sources differ only where there are two: add the other.",
    ),
    "commons": (is_commons_title, "is {}, which is no name of a file.", COMMONS_TITLE_HINT),
    # Metres: a circle beyond the city tells nobody where.
    "uncertainty": _range(0, 20_000, "is {:g}.", "Give metres, from 0 to 20,000."),
    "max_zoom": _range(1, 24, "is {}.", "Give a number from 1 to 24."),
    "minutes": _range(1, 600, "is {}.", "Give whole minutes, from 1 to 600."),  # a whole day at school
}
