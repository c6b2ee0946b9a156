"""The whole thread, from city to city: how long it is, and on a quiet map of the land around it as one SVG picture."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

from tour.maps.basemap_svg import RINGS
from tour.maps.geodesy import Point, great_circle, haversine_km
from tour.maps.viewpoints import city_point
from tour.model import City, Exhibition
from tour.templating import render

WIDTH = 1200  # units of the picture
MARGIN = 0.16  # of the span between the ends, left free at each side
MARGIN_ABOVE = 0.4  # the same above and below: print shows no more than the middle
HEIGHT = 360
LAND = "land"  # the map of what lies between the cities
PARTS = 48
SMALLEST = 0.05  # degrees: cities that lie in one place are still a thread on a map


@dataclass(frozen=True)
class Leg:
    """The thread between two cities, one after the other in the tour; `start` and `end` are their middles."""

    before: City
    after: City
    start: Point
    end: Point

    @property
    def kilometres(self) -> float:
        return haversine_km(self.start, self.end)

    def way(self) -> list[Point]:
        """The leg as points, with one in the middle."""
        return great_circle(self.start, self.end, PARTS)


@dataclass(frozen=True)
class EquirectangularProjection:
    """An equirectangular map true to scale at the middle latitude of the thread; x to the east, y to the south."""

    west: float
    north: float
    scale: float  # units a degree of latitude
    squeeze: float  # a degree of longitude as a part of one of latitude

    def place(self, point: Point) -> tuple[float, float]:
        """A point (latitude, longitude) as x and y."""
        latitude, longitude = point
        return (longitude - self.west) * self.squeeze * self.scale, (self.north - latitude) * self.scale

    def path(self, points: Iterable[Point]) -> str:
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in map(self.place, points))


def city_legs(exhibition: Exhibition) -> list[Leg]:
    """From each city to the next, in the order of the tour; none where there is one city alone."""
    middles = [(city, city_point(exhibition, city)) for city in exhibition.cities]
    return [Leg(before, after, start, end) for (before, start), (after, end) in pairwise(middles)]


def route_overview(exhibition: Exhibition) -> str:
    """The land, the arcs from city to city, each half in its city's colour, a knot at each city, as SVG.

    There have to be two cities or more.
    """
    thread = city_legs(exhibition)
    ways = _ways(thread)
    sheet = fit([point for way in ways for point in way])
    strands = [
        (city, sheet.path(points))
        for leg, way in zip(thread, ways, strict=True)
        for city, points in ((leg.before, way[: len(way) // 2 + 1]), (leg.after, way[len(way) // 2 :]))
    ]
    knots = [ways[0][0], *(way[-1] for way in ways)]
    return render(
        "thread_map.svg",
        "en",
        width=WIDTH,
        height=HEIGHT,
        land=[sheet.path(ring) + "Z" for ring in _land(exhibition)],
        strands=strands,
        knots=list(zip(exhibition.cities, map(sheet.place, knots), strict=True)),
    )


def fit(way: list[Point]) -> EquirectangularProjection:
    """The map on which the way fills the width or the height but for the margins."""
    latitudes, longitudes = zip(*way, strict=True)
    middle, middle_longitude = ((min(values) + max(values)) / 2 for values in (latitudes, longitudes))
    squeeze = cos(radians(middle))
    across, up = (max(SMALLEST, max(values) - min(values)) for values in (longitudes, latitudes))
    scale = min(WIDTH / (1 + 2 * MARGIN) / across / squeeze, HEIGHT / (1 + 2 * MARGIN_ABOVE) / up)
    return EquirectangularProjection(
        middle_longitude - WIDTH / 2 / scale / squeeze, middle + HEIGHT / 2 / scale, scale, squeeze
    )


def _ways(thread: list[Leg]) -> list[list[Point]]:
    """The legs as points; a longitude goes on beyond 180 degrees rather than leap round the world."""
    ways, last = [], thread[0].start[1]
    for leg in thread:
        way = []
        for latitude, longitude in leg.way():
            last = longitude + round((last - longitude) / 360) * 360
            way.append((latitude, last))
        ways.append(way)
    return ways


def _land(exhibition: Exhibition) -> Iterator[list[Point]]:
    """Outlines of land as points (latitude, longitude); none if there is no such map."""
    features = exhibition.maps.get(LAND, {"features": []})["features"]
    for geometry in (each["geometry"] for each in features if each["properties"]["kind"] == "land"):
        courses, _ = RINGS.get(geometry["type"], (lambda course: [], False))
        yield from ([(point[1], point[0]) for point in course] for course in courses(geometry["coordinates"]))
