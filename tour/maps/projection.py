"""Where things lie on a still map: Web Mercator, in the whole pixels that Leaflet draws in."""

from dataclasses import dataclass
from math import asinh, atan, cos, degrees, floor, log2, pi, radians, sinh, tan

from tour.maps.geodesy import Point
from tour.maps.viewpoints import CLOSE, current_place, lat_lng
from tour.model import City, Exhibition
from tour.model.navigation import numbered

TILE = 256  # pixels: the world's width at zoom 0
EARTH_RADIUS = 6_371_000  # metres, as Leaflet has it: a circle is to be as wide as Leaflet's
MARGIN = 56  # pixels from the edge to the nearest stop: a pin, and room to step aside

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Viewport:
    """A picture of so many pixels round a centre; x to the east and y to the south, from the picture's middle."""

    centre: Point
    zoom: float
    width: int
    height: int

    def place(self, point: Point) -> tuple[int, int]:
        """A point (latitude, longitude) in pixels from the middle."""
        (x, y), (middle_x, middle_y) = to_pixels(point, self.zoom), to_pixels(self.centre, self.zoom)
        return _whole(x) - _whole(middle_x), _whole(y) - _whole(middle_y)

    def radius(self, metres: float, latitude: float) -> int:
        """A distance on the ground at that latitude, in pixels."""
        return _whole(metres / EARTH_RADIUS / cos(radians(latitude)) * TILE * 2**self.zoom / (2 * pi))

    def shows(self, box: Box, bleed: float = 0) -> bool:
        """Whether any of the box lies in the picture, or so few pixels outside it."""
        left, top, right, bottom = box
        half_width, half_height = self.width / 2 + bleed, self.height / 2 + bleed
        return left <= half_width and right >= -half_width and top <= half_height and bottom >= -half_height


def to_pixels(point: Point, zoom: float) -> tuple[float, float]:
    """A point (latitude, longitude) in pixels from the north-west corner of the world, by Web Mercator (EPSG:3857)."""
    latitude, longitude = point
    size = TILE * 2**zoom
    return (longitude / 360 + 0.5) * size, (0.5 - asinh(tan(radians(latitude))) / (2 * pi)) * size


def to_lat_lng(x: float, y: float, zoom: float) -> Point:
    """The point (latitude, longitude) at these pixels of the world: the way back from `world`."""
    size = TILE * 2**zoom
    return degrees(atan(sinh((0.5 - y / size) * 2 * pi))), (x / size - 0.5) * 360


def fit_bounds(exhibition: Exhibition, city: City, width: int, height: int) -> tuple[Point, float]:
    """Centre (latitude, longitude) and zoom, in the map's half steps, for all stops of the city to fit in a picture."""
    places = [to_pixels(lat_lng(current_place(stop)), 0) for _, stop in numbered(exhibition, city.slug)]
    (left, right), (top, bottom) = ((min(values), max(values)) for values in zip(*places, strict=True))
    spans = ((right - left, width), (bottom - top, height))
    room = [log2((size - 2 * MARGIN) / span) for span, size in spans if span]
    zoom = min([CLOSE, *(floor(2 * each) / 2 for each in room)])
    return to_lat_lng((left + right) / 2, (top + bottom) / 2, 0), zoom


def _whole(pixels: float) -> int:
    """As JavaScript rounds: half a pixel goes up."""
    return floor(pixels + 0.5)
