"""Where stops and cities lie, at which centre and zoom a map shows them, and in which pixels of it, by Web Mercator."""

from dataclasses import dataclass
from math import asinh, atan, cos, degrees, floor, log2, pi, radians, sinh, tan

from tour.maps.geodesy import LEAFLET_EARTH_RADIUS_M, Point, centroid, haversine_km
from tour.model import City, Exhibition, Place, Stop
from tour.model.instance_cache import instance_cache
from tour.model.navigation import numbered

HOUSES_ZOOM, STREET_ZOOM, QUARTER_ZOOM, DISTRICT_ZOOM = 17, 15.5, 15, 13.5  # by what a map shows
MAX_NEIGHBOUR_DISTANCE = 150  # metres: stops with closer neighbours are shown at a closer zoom
NEIGHBOUR_LATITUDES = 0.002  # degrees, 220 metres: no neighbour lies further north or south
EDGE_MARGIN = 56  # pixels from the edge to the nearest stop: a pin, and room for it to be displaced
TILE_SIZE = 256  # pixels: the world's width at zoom 0

Box = tuple[float, float, float, float]  # left, top, right, bottom


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
        return point, QUARTER_ZOOM if place.uncertainty < 500 else DISTRICT_ZOOM
    # A city may have hundreds of stops, most of them far to the north or south.
    candidates = [
        other for other in _city_points(exhibition, stop.city) if abs(other[0] - place.latitude) < NEIGHBOUR_LATITUDES
    ]
    has_neighbours = any(0 < haversine_km(point, other) * 1000 < MAX_NEIGHBOUR_DISTANCE for other in candidates)
    return point, HOUSES_ZOOM if has_neighbours else STREET_ZOOM


def fit_bounds(exhibition: Exhibition, city: City, width: int, height: int) -> tuple[Point, float]:
    """The centre and the zoom, in the map's half steps, for all stops of the city to fit in a picture in pixels."""
    spots = [to_pixels(point, 0) for point in _city_points(exhibition, city.slug)]
    (left, right), (top, bottom) = ((min(values), max(values)) for values in zip(*spots, strict=True))
    spans = ((right - left, width), (bottom - top, height))
    zooms = [floor(2 * log2((size - 2 * EDGE_MARGIN) / span)) / 2 for span, size in spans if span]
    return to_lat_lng((left + right) / 2, (top + bottom) / 2, 0), min([HOUSES_ZOOM, *zooms])


@instance_cache
def _city_points(exhibition: Exhibition, slug: str) -> list[Point]:
    return [stop_point(stop) for _, stop in numbered(exhibition, slug)]


@dataclass(frozen=True)
class Viewport:
    """A picture of so many pixels around a centre; x to the east and y to the south, from the picture's middle."""

    centre: Point
    zoom: float
    width: int
    height: int

    def project(self, point: Point) -> tuple[int, int]:
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
