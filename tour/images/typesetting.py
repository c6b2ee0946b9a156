"""Words set in type for pictures: the files of the letters, lines, sizes. Knows Pillow."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, takewhile
from math import ceil

from PIL import ImageDraw, ImageFont

from tour import typography
from tour.paths import STATIC_DIR

FONTS = STATIC_DIR / "fonts"
# The letters that static/fonts.css takes from the Cyrillic file.
CYRILLIC = re.compile("[\u0301\u0400-\u045f\u0490\u0491\u04b0\u04b1\u2116]")
SPACES = re.compile(r"[^\S\u00a0\u202f]+")  # not the spaces at which a line may not end
LONG_WORD = re.compile(r"(\S{20})(?=\S)")
# Signs that the files don't have.
PLAIN = str.maketrans({"‐": "-", "‑": "-", "‒": "–", "―": "—", "‖": "||"})

Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels


@dataclass(frozen=True)
class TextStyle:
    """How a kind of words is set: sizes in pixels from the one wished for down, `leading` as a part of the size.

    Down to `shrinks_to`, words rather grow smaller than take another line.
    """

    sizes: Sequence[int]
    weight: int
    leading: float
    shrinks_to: int | None = None


@dataclass(frozen=True)
class TextBlock:
    """Lines of one size, the first at the top left of `box`, which holds them all."""

    lines: tuple[str, ...]
    size: int
    face: TextStyle
    colour: str
    box: Box


def fit_text(room: Box, words: str, face: TextStyle, colour: str, sink: float = 0) -> TextBlock:
    """The words as large as the room allows; `sink` is 0 at its top, 1 at its foot."""
    left, top, right, bottom = room
    size, lines = _fit(_plain(words), face, right - left, bottom - top)
    width, height = _extent(lines, size, face)
    y = top + round((bottom - top - height) * sink)
    return TextBlock(lines, size, face, colour, (left, y, left + width, y + height))


def draw_text(draw: ImageDraw.ImageDraw, block: TextBlock, colour: str) -> None:
    """Draw the block in that colour."""
    left, top = block.box[:2]
    for number, line in enumerate(block.lines):
        # Source Serif's capitals with their accents, and its tails, are in the middle when the baseline is here.
        baseline = top + round(((number + 0.5) * block.face.leading + 0.33) * block.size)
        x = left
        for alphabet, run in _runs(line):
            font = _font(alphabet, block.size, block.face.weight)
            draw.text((x, baseline), run, colour, font, anchor="ls")
            x += font.getlength(run)


def length(line: str, size: int, weight: int) -> float:
    """Width of a line in pixels."""
    return sum(_font(alphabet, size, weight).getlength(run) for alphabet, run in _runs(line))


def _fit(words: str, face: TextStyle, width: int, height: int) -> tuple[int, tuple[str, ...]]:
    """The size and the lines; words that no size can hold are set in the smallest, the longest of them broken."""
    wrapped = ((size, _wrapped(words, size, face.weight, width)) for size in face.sizes)
    fitting = (each for each in wrapped if _holds((width, height), _extent(each[1], each[0], face)))
    largest = next(fitting, None)
    if largest is None:
        size = face.sizes[-1]
        return size, _wrapped(LONG_WORD.sub(r"\1 ", words), size, face.weight, width)
    smaller = takewhile(lambda each: face.shrinks_to and each[0] >= face.shrinks_to, fitting)
    size, _ = min([largest, *smaller], key=lambda each: len(each[1]))
    return size, _balanced(words, size, face.weight, width)


def _balanced(words: str, size: int, weight: int, width: int) -> tuple[str, ...]:
    """As few lines as can be, and those of much the same length."""
    lines = _wrapped(words, size, weight, width)
    for narrower in range(width - 8, 0, -8):
        tried = _wrapped(words, size, weight, narrower)
        if len(tried) > len(lines) or any(length(line, size, weight) > narrower for line in tried):
            break
        lines = tried
    return lines


def _wrapped(words: str, size: int, weight: int, width: int) -> tuple[str, ...]:
    lines: list[str] = []
    for word in filter(None, words.split(" ")):
        if lines and length(f"{lines[-1]} {word}", size, weight) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def _extent(lines: Sequence[str], size: int, face: TextStyle) -> tuple[int, int]:
    width = max((length(line, size, face.weight) for line in lines), default=0)
    return ceil(width), ceil(len(lines) * size * face.leading)


def _holds(room: tuple[int, int], extent: tuple[int, int]) -> bool:
    return extent[0] <= room[0] and extent[1] <= room[1]


def _plain(words: str) -> str:
    """Composed letters, single spaces, and only signs that the files have."""
    composed = unicodedata.normalize("NFC", words).translate(PLAIN)
    return typography.text(SPACES.sub(" ", composed).strip())


def _runs(line: str) -> list[tuple[str, str]]:
    """The line in pieces, each with the alphabet of the file that has its letters."""
    grouped = groupby(line, lambda letter: "cyrillic" if CYRILLIC.match(letter) else "latin")
    return [(alphabet, "".join(letters)) for alphabet, letters in grouped]


@cache
def _font(alphabet: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FONTS / f"serif-{alphabet}-normal.woff2", size)
    font.set_variation_by_axes([weight])
    return font
