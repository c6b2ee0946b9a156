"""Distances, great circles and centroids on the globe."""

from collections.abc import Sequence
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt

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
    """The shortest line over the globe as `parts` + 1 points, by spherical interpolation."""
    angle = haversine_km(one, other) / EARTH_RADIUS_KM
    if angle == 0:
        return [one] * (parts + 1)
    start, end = _vector(one), _vector(other)
    fractions = [part / parts for part in range(parts + 1)]
    weights = [(sin((1 - fraction) * angle) / sin(angle), sin(fraction * angle) / sin(angle)) for fraction in fractions]
    return [_point(*(before * a + after * b for a, b in zip(start, end, strict=True))) for before, after in weights]


def _vector(point: Point) -> tuple[float, float, float]:
    lat, lon = map(radians, point)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def _point(x: float, y: float, z: float) -> Point:
    return degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x))


def centroid(points: Sequence[Point]) -> Point:
    """The mean of points that lie close together."""
    return sum(lat for lat, _ in points) / len(points), sum(lon for _, lon in points) / len(points)
