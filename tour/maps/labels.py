"""The names on a still map, where there is room for them.

Each is set into the width it has in the map's own typeface: a picture can't load that, and whatever the visitor's
machine has instead then neither overlaps nor jumps when the map takes the picture's place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Any

from tour.maps.projection import Box, Viewport

LINE = 1.15  # em, the line height of names in map.css
DOT = 9  # pixels from a place's dot to the name at its side, 8 to one below, as in map.css
BADGE = 20  # pixels: the disc that a junction's number stands in


@dataclass(frozen=True)
class LabelStyle:
    """How map.css sets names of a kind: size in pixels, spacing in em, and how much wider letters are than common."""

    size: float
    spacing: float = 0
    stretch: float = 1
    capitals: bool = False


COMMON = LabelStyle(14)
LABEL_STYLES = {
    "street-name": LabelStyle(13),
    "quarter": LabelStyle(12, spacing=0.12, stretch=0.95, capitals=True),
    "water-name": LabelStyle(17, spacing=0.04, stretch=1.02),
    "city": LabelStyle(20, stretch=1.1),
    "junction": LabelStyle(12),
}


@dataclass(frozen=True)
class Label:
    """A name with its middle, its extent and the place it names, in pixels; the angle in degrees clockwise."""

    text: str
    classes: str
    home: tuple[int, int]
    x: float
    y: float
    width: float
    height: float
    angle: float = 0

    @property
    def box(self) -> Box:
        """The upright box around the turned name."""
        along, across = abs(cos(radians(self.angle))), abs(sin(radians(self.angle)))
        half_width = (self.width * along + self.height * across) / 2
        half_height = (self.width * across + self.height * along) / 2
        return self.x - half_width, self.y - half_height, self.x + half_width, self.y + half_height


def label(name: str, properties: dict[str, Any], classes: str, home: tuple[int, int]) -> Label:
    """The name of a drawn place at these pixels, at its side if it has one."""
    kind = properties["kind"]
    width, height = (BADGE, BADGE) if kind == "junction" else size(name, kind)
    sides = {"right": (DOT + width / 2, 0), "left": (-DOT - width / 2, 0), "below": (0, DOT - 1 + height / 2)}
    x, y = sides.get(properties.get("side"), (0, 0))
    return Label(name, classes, home, home[0] + x, home[1] + y, width, height, properties.get("angle", 0))


def size(name: str, kind: str) -> tuple[float, float]:
    """Width and height in pixels of a name in the map's typeface, within about a twentieth."""
    type = LABEL_STYLES.get(kind, COMMON)
    letters = name.upper() if type.capitals else name
    em = sum(_advance(letter) * type.stretch + type.spacing for letter in letters)
    return em * type.size, LINE * type.size


def _advance(letter: str) -> float:
    """The width of a letter in em; the four widths fit the names in Source Sans best, by least squares."""
    if letter in "fijlrtI.,:’'()- ":
        return 0.28
    if letter in "mwMWЖМФШЩЮжмфшщыю":
        return 0.8
    return 0.6 if letter.isupper() or letter.isdigit() else 0.5


def declutter(labels: Iterable[Label], window: Viewport, pins: Iterable[Box]) -> list[Label]:
    """The names that meet neither a pin nor a name before them, in their order, as map.js chooses them."""
    taken, shown = list(pins), []
    for each in labels:
        if window.shows(each.box) and not any(overlaps(each.box, other) for other in taken):
            taken.append(each.box)
            shown.append(each)
    return shown


def overlaps(one: Box, other: Box) -> bool:
    """Whether two boxes touch, with a little air between them, more at the sides."""
    beside = one[0] < other[2] + 3 and one[2] > other[0] - 3
    return beside and one[1] < other[3] + 1 and one[3] > other[1] - 1
