"""Where a stop stands, and where the middle of a city is."""

from tour.geometry import Point, middle
from tour.model import City, Exhibition, Place, Stop
from tour.walk import numbered


def standing(stop: Stop) -> Place:
    """The place where the thing stands now, or where it stood last."""
    return max(stop.places, key=lambda place: (place.until is None, place.until or 0))


def city_point(exhibition: Exhibition, city: City) -> Point:
    """The middle of a city's stops (latitude, longitude): where the thread between the cities is tied."""
    return middle([point(standing(stop)) for _, stop in numbered(exhibition, city.slug)])


def point(place: Place) -> Point:
    """Latitude and longitude in degrees."""
    return place.latitude, place.longitude
