"""How far a visitor on foot has to go: from stop to stop, and through a city."""

from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from tour.maps.geodesy import haversine_km
from tour.maps.viewport import stop_point
from tour.model import City, Exhibition, Stop
from tour.model.instance_cache import instance_cache
from tour.model.navigation import numbered

MAX_WALK_KM = 20  # km in straight lines: about what a good walker can do between breakfast and supper
METRES_PER_MINUTE = 80  # as Transport for London counts walks (Assessing transport connectivity, 2015)


@dataclass(frozen=True)
class WalkingLeg:
    """The way on foot to a stop, or through a whole city: metres in straight lines, the fewest minutes it takes."""

    metres: float
    number: int = 0
    stop: Stop | None = None

    @property
    def minutes(self) -> int:
        return max(1, ceil(self.metres / METRES_PER_MINUTE))


def is_walkable(exhibition: Exhibition, city: City) -> bool:
    """Whether a visitor can go from the city's first stop to its last on foot in a day."""
    return len(_legs(exhibition, city.slug)) > 0 and not is_remote(exhibition, city)


def is_remote(exhibition: Exhibition, city: City) -> bool:
    """Whether the city's stops lie too far apart for that."""
    return whole_walk(exhibition, city).metres > MAX_WALK_KM * 1000


def whole_walk(exhibition: Exhibition, city: City) -> WalkingLeg:
    """From the city's first stop by all others to its last."""
    return WalkingLeg(sum(leg.metres for leg in _legs(exhibition, city.slug).values()))


def leg_to_next(exhibition: Exhibition, stop: Stop) -> WalkingLeg | None:
    """From a stop to the next of its city, if it has one and the city can be walked."""
    is_walked = is_walkable(exhibition, exhibition.city(stop.city))
    return _legs(exhibition, stop.city).get(stop.slug) if is_walked else None


@instance_cache
def _legs(exhibition: Exhibition, city: str) -> dict[str, WalkingLeg]:
    """From each stop of the city, by its slug, to the next."""
    return {
        before.slug: WalkingLeg(haversine_km(stop_point(before), stop_point(after)) * 1000, number, after)
        for (_, before), (number, after) in pairwise(numbered(exhibition, city))
    }
