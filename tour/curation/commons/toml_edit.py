"""A few fields of a curator's file written into it, every other byte left as it was."""

import re
from collections.abc import Mapping
from typing import Any

from tour.content.files import parse_toml, split_front_matter

_TEXT = r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'"
_FIELD = rf"\s*(?P<key>[A-Za-z_]+)\s*=\s*(?P<value>{_TEXT}|)"


class TomlEditError(Exception):
    """The file is written in a way in which we don't find the place."""


def set_fields(written: str, listed: str, number: int, fields: Mapping[str, str], after: str) -> str:
    """The file's text with those fields of the table `[[listed]]` of that number, counted from one; raises Unwritable.

    A field that is there has its text replaced where it stands; the others come below the field `after`, in order.
    The result is read again before it is believed: nothing may have changed in it but those fields.
    """
    lines = written.splitlines(keepends=True)
    begin, end = _span(lines, listed, number)
    at = {match["key"]: line for line in range(begin, end) if (match := re.match(_FIELD, lines[line]))}
    if after not in at:
        raise TomlEditError
    added = []
    for name, value in fields.items():
        if name in at:
            lines[at[name]] = _replaced(lines[at[name]], value)
        else:
            added.append(_like(lines[at[after]], name, value))
    lines[at[after]] += "".join(added)
    result = "".join(lines)
    _compare(written, result, listed, number, fields)
    return result


def _span(lines: list[str], listed: str, number: int) -> tuple[int, int]:
    """The lines between the header of the table and the next header, or the end of the fields."""
    heads = [at for at, line in enumerate(lines) if re.match(rf"\s*\[\[\s*{listed}\s*\]\]", line)]
    if len(heads) < number:
        raise TomlEditError
    begin = heads[number - 1] + 1
    ends = (at for at in range(begin, len(lines)) if re.match(r"\s*\[|\+\+\+", lines[at]))
    return begin, next(ends, len(lines))


def _replaced(line: str, value: str) -> str:
    match = re.match(_FIELD, line)
    return line[: match.start("value")] + _quoted(value) + line[match.end("value") :]


def _like(line: str, name: str, value: str) -> str:
    """A line of its own, indented and ended as that one is."""
    indent = line[: len(line) - len(line.lstrip())]
    end = line[len(line.rstrip("\r\n")) :]
    return f"{indent}{name} = {_quoted(value)}{end}"


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _compare(before: str, after: str, listed: str, number: int, fields: Mapping[str, str]) -> None:
    (old, story), (new, still) = _read(before), _read(after)
    try:
        tables = [*old[listed]]
        tables[number - 1] = tables[number - 1] | fields
    except (LookupError, TypeError) as error:
        raise TomlEditError from error
    if (old | {listed: tables}, story) != (new, still):
        raise TomlEditError


def _read(written: str) -> tuple[dict[str, Any], str]:
    lines = written.removeprefix("\ufeff").replace("\r\n", "\n")
    fields, narrative = split_front_matter(lines, "", [])
    table = parse_toml(fields, "", [])
    if table is None:
        raise TomlEditError
    return table, narrative
