"""The whole route from city to city: how long it is, and as one SVG picture on a map of the land around it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

from tour.maps.basemap_svg import geometry_lines, inline_styles
from tour.maps.geodesy import Point, great_circle, haversine_km
from tour.maps.viewport import city_point
from tour.model import City, Exhibition
from tour.templating import render

WIDTH, HEIGHT = 1200, 360  # units of the picture
MARGIN = 0.16  # of the span between the ends, left free at each side
MARGIN_ABOVE = 0.4  # the same above and below: print shows no more than the middle
LAND = "land"  # the map of what lies between the cities
PARTS = 48  # of a leg's line
MIN_SPAN = 0.05  # degrees: cities that lie in one place have a route on a map, too


@dataclass(frozen=True)
class Leg:
    """The route from the centroid of one city to that of the next in the tour, along the great circle."""

    before: City
    after: City
    points: list[Point]

    @property
    def kilometres(self) -> float:
        return haversine_km(self.points[0], self.points[-1])

    @property
    def halves(self) -> tuple[tuple[City, list[Point]], ...]:
        """Two lines, each with the city that it is next to."""
        middle = len(self.points) // 2
        return (self.before, self.points[: middle + 1]), (self.after, self.points[middle:])


@dataclass(frozen=True)
class EquirectangularProjection:
    """An equirectangular map true to scale at the middle latitude of the route; x to the east, y to the south."""

    west: float
    north: float
    scale: float  # units a degree of latitude
    aspect: float  # a degree of longitude as a fraction of one of latitude

    def project(self, point: Point) -> tuple[float, float]:
        latitude, longitude = point
        return (longitude - self.west) * self.aspect * self.scale, (self.north - latitude) * self.scale

    def path(self, points: Iterable[Point]) -> str:
        """SVG path data."""
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in map(self.project, points))


def city_legs(exhibition: Exhibition) -> list[Leg]:
    """From each city to the next, in the order of the tour; none where there is one city alone."""
    legs, start = [], city_point(exhibition, exhibition.cities[0])
    for before, after in pairwise(exhibition.cities):
        points = great_circle(start, city_point(exhibition, after), PARTS)
        legs.append(Leg(before, after, points))
        start = points[-1]  # its longitude may lie beyond 180 degrees, and the next leg goes on there
    return legs


def route_overview(exhibition: Exhibition) -> str:
    """The land, the legs from city to city, each half in its city's colour, a marker at each city, as SVG.

    There have to be two cities or more.
    """
    legs = city_legs(exhibition)
    projection = fit([point for leg in legs for point in leg.points])
    ends = [legs[0].points[0], *(leg.points[-1] for leg in legs)]
    return render(
        "route_overview.svg",
        "en",
        width=WIDTH,
        height=HEIGHT,
        styles=inline_styles("palette.css"),
        land=[projection.path(ring) + "Z" for ring in _land(exhibition)],
        halves=[(city, projection.path(points)) for leg in legs for city, points in leg.halves],
        markers=list(zip(exhibition.cities, map(projection.project, ends), strict=True)),
    )


def fit(points: list[Point]) -> EquirectangularProjection:
    """The map on which the points fill the width or the height but for the margins."""
    latitudes, longitudes = zip(*points, strict=True)
    (middle, span), (middle_longitude, span_longitude) = (
        ((min(values) + max(values)) / 2, max(MIN_SPAN, max(values) - min(values)))
        for values in (latitudes, longitudes)
    )
    aspect = cos(radians(middle))
    scale = min(WIDTH / (1 + 2 * MARGIN) / span_longitude / aspect, HEIGHT / (1 + 2 * MARGIN_ABOVE) / span)
    west, north = middle_longitude - WIDTH / 2 / scale / aspect, middle + HEIGHT / 2 / scale
    return EquirectangularProjection(west, north, scale, aspect)


def _land(exhibition: Exhibition) -> list[list[Point]]:
    """The rings of the land's areas; none if there is no such map."""
    features = exhibition.maps.get(LAND, {"features": []})["features"]
    land = [feature["geometry"] for feature in features if feature["properties"]["kind"] == "land"]
    return [ring for geometry in land for ring in geometry_lines(geometry)]
