"""The pins of a city's stops on a still map: numbered, and stepping aside for one another as map.js has them do."""

from dataclasses import dataclass
from itertools import combinations
from math import atan2

from tour.maps.projection import Box, Viewport
from tour.maps.viewpoints import current_place, lat_lng
from tour.model import City, Exhibition, Stop
from tour.model.navigation import numbered

MIN_SEPARATION = 44  # pixels between the middles of two pins, here and below as in map.js: each is so wide a target
ROUNDS = 60
LEADER_MIN = 6  # pixels: a pin that has stepped further aside keeps a leg to its place
PIN_SIZE, CURRENT_PIN_SIZE = 30, 40  # pixels: how wide a pin looks


@dataclass(frozen=True)
class Pin:
    """A stop's pin and the place it belongs to, both in pixels from the picture's middle."""

    number: int
    stop: Stop
    x: float
    y: float
    home: tuple[float, float]
    is_here: bool = False

    @property
    def leg(self) -> float:
        """How far it has stepped aside, in pixels."""
        return abs(complex(*self.home) - complex(self.x, self.y))

    @property
    def turn(self) -> float:
        """The way back to its place in radians, clockwise from the east."""
        return atan2(self.home[1] - self.y, self.home[0] - self.x)

    @property
    def is_aside(self) -> bool:
        return self.leg > LEADER_MIN

    @property
    def is_east(self) -> bool:
        """Whether it stands in the picture's right half: there its name has room at its left."""
        return self.x > 0

    @property
    def box(self) -> Box:
        half = (CURRENT_PIN_SIZE if self.is_here else PIN_SIZE) / 2
        return self.x - half, self.y - half, self.x + half, self.y + half


def city_pins(exhibition: Exhibition, city: City, window: Viewport, here: Stop | None = None) -> list[Pin]:
    """A pin for every stop of the city that the window shows; that of `here` stays in its place."""
    stops = numbered(exhibition, city.slug)
    homes = [window.place(lat_lng(current_place(stop))) for _, stop in stops]
    still = next((at for at, (_, stop) in enumerate(stops) if stop is here), None)
    pins = [
        Pin(number, stop, spot.real, spot.imag, home, stop is here)
        for (number, stop), home, spot in zip(stops, homes, separate(homes, still), strict=True)
    ]
    return [pin for pin in pins if window.shows(pin.box)]


def separate(homes: list[tuple[float, float]], still: int | None = None) -> list[complex]:
    """Where pins stand that would lie on one another at home, as x + y·i; the one of index `still` stays."""
    spots = [complex(*home) for home in homes]
    for _ in range(ROUNDS):
        if not _push_apart(spots, still):
            break
    return spots


def _push_apart(spots: list[complex], still: int | None) -> bool:
    """Move apart in place whatever is too close; False if nothing was."""
    moved = False
    for one, other in combinations(range(len(spots)), 2):
        way = spots[other] - spots[one]
        apart = abs(way)
        if apart >= MIN_SEPARATION:
            continue
        way = way if apart >= 0.5 else 1 + 0.3j  # two in one place have no way of their own
        push = way / abs(way) * ((MIN_SEPARATION - apart) / (1 if still in (one, other) else 2) + 0.1)
        spots[one] -= 0 if one == still else push
        spots[other] += 0 if other == still else push
        moved = True
    return moved
