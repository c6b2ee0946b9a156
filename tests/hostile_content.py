"""Exhibitions whose every field carries an attack, wherever check lets it pass."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests import full_exhibition
from tour.content.problems import ContentError
from tour.model import Exhibition
from tour.validation.validate import load_all_languages

# 1337 on a page tells that an expression was run.
ATTACKS = {
    "expression": "{{7*191}}",
    "statement": "{% raw %}{% endraw %}",
    "backticks": "`alert(1)` ```x```",
    "template literal": "${7*191}",
    "script": "</script><script>alert(1)</script>",
    "event": "<img src=x onerror=alert(1)>",
    "quotation marks": ' \\" onmouseover=\\"alert(1)',
    "style": "<style>*{display:none}</style>",
    "address of a script": "javascript:alert(1)",
    "address of a page": "data:text/html,<script>alert(1)</script>",
    "link": "[x](javascript:alert(1)) <javascript:alert(1)>",
    "picture": "![x](//evil.example/x.png)",
    "frame": "<iframe src=https://evil.example/></iframe>",
    "leading away": "<meta http-equiv=refresh content=0;url=https://evil.example/>",
    "class": "{: .tour-button-disabled }",
    "entities": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "Streamlit's own Markdown": ":red[x] :material/home: $x^2$ :smile:",
    "end of CDATA": "]]> --> <![CDATA[",
    "TeX": "} } \\\\input{/etc/passwd} %",
    "line separator": "a\u2028b",
}
# All that fits into one line of 300 letters.
TOGETHER = ("expression", "template literal", "event", "script", "style", "picture", "quotation marks")
EVERYTHING = "".join(ATTACKS[kind] for kind in TOGETHER)
# A text between quotation marks, of whatever kind, in TOML or JSON, and the name of its field.
TEXT = re.compile(r'(?<!")"([^"\n]+)"(?!["\w]|:)|([^\n]\.)(?="""|\')')
NAME = re.compile(r'(\w+)"?\s*[=:]\s')


@dataclass(frozen=True)
class Spot:
    """Where a field's text ends in a file; `name` is the field's."""

    file: str
    at: int
    name: str


class Hostile:
    """An exhibition with every field in use, whose fields may bear a payload beside their own."""

    def __init__(self, folder: Path):
        self.data, self.media = full_exhibition.write(folder)
        paths = [path for path in sorted(self.data.rglob("*.*")) if path.is_file()]
        self.texts = {path.relative_to(self.data).as_posix(): path.read_text("utf-8") for path in paths}
        spots = [spot for file, text in self.texts.items() for spot in _spots(file, text)]
        # Those that check lets carry no expression are ids, kinds, dates, names of files.
        free = self._borne("{{7*191}}", spots)
        self.sayings = self._borne("{{ 7*191 }}", free)
        self.addresses = [spot for spot in free if spot not in self.sayings]

    def bearing(self, payload: str) -> dict[str, Exhibition]:
        """The exhibition by language with the payload in every field that may bear it."""
        is_one_word = not re.search(r"[\s\\]", payload)
        return self._read(payload, [*self.sayings, *self.addresses] if is_one_word else self.sayings)

    def _borne(self, payload: str, spots: Sequence[Spot]) -> list[Spot]:
        def passes(tried: Sequence[Spot]) -> bool:
            try:
                return bool(self._read(payload, tried))
            except ContentError:
                return False

        return _sought(passes, spots, [])

    def _read(self, payload: str, spots: Sequence[Spot]) -> dict[str, Exhibition]:
        for file, text in self.texts.items():
            for spot in sorted((spot for spot in spots if spot.file == file), key=lambda spot: -spot.at):
                text = f"{text[: spot.at]}{payload}{text[spot.at :]}"
            (self.data / file).write_text(text, "utf-8")
        return load_all_languages(self.data, self.media)


def _spots(file: str, text: str) -> list[Spot]:
    ends = [match.end(match.lastindex or 0) for match in TEXT.finditer(text)]
    spots = [Spot(file, end, NAME.findall(text, 0, end)[-1]) for end in ends]
    return [*spots, Spot(file, len(text.rstrip()), "narrative")] if file.endswith(".md") else spots


def _sought(passes: Callable[[Sequence[Spot]], bool], spots: Sequence[Spot], borne: list[Spot]) -> list[Spot]:
    """All spots that pass together, found by halves."""
    if passes([*borne, *spots]):
        return [*borne, *spots]
    if len(spots) == 1:
        return borne
    half = len(spots) // 2
    return _sought(passes, spots[half:], _sought(passes, spots[:half], borne))
