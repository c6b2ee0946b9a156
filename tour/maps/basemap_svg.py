"""A city's base map as shapes and labels on a static map, as map.js makes them of the same file."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, groupby

from markupsafe import Markup, escape

from tour.maps.geodesy import Point
from tour.maps.placement import Label, label
from tour.maps.viewport import Box, Viewport
from tour.model import City, Exhibition, FeatureCollection
from tour.paths import STATIC_DIR

LINK = re.compile(r"\[([^\[\]]+)\]\((https?://[^\s()]+)\)")


@dataclass(frozen=True)
class SvgPath:
    """Lines or areas: their classes in map.css, their SVG path data, the box around them."""

    classes: str
    path: str
    box: Box


def city_basemap(exhibition: Exhibition, city: City) -> FeatureCollection:
    """The city's base map; an empty one if there is none."""
    return exhibition.maps.get(city.slug, {"features": []})


def credit(basemap: FeatureCollection, language: str) -> Markup:
    """Whose data the map shows, as HTML: [text](URL) in it are links."""
    return _linked(str(basemap.get(f"credit_{language}", basemap.get("credit", ""))))


def with_credits(basemap: FeatureCollection) -> FeatureCollection:
    """The map as a browser draws it: its credits, in any language, as HTML."""
    return {name: _linked(value) if name.startswith("credit") else value for name, value in basemap.items()}


def _linked(text: str) -> Markup:
    return Markup(LINK.sub(r'<a href="\2">\1</a>', str(escape(text))))


def basemap_paths(basemap: FeatureCollection, viewport: Viewport) -> Iterator[SvgPath]:
    """The lines and areas to be drawn at this zoom, in the order of the file."""
    for geometry, properties in _at_zoom(basemap, viewport.zoom):
        if geometry["type"] != "Point":
            is_closed = "Polygon" in geometry["type"]
            yield to_path(_classes("tour-basemap", properties), geometry_lines(geometry), viewport, is_closed)


def labels(basemap: FeatureCollection, viewport: Viewport, language: str) -> Iterator[Label]:
    """The names to be shown at this zoom, in the order of the file; `name_de` is a name in German."""
    for geometry, properties in _at_zoom(basemap, viewport.zoom):
        if geometry["type"] == "Point":
            anchor = viewport.project(_lat_lng(geometry["coordinates"]))
            name = str(properties.get(f"name_{language}", properties["name"]))
            yield label(name, properties, _classes("tour-label", properties), anchor)


@cache
def inline_styles(*sheets: str) -> str:
    """Style sheets for within an SVG, which loads none where it is an image; without comments, in one line."""
    css = "".join((STATIC_DIR / sheet).read_text("utf-8") for sheet in sheets)
    return " ".join(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).split())


def geometry_lines(geometry: FeatureCollection) -> list[list[Point]]:
    """The lines of a GeoJSON geometry, or the rings of its areas; none in a point."""
    coordinates = geometry["coordinates"]
    match geometry["type"]:
        case "Point":
            coordinates = []
        case "LineString":
            coordinates = [coordinates]
        case "MultiPolygon":
            coordinates = chain.from_iterable(coordinates)
    return [[_lat_lng(position) for position in line] for line in coordinates]


def to_path(classes: str, lines: Iterable[Iterable[Point]], viewport: Viewport, is_closed: bool = False) -> SvgPath:
    """A shape of lines, or of rings if it is closed."""
    placed = [[viewport.project(point) for point in line] for line in lines]
    end = "Z" if is_closed else ""
    # Many points share a pixel: groupby leaves out the repetitions.
    path = "".join("M" + "L".join(f"{x} {y}" for (x, y), _ in groupby(line)) + end for line in placed)
    xs, ys = zip(*chain.from_iterable(placed), strict=True)
    return SvgPath(classes, path, (min(xs), min(ys), max(xs), max(ys)))


def _at_zoom(basemap: FeatureCollection, zoom: float) -> Iterator[tuple[FeatureCollection, FeatureCollection]]:
    """Geometry and properties of each feature that shows at this zoom."""
    for feature in basemap["features"]:
        properties = feature["properties"]
        if properties.get("from_zoom", 0) <= zoom <= properties.get("to_zoom", 99):
            yield feature["geometry"], properties


def _lat_lng(position: list[float]) -> Point:
    """GeoJSON has the longitude first."""
    return position[1], position[0]


def _classes(base: str, properties: FeatureCollection) -> str:
    flags = [f"tour-{name}" for name in ("rough", "ring") if properties.get(name)]
    side = [f"tour-side-{properties['side']}"] if properties.get("side") else []
    return " ".join([base, f"tour-{properties['kind']}", *flags, *side])
