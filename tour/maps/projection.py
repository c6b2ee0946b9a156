"""Where points lie on a static map: Web Mercator, in the whole pixels that Leaflet draws in."""

from dataclasses import dataclass
from math import asinh, atan, cos, degrees, floor, pi, radians, sinh, tan

from tour.maps.geodesy import LEAFLET_EARTH_RADIUS_M, Point

TILE_SIZE = 256  # pixels: the world's width at zoom 0

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Viewport:
    """A picture of so many pixels around a centre; x to the east and y to the south, from the picture's middle."""

    centre: Point
    zoom: float
    width: int
    height: int

    def place(self, point: Point) -> tuple[int, int]:
        """A point in pixels from the middle."""
        (x, y), (centre_x, centre_y) = to_pixels(point, self.zoom), to_pixels(self.centre, self.zoom)
        return _round(x) - _round(centre_x), _round(y) - _round(centre_y)

    def radius(self, metres: float, latitude: float) -> int:
        """A distance on the ground at that latitude, in pixels."""
        angle = metres / LEAFLET_EARTH_RADIUS_M / cos(radians(latitude))
        return _round(angle * TILE_SIZE * 2**self.zoom / (2 * pi))

    @property
    def box(self) -> Box:
        return centred_box(0, 0, self.width, self.height)


def centred_box(x: float, y: float, width: float, height: float) -> Box:
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def overlaps(one: Box, other: Box, gap_x: float = 0, gap_y: float = 0) -> bool:
    """Whether two boxes overlap, or lie less than the gaps apart."""
    is_beside = one[0] < other[2] + gap_x and one[2] > other[0] - gap_x
    return is_beside and one[1] < other[3] + gap_y and one[3] > other[1] - gap_y


def to_pixels(point: Point, zoom: float) -> tuple[float, float]:
    """A point in pixels from the north-west corner of the world, by Web Mercator (EPSG:3857)."""
    latitude, longitude = point
    size = TILE_SIZE * 2**zoom
    return (longitude / 360 + 0.5) * size, (0.5 - asinh(tan(radians(latitude))) / (2 * pi)) * size


def to_lat_lng(x: float, y: float, zoom: float) -> Point:
    """The point at these pixels of the world: the inverse of `to_pixels`."""
    size = TILE_SIZE * 2**zoom
    return degrees(atan(sinh((0.5 - y / size) * 2 * pi))), (x / size - 0.5) * 360


def _round(pixels: float) -> int:
    """As JavaScript rounds: half a pixel goes up."""
    return floor(pixels + 0.5)
