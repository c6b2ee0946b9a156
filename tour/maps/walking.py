"""How far a visitor on foot has to go: from stop to stop, and through a city."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil

from tour.maps.geodesy import haversine_km
from tour.maps.viewpoints import current_place, lat_lng
from tour.model import City, Exhibition, Stop
from tour.model.navigation import numbered

MAX_WALK_KM = 20  # km in straight lines: about what a good walker can do between breakfast and supper
METRES_PER_MINUTE = 80  # metres a minute, as Transport for London counts walks (Assessing transport connectivity, 2015)


@dataclass(frozen=True)
class WalkingLeg:
    """A way on foot to a stop, or through all of a city's: metres in straight lines, the fewest minutes it takes."""

    metres: float
    number: int = 0
    stop: Stop | None = None

    @property
    def minutes(self) -> int:
        return max(1, ceil(self.metres / METRES_PER_MINUTE))


def is_walkable(exhibition: Exhibition, city: City) -> bool:
    """Whether a visitor can go from the city's first stop to its last on foot in a day."""
    return len(numbered(exhibition, city.slug)) > 1 and not is_remote(exhibition, city)


def is_remote(exhibition: Exhibition, city: City) -> bool:
    """Whether the city's stops lie too far apart for that."""
    return whole_walk(exhibition, city).metres > MAX_WALK_KM * 1000


def whole_walk(exhibition: Exhibition, city: City) -> WalkingLeg:
    """From the city's first stop by all others to its last."""
    return WalkingLeg(sum(way.metres for way in _ways(exhibition, city)))


def leg_to_next(exhibition: Exhibition, stop: Stop) -> WalkingLeg | None:
    """From a stop to the next of its city, if it has one and the city can be walked."""
    city = exhibition.city(stop.city)
    if not is_walkable(exhibition, city):
        return None
    stops = [each for _, each in numbered(exhibition, city.slug)]
    return next((way for before, way in zip(stops, _ways(exhibition, city), strict=False) if before is stop), None)


@lru_cache(maxsize=16)
def _ways(exhibition: Exhibition, city: City) -> tuple[WalkingLeg, ...]:
    """From each stop of the city but the last to the one after it."""
    stops = numbered(exhibition, city.slug)
    return tuple(WalkingLeg(_metres(before, after), number, after) for (_, before), (number, after) in pairwise(stops))


def _metres(one: Stop, other: Stop) -> float:
    return haversine_km(lat_lng(current_place(one)), lat_lng(current_place(other))) * 1000
