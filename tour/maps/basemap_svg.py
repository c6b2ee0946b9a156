"""A city's drawn map as shapes and names on a still picture, as map.js makes them of the same file."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from tour.content.geojson import FeatureCollection
from tour.maps.geodesy import Point
from tour.maps.labels import Label, label
from tour.maps.projection import Box, Viewport
from tour.model import City, Exhibition

LINK = re.compile(r"\[([^\[\]]+)\]\((https?://[^\s()]+)\)")
# The courses of points in a geometry's coordinates, and whether they are rings.
RINGS = {
    "LineString": (lambda course: [course], False),
    "MultiLineString": (lambda courses: courses, False),
    "Polygon": (lambda rings: rings, True),
    "MultiPolygon": (lambda polygons: [ring for polygon in polygons for ring in polygon], True),
}


@dataclass(frozen=True)
class SvgPath:
    """Lines or areas: their classes in map.css, their course as an SVG path, the box around them."""

    classes: str
    path: str
    box: Box


def city_basemap(exhibition: Exhibition, city: City) -> FeatureCollection:
    """The city's drawn map; an empty one if there is none."""
    return exhibition.maps.get(city.slug, {"features": []})


def credit(drawn: FeatureCollection, language: str) -> Markup:
    """Whose data the map shows, as HTML: [words](address) in it are links."""
    return _linked(drawn.get(f"credit_{language}", drawn.get("credit", "")))


def with_credits(drawn: FeatureCollection) -> FeatureCollection:
    """The map as a browser draws it: its credits, in any language, as HTML."""
    return {name: _linked(value) if name.startswith("credit") else value for name, value in drawn.items()}


def _linked(words: str) -> Markup:
    return Markup(LINK.sub(r'<a href="\2">\1</a>', str(escape(words))))


def basemap_paths(drawn: FeatureCollection, window: Viewport) -> Iterator[SvgPath]:
    """What is drawn at this zoom, in the order of the file."""
    for geometry, properties in _at_zoom(drawn, window.zoom):
        if geometry["type"] in RINGS:
            courses, closed = RINGS[geometry["type"]]
            points = [[_point(each) for each in course] for course in courses(geometry["coordinates"])]
            yield to_path(_classes("tour-drawn", properties), points, window, closed)


def labels(drawn: FeatureCollection, window: Viewport, language: str) -> Iterator[Label]:
    """What is named at this zoom, in the order of the file; `name_de` is a name in German."""
    for geometry, properties in _at_zoom(drawn, window.zoom):
        if geometry["type"] == "Point":
            home = window.place(_point(geometry["coordinates"]))
            name = properties.get(f"name_{language}", properties["name"])
            yield label(name, properties, _classes("tour-name", properties), home)


def to_path(classes: str, courses: Iterable[Iterable[Point]], window: Viewport, closed: bool = False) -> SvgPath:
    """A shape of courses of points (latitude, longitude)."""
    placed = [[window.place(point) for point in course] for course in courses]
    path = "".join(f"M{_line(course)}{'Z' if closed else ''}" for course in placed)
    xs, ys = zip(*(spot for course in placed for spot in course), strict=True)
    return SvgPath(classes, path, (min(xs), min(ys), max(xs), max(ys)))


def _line(course: list[tuple[int, int]]) -> str:
    """A course without its repetitions: many points share a pixel."""
    moves = [spot for at, spot in enumerate(course) if at == 0 or spot != course[at - 1]]
    return "L".join(f"{x} {y}" for x, y in moves)


def _at_zoom(drawn: FeatureCollection, zoom: float) -> Iterator[tuple[FeatureCollection, FeatureCollection]]:
    """Geometry and properties of each feature that shows at this zoom."""
    for feature in drawn["features"]:
        properties = feature["properties"]
        if properties.get("from_zoom", 0) <= zoom <= properties.get("to_zoom", 99):
            yield feature["geometry"], properties


def _point(coordinates: list[float]) -> Point:
    """GeoJSON has the longitude first."""
    return coordinates[1], coordinates[0]


def _classes(kindred: str, properties: FeatureCollection) -> str:
    flags = [f"tour-{name}" for name in ("rough", "ring") if properties.get(name)]
    side = [f"tour-side-{properties['side']}"] if properties.get("side") else []
    return " ".join([kindred, f"tour-{properties['kind']}", *flags, *side])
