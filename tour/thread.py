"""The whole thread on a quiet map of the land between the cities, as one SVG picture."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians
from pathlib import Path

from tour.geometry import Point, great_circle
from tour.model import City, Exhibition
from tour.places import city_point
from tour.render import render

WIDTH = 1200  # units of the picture
MARGIN = 0.16  # of the span between the ends, left free at each side
HEIGHT = 360
ONE_PLACE = 20  # units a degree, where the way has no length
PARTS = 48


@dataclass(frozen=True)
class Sheet:
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


def thread_picture(exhibition: Exhibition, data_dir: Path) -> str:
    """The land, the arc between the first and the last city, a knot at each end, as SVG."""
    way = _way(exhibition)
    sheet = sheet_of(way)
    half = PARTS // 2
    return render(
        "thread_map.svg",
        "en",
        width=WIDTH,
        height=HEIGHT,
        land=[sheet.path(ring) + "Z" for ring in _land(data_dir)],
        first=sheet.path(way[: half + 1]),
        last=sheet.path(way[half:]),
        ends=[(city, sheet.place(point)) for city, point in zip(_ends(exhibition), (way[0], way[-1]), strict=True)],
    )


def sheet_of(way: list[Point]) -> Sheet:
    """The map that the way fills but for the margins: from side to side, or from top to foot if it is steep."""
    latitudes, longitudes = zip(*way, strict=True)
    middle = (min(latitudes) + max(latitudes)) / 2
    squeeze = cos(radians(middle))
    across, down = (max(longitudes) - min(longitudes)) * squeeze, max(latitudes) - min(latitudes)
    room = ((WIDTH, across), (HEIGHT, down))
    scale = min((size / (span * (1 + 2 * MARGIN)) for size, span in room if span), default=ONE_PLACE)
    centre = (min(longitudes) + max(longitudes)) / 2
    return Sheet(centre - WIDTH / 2 / scale / squeeze, middle + HEIGHT / 2 / scale, scale, squeeze)


def _ends(exhibition: Exhibition) -> tuple[City, City]:
    return exhibition.cities[0], exhibition.cities[-1]


def _way(exhibition: Exhibition) -> list[Point]:
    first, last = (city_point(exhibition, city) for city in _ends(exhibition))
    return great_circle(first, last, PARTS)


def _land(data_dir: Path) -> list[list[Point]]:
    """Outlines of land as points (latitude, longitude); none if there is no such map."""
    path = data_dir / "maps" / "europe.geojson"
    if not path.is_file():
        return []
    features = json.loads(path.read_text("utf-8"))["features"]
    land = [each["geometry"]["coordinates"] for each in features if each["properties"]["kind"] == "land"]
    return [[(latitude, longitude) for longitude, latitude in ring] for polygon in land for ring in polygon]
