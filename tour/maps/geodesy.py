"""Distances, great circles and centroids on the globe."""

from collections.abc import Sequence
from math import asin, atan2, cos, degrees, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088  # km, the mean radius of WGS84 (IUGG)
# Leaflet's own radius (L.CRS.Earth.R), by which it draws circles: on a static map they are to be as wide.
LEAFLET_EARTH_RADIUS_M = 6_371_000

Point = tuple[float, float]  # latitude, longitude in degrees


def haversine_km(one: Point, other: Point) -> float:
    """Great-circle distance in km between two points, by the haversine formula (Sinnott 1984)."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(radians, point)) for point in (one, other))
    half_chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half_chord))


def great_circle(one: Point, other: Point, parts: int) -> list[Point]:
    """The shortest line over the globe as `parts` + 1 points; a longitude goes on beyond 180 degrees.

    Each is reached from the first by its bearing and distance (Snyder, Map Projections, 1987, equations 5-4 to 5-6).
    """
    (lat1, lon1), (lat2, lon2) = (tuple(map(radians, point)) for point in (one, other))
    y, x = cos(lat2) * sin(lon2 - lon1), cos(lat1) * sin(lat2) - sin(lat1) * cos(lat2) * cos(lon2 - lon1)
    bearing, angle, points = atan2(y, x), haversine_km(one, other) / EARTH_RADIUS_KM, []
    for part in range(parts + 1):
        arc = angle * part / parts
        lat = asin(sin(lat1) * cos(arc) + cos(lat1) * sin(arc) * cos(bearing))
        y, x = sin(arc) * sin(bearing), cos(lat1) * cos(arc) - sin(lat1) * sin(arc) * cos(bearing)
        points.append((degrees(lat), degrees(lon1 + atan2(y, x))))
    return points


def centroid(points: Sequence[Point]) -> Point:
    """The mean of points that lie close together."""
    return sum(lat for lat, _ in points) / len(points), sum(lon for _, lon in points) / len(points)
