"""How far a visitor on foot has to go: from stop to stop, and through a city."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil

from tour.geometry import distance
from tour.maps.places import point, standing
from tour.model import City, Exhibition, Stop
from tour.walk import numbered

A_DAY_ON_FOOT = 20  # km in straight lines: about what a good walker can do between breakfast and supper
PACE = 80  # metres a minute, as Transport for London counts walks (Assessing transport connectivity, 2015)


@dataclass(frozen=True)
class Way:
    """A way on foot to a stop, or through all of a city's: metres in straight lines, the fewest minutes it takes."""

    metres: float
    number: int = 0
    stop: Stop | None = None

    @property
    def minutes(self) -> int:
        return max(1, ceil(self.metres / PACE))


def walkable(exhibition: Exhibition, city: City) -> bool:
    """Whether a visitor can go from the city's first stop to its last on foot in a day."""
    return len(numbered(exhibition, city.slug)) > 1 and not too_wide_to_walk(exhibition, city)


def too_wide_to_walk(exhibition: Exhibition, city: City) -> bool:
    """Whether the city's stops lie too far apart for that."""
    return whole_way(exhibition, city).metres > A_DAY_ON_FOOT * 1000


def whole_way(exhibition: Exhibition, city: City) -> Way:
    """From the city's first stop by all others to its last."""
    return Way(sum(way.metres for way in _ways(exhibition, city)))


def way_on(exhibition: Exhibition, stop: Stop) -> Way | None:
    """From a stop to the next of its city, if it has one and the city can be walked."""
    city = exhibition.city(stop.city)
    if not walkable(exhibition, city):
        return None
    stops = [each for _, each in numbered(exhibition, city.slug)]
    return next((way for before, way in zip(stops, _ways(exhibition, city), strict=False) if before is stop), None)


@lru_cache(maxsize=16)
def _ways(exhibition: Exhibition, city: City) -> tuple[Way, ...]:
    """From each stop of the city but the last to the one after it."""
    stops = numbered(exhibition, city.slug)
    return tuple(Way(_metres(before, after), number, after) for (_, before), (number, after) in pairwise(stops))


def _metres(one: Stop, other: Stop) -> float:
    return distance(point(standing(one)), point(standing(other))) * 1000
