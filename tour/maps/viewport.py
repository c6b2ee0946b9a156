"""Where stops and cities lie, and at which centre and zoom a map shows them."""

from math import floor, log2

from tour.maps.geodesy import Point, centroid, haversine_km
from tour.maps.projection import to_lat_lng, to_pixels
from tour.model import City, Exhibition, Place, Stop
from tour.model.instance_cache import instance_cache
from tour.model.navigation import numbered

CLOSE, OPEN, NEAR, WIDE = 17, 15.5, 15, 13.5  # zoom levels: a few houses, a street, a quarter, a district
MAX_NEIGHBOUR_DISTANCE = 150  # metres: stops with closer neighbours are shown at a closer zoom
NEIGHBOUR_LATITUDES = 0.002  # degrees, 220 metres: no neighbour lies further north or south
EDGE_MARGIN = 56  # pixels from the edge to the nearest stop: a pin, and room for it to be displaced


def current_place(stop: Stop) -> Place:
    """The place where the thing stands now, or where it stood last."""
    return max(stop.places, key=lambda place: (place.until is None, place.until or 0))


def lat_lng(place: Place) -> Point:
    """Latitude and longitude in degrees."""
    return place.latitude, place.longitude


def stop_point(stop: Stop) -> Point:
    return lat_lng(current_place(stop))


def city_point(exhibition: Exhibition, city: City) -> Point:
    """The centroid of a city's stops, where the route between the cities begins and ends."""
    return centroid(_city_points(exhibition, city.slug))


@instance_cache
def map_view(exhibition: Exhibition, stop: Stop) -> tuple[Point, float]:
    """The centre and the zoom level at which a map shows this stop."""
    place, point = current_place(stop), stop_point(stop)
    if place.uncertainty > 100:
        return point, NEAR if place.uncertainty < 500 else WIDE
    # A city may have hundreds of stops, most of them far to the north or south.
    candidates = [
        other for other in _city_points(exhibition, stop.city) if abs(other[0] - place.latitude) < NEIGHBOUR_LATITUDES
    ]
    has_neighbours = any(0 < haversine_km(point, other) * 1000 < MAX_NEIGHBOUR_DISTANCE for other in candidates)
    return point, CLOSE if has_neighbours else OPEN


def fit_bounds(exhibition: Exhibition, city: City, width: int, height: int) -> tuple[Point, float]:
    """The centre and the zoom, in the map's half steps, for all stops of the city to fit in a picture in pixels."""
    spots = [to_pixels(point, 0) for point in _city_points(exhibition, city.slug)]
    (left, right), (top, bottom) = ((min(values), max(values)) for values in zip(*spots, strict=True))
    spans = ((right - left, width), (bottom - top, height))
    zooms = [floor(2 * log2((size - 2 * EDGE_MARGIN) / span)) / 2 for span, size in spans if span]
    return to_lat_lng((left + right) / 2, (top + bottom) / 2, 0), min([CLOSE, *zooms])


@instance_cache
def _city_points(exhibition: Exhibition, slug: str) -> list[Point]:
    return [stop_point(stop) for _, stop in numbered(exhibition, slug)]
