"""Fields set in the TOML front matter of a curator's file, every other byte left as it is."""

import json
import re
import tomllib
from collections.abc import Mapping

FRONT_MATTER = re.compile(r"(\ufeff?\+\+\+[ \t]*\r?\n)(.*?)(^[ \t]*\+\+\+[ \t]*\r?$.*)", re.DOTALL | re.MULTILINE)
SECTION = re.compile(r"^(?=[ \t]*\[)", re.MULTILINE)
STRING = r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'"
FIELD = re.compile(
    rf"^(?P<key>(?P<indent>[ \t]*)(?P<name>\w+)[ \t]*=[ \t]*)(?P<value>{STRING}|)(?P<rest>.*?(?P<newline>\r?\n))",
    re.MULTILINE,
)


class TomlEditError(Exception):
    """The table is written in a way in which its fields can't be edited."""


def set_fields(text: str, array: str, number: int, fields: Mapping[str, str], after: str) -> str:
    """The file's text with those fields in the table `[[array]]` of that number, counted from one.

    A field that is there gets the value in its place; the others come below the field `after`, in order.
    Raises TomlEditError.
    """
    if not (match := FRONT_MATTER.fullmatch(text)):
        raise TomlEditError
    opening, toml, rest = match.groups()
    try:
        expected = tomllib.loads(toml)
        expected[array][number - 1] |= fields
        sections = SECTION.split(toml)
        tables = [i for i, section in enumerate(sections) if re.match(rf"\s*\[\[\s*{array}\s*\]\]", section)]
        sections[tables[number - 1]] = _edit(sections[tables[number - 1]], fields, after)
        edited = "".join(sections)
        # Expressions find the place in most files; a parser says whether nothing else has changed.
        if tomllib.loads(edited) == expected:
            return opening + edited + rest
    except (LookupError, TypeError, ValueError) as error:
        raise TomlEditError from error
    raise TomlEditError


def _edit(section: str, fields: Mapping[str, str], after: str) -> str:
    # A JSON string is one of TOML, too.
    values = {name: json.dumps(value, ensure_ascii=False) for name, value in fields.items()}
    missing = values.keys() - {line["name"] for line in FIELD.finditer(section)}

    def edit(line: re.Match[str]) -> str:
        below = [name for name in values if name in missing and line["name"] == after]
        added = [f"{line['indent']}{name} = {values[name]}{line['newline']}" for name in below]
        return "".join([line["key"], values.get(line["name"], line["value"]), line["rest"], *added])

    return FIELD.sub(edit, section)
