"""Distances and middles on the globe."""

from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS = 6371.0088  # km, the mean radius of WGS84 (IUGG)

Point = tuple[float, float]  # latitude, longitude in degrees


def distance(one: Point, other: Point) -> float:
    """Great-circle distance in km between two points (latitude, longitude), by the haversine formula (Sinnott 1984)."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(radians, point)) for point in (one, other))
    half_chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS * asin(sqrt(half_chord))


def middle(points: Sequence[Point]) -> Point:
    """The mean of points (latitude, longitude) that lie close together."""
    return sum(lat for lat, _ in points) / len(points), sum(lon for _, lon in points) / len(points)
