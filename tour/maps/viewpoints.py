"""Where a stop stands, where the middle of a city is, and from how far a map looks at a stop."""

from functools import lru_cache

from tour.maps.geodesy import Point, centroid, haversine_km
from tour.model import City, Exhibition, Place, Stop
from tour.model.navigation import numbered

CLOSE, OPEN, NEAR, WIDE = 17, 15.5, 15, 13.5  # zoom levels: a few houses, a street, a quarter, a district
NEIGHBOUR = 150  # metres: closer stops are looked at from closer by
LEVEL = 0.002  # degrees of latitude, 220 metres: no neighbour lies further north or south


def current_place(stop: Stop) -> Place:
    """The place where the thing stands now, or where it stood last."""
    return max(stop.places, key=lambda place: (place.until is None, place.until or 0))


def city_point(exhibition: Exhibition, city: City) -> Point:
    """The middle of a city's stops (latitude, longitude): where the thread between the cities is tied."""
    return centroid(_points(exhibition, city.slug))


def lat_lng(place: Place) -> Point:
    """Latitude and longitude in degrees."""
    return place.latitude, place.longitude


@lru_cache(maxsize=2048)
def map_view(exhibition: Exhibition, stop: Stop) -> tuple[Point, float]:
    """Where a map looks for this stop: its centre (latitude, longitude) and zoom level."""
    place = current_place(stop)
    if place.uncertainty > 100:
        return lat_lng(place), NEAR if place.uncertainty < 500 else WIDE
    # A city may have hundreds of stops, most of them far to the north or south.
    level = [each for each in _points(exhibition, stop.city) if abs(each[0] - place.latitude) < LEVEL]
    crowded = any(0 < haversine_km(lat_lng(place), each) * 1000 < NEIGHBOUR for each in level)
    return lat_lng(place), CLOSE if crowded else OPEN


@lru_cache(maxsize=16)
def _points(exhibition: Exhibition, city: str) -> list[Point]:
    """Where the city's stops stand."""
    return [lat_lng(current_place(stop)) for _, stop in numbered(exhibition, city)]
