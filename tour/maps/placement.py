"""Where pins and labels stand on a static map: they make room for one another as on the live map.

map.js does the same with the pins and the names that the browser has drawn; it takes the numbers from SETTINGS.
"""

from cmath import polar
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from math import cos, radians, sin

from tour.maps.viewport import Box, Viewport, centred_box, overlaps, stop_point
from tour.model import City, Exhibition, FeatureCollection, Stop
from tour.model.navigation import numbered

MIN_SEPARATION = 44  # pixels between the centres of two pins: each is so wide a target for a thumb
MAX_ROUNDS = 60
LEADER_MIN = 6  # pixels: a pin that is displaced further has a leader line to its place
LABEL_GAP = 3, 1  # pixels that stay free beside a label, and above and below it
SETTINGS = {
    "minSeparation": MIN_SEPARATION,
    "maxRounds": MAX_ROUNDS,
    "leaderMin": LEADER_MIN,
    "labelGap": LABEL_GAP,
}
# The rest as in map.css.
PIN_SIZE, CURRENT_PIN_SIZE = 30, 40  # pixels: how wide a pin looks
LINE_HEIGHT = 1.15  # em
SYMBOL_OFFSET = 9  # pixels from the centre of a place's symbol to a label at its side, 8 to one below
JUNCTION_SIZE = 20  # pixels: the disc around a junction's number


@dataclass(frozen=True)
class Pin:
    """A stop's pin and its anchor, the place it belongs to, both as x + y·i in pixels from the picture's middle."""

    number: int
    stop: Stop
    spot: complex
    anchor: complex
    is_current: bool = False

    @property
    def leader(self) -> tuple[float, float] | None:
        """From a displaced pin to its anchor: length in pixels, angle in radians, clockwise from the east."""
        length, angle = polar(self.anchor - self.spot)
        return (length, angle) if length > LEADER_MIN else None

    @property
    def box(self) -> Box:
        size = CURRENT_PIN_SIZE if self.is_current else PIN_SIZE
        return centred_box(self.spot.real, self.spot.imag, size, size)


def city_pins(exhibition: Exhibition, city: City, viewport: Viewport, current: Stop | None = None) -> list[Pin]:
    """A pin for every stop of the city that the viewport shows; that of the current stop stays in its place."""
    stops = numbered(exhibition, city.slug)
    anchors = [complex(*viewport.project(stop_point(stop))) for _, stop in stops]
    fixed = next((index for index, (_, stop) in enumerate(stops) if stop is current), None)
    pins = [
        Pin(number, stop, spot, anchor, stop is current)
        for (number, stop), anchor, spot in zip(stops, anchors, separate(anchors, fixed), strict=True)
    ]
    return [pin for pin in pins if overlaps(pin.box, viewport.box)]


def separate(anchors: list[complex], fixed: int | None = None) -> list[complex]:
    """Where pins stand that would overlap at their anchors; the one of index `fixed` stays."""
    spots = list(anchors)
    for _ in range(MAX_ROUNDS):
        if not _push_apart(spots, fixed):
            break
    return spots


def _push_apart(spots: list[complex], fixed: int | None) -> bool:
    """Move apart in place whatever is too close; False if nothing was."""
    has_moved = False
    for one, other in combinations(range(len(spots)), 2):
        vector = spots[other] - spots[one]
        distance = abs(vector)
        if distance >= MIN_SEPARATION:
            continue
        direction = vector / distance if distance >= 0.5 else (1 + 0.3j) / abs(1 + 0.3j)  # two in one place have none
        push = direction * ((MIN_SEPARATION - distance) / (1 if fixed in (one, other) else 2) + 0.1)
        spots[one] -= 0 if one == fixed else push
        spots[other] += 0 if other == fixed else push
        has_moved = True
    return has_moved


@dataclass(frozen=True)
class LabelStyle:
    """How map.css sets labels of a kind: size in pixels, spacing in em, and how much wider letters are than common."""

    size: float
    spacing: float = 0
    stretch: float = 1
    is_uppercase: bool = False

    def measure(self, text: str) -> tuple[float, float]:
        """Width and height in pixels in the map's typeface, within about a twentieth."""
        letters = text.upper() if self.is_uppercase else text
        em = sum(_advance(letter) * self.stretch + self.spacing for letter in letters)
        return em * self.size, LINE_HEIGHT * self.size


DEFAULT_STYLE = LabelStyle(14)
LABEL_STYLES = {
    "street-name": LabelStyle(13),
    "quarter": LabelStyle(12, spacing=0.12, stretch=0.95, is_uppercase=True),
    "water-name": LabelStyle(17, spacing=0.04, stretch=1.02),
    "city": LabelStyle(20, stretch=1.1),
}


def _advance(letter: str) -> float:
    """The width of a letter in em; the four widths fit the names in Source Sans best, by least squares."""
    if letter in "fijlrtI.,:’'()- ":
        return 0.28
    if letter in "mwMWЖМФШЩЮжмфшщыю":
        return 0.8
    return 0.6 if letter.isupper() or letter.isdigit() else 0.5


@dataclass(frozen=True)
class Label:
    """A name with its centre, its size and the place it names, in pixels; the angle in degrees clockwise."""

    text: str
    classes: str
    anchor: tuple[int, int]
    x: float
    y: float
    width: float
    height: float
    angle: float = 0

    @property
    def box(self) -> Box:
        """The upright box around the turned name."""
        along, across = abs(cos(radians(self.angle))), abs(sin(radians(self.angle)))
        width, height = self.width * along + self.height * across, self.width * across + self.height * along
        return centred_box(self.x, self.y, width, height)


def label(text: str, properties: FeatureCollection, classes: str, anchor: tuple[int, int]) -> Label:
    """The label of a feature at these pixels, at the side of its symbol if it has one.

    A picture can't load the map's typeface: its text is stretched to the width that it has there, whatever the
    visitor's machine has instead, so that nothing overlaps, or jumps when the live map takes the picture's place.
    """
    kind = properties["kind"]
    width, height = LABEL_STYLES.get(kind, DEFAULT_STYLE).measure(text)
    if kind == "junction":
        width = height = JUNCTION_SIZE
    beside, below = SYMBOL_OFFSET + width / 2, SYMBOL_OFFSET - 1 + height / 2
    x, y = {"right": (beside, 0), "left": (-beside, 0), "below": (0, below)}.get(properties.get("side", ""), (0, 0))
    return Label(text, classes, anchor, anchor[0] + x, anchor[1] + y, width, height, properties.get("angle", 0))


def declutter(labels: Iterable[Label], viewport: Viewport, obstacles: Iterable[Box]) -> list[Label]:
    """The labels that overlap neither an obstacle nor a label before them, in their order."""
    taken, shown = list(obstacles), []
    for label in labels:
        box = label.box
        if overlaps(box, viewport.box) and not any(overlaps(box, other, *LABEL_GAP) for other in taken):
            taken.append(box)
            shown.append(label)
    return shown
