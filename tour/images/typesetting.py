"""Text set in type on images: fonts, line breaks, sizes that fit. Uses Pillow."""

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

FONTS_DIR = STATIC_DIR / "fonts"
# The unicode-range of the Cyrillic file in static/fonts.css.
CYRILLIC = re.compile("[\u0301\u0400-\u045f\u0490\u0491\u04b0\u04b1\u2116]")
BREAKING_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
LONG_WORD = re.compile(r"(\S{20})(?=\S)")
# Characters without a glyph in the fonts.
SUBSTITUTES = str.maketrans({"‐": "-", "‑": "-", "‒": "–", "―": "—", "‖": "||"})

Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels


@dataclass(frozen=True)
class TextStyle:
    """Font sizes in pixels, the preferred one first; the weight; `leading` as a part of the size.

    Down to the size `shrinks_to`, a smaller size is preferred to another line.
    """

    sizes: Sequence[int]
    weight: int
    leading: float
    shrinks_to: int | None = None

    def extent(self, lines: Sequence[str], size: int) -> tuple[int, int]:
        """Width and height in pixels."""
        width = max((_text_width(line, size, self.weight) for line in lines), default=0)
        return ceil(width), ceil(len(lines) * size * self.leading)

    def wrap(self, text: str, size: int, width: int) -> tuple[str, ...]:
        """The text in lines of at most `width` pixels, unless a single word is longer."""
        lines: list[str] = []
        for word in filter(None, text.split(" ")):
            if lines and _text_width(f"{lines[-1]} {word}", size, self.weight) <= width:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
        return tuple(lines)

    def balance(self, text: str, size: int, width: int) -> tuple[str, ...]:
        """As few lines as wrap() makes, of much the same length."""
        lines = self.wrap(text, size, width)
        for narrower in range(width - 8, 0, -8):
            narrow_lines = self.wrap(text, size, narrower)
            if len(narrow_lines) > len(lines) or self.extent(narrow_lines, size)[0] > narrower:
                break
            lines = narrow_lines
        return lines


@dataclass(frozen=True)
class TextBlock:
    """Lines of one size, the first at the top left of `box`, which encloses them all."""

    lines: tuple[str, ...]
    size: int
    style: TextStyle
    colour: str
    box: Box


def fit_text(bounds: Box, text: str, style: TextStyle, colour: str, align: float = 0) -> TextBlock:
    """The text as large as the bounds allow; `align` is 0 at their top, 1 at their bottom."""
    left, top, right, bottom = bounds
    composed = unicodedata.normalize("NFC", text).translate(SUBSTITUTES)
    text = typography.typeset_text(BREAKING_SPACES.sub(" ", composed).strip())
    size, lines = _fit(text, style, right - left, bottom - top)
    width, height = style.extent(lines, size)
    y = top + round((bottom - top - height) * align)
    return TextBlock(lines, size, style, colour, (left, y, left + width, y + height))


def draw_text(draw: ImageDraw.ImageDraw, block: TextBlock, colour: str) -> None:
    left, top = block.box[:2]
    for number, line in enumerate(block.lines):
        # With this baseline, Source Serif's accented capitals and descenders are centred in the line.
        baseline = top + round(((number + 0.5) * block.style.leading + 0.33) * block.size)
        x: float = left
        for run, font in _runs(line, block.size, block.style.weight):
            draw.text((x, baseline), run, colour, font, anchor="ls")
            x += font.getlength(run)


def _fit(text: str, style: TextStyle, width: int, height: int) -> tuple[int, tuple[str, ...]]:
    """The size and the lines; text that no size can hold is set in the smallest, its longest words broken."""
    wrapped = ((size, style.wrap(text, size, width)) for size in style.sizes)
    extents = ((size, len(lines), *style.extent(lines, size)) for size, lines in wrapped)
    fitting = ((size, count) for size, count, *extent in extents if extent[0] <= width and extent[1] <= height)
    largest = next(fitting, None)
    if largest is None:
        return style.sizes[-1], style.wrap(LONG_WORD.sub(r"\1 ", text), style.sizes[-1], width)
    smaller = takewhile(lambda candidate: style.shrinks_to and candidate[0] >= style.shrinks_to, fitting)
    size, _ = min([largest, *smaller], key=lambda candidate: candidate[1])
    return size, style.balance(text, size, width)


def _text_width(line: str, size: int, weight: int) -> float:
    return sum(font.getlength(run) for run, font in _runs(line, size, weight))


def _runs(line: str, size: int, weight: int) -> list[tuple[str, ImageFont.FreeTypeFont]]:
    """The line in runs of one script, each with the font that has its glyphs."""
    grouped = groupby(line, lambda letter: "cyrillic" if CYRILLIC.match(letter) else "latin")
    return [("".join(letters), _font(script, size, weight)) for script, letters in grouped]


@cache
def _font(script: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FONTS_DIR / f"serif-{script}-normal.woff2", size)
    font.set_variation_by_axes([weight])
    return font
