"""The map of a stop, or of a city, as a static picture: for the first paint, for print, for pages without scripts.

All lies pixel for pixel where the live map (map.js) draws it, so that the one can take the other's place.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from markupsafe import Markup

from tour.maps.basemap_svg import SvgPath, basemap_paths, city_basemap, credit, inline_styles, labels, to_path
from tour.maps.placement import city_pins, declutter
from tour.maps.viewport import Viewport, centred_box, fit_bounds, lat_lng, map_view, overlaps, stop_point
from tour.model import City, Exhibition, Stop
from tour.model.navigation import Position, numbered
from tour.templating import render

SIZE = 1600  # pixels; on a larger screen there is land alone around the picture
LINE_MARGIN = 20  # pixels: half the broadest line, which shows although its middle lies outside


def map_html(exhibition: Exhibition, position: Position, image: str) -> Markup:
    """The stop's map with its pins as links and its credit; `image` is the URL of its `stop_map`."""
    stop, language = position.stop, exhibition.language
    city, viewport = exhibition.city(stop.city), _viewport(exhibition, stop)
    values = {
        "id": f"tour-map-{stop.slug}",
        "image": image,
        "size": SIZE,
        "city": city,
        "pins": city_pins(exhibition, city, viewport, stop),
        "credit": credit(city_basemap(exhibition, city), language),
    }
    return Markup(render("static_map.html", language, **values))


def stop_map(exhibition: Exhibition, stop: Stop) -> str:
    """The map of a stop as SVG, SIZE by SIZE pixels, without the pins, which are in `map_html`."""
    return _svg(exhibition, exhibition.city(stop.city), _viewport(exhibition, stop), stop)


def city_map(exhibition: Exhibition, city: City, width: int = 660, height: int = 420) -> str:
    """All stops of a city on one picture of so many pixels, as SVG with the pins drawn in."""
    return _svg(exhibition, city, Viewport(*fit_bounds(exhibition, city, width, height), width, height))


def _viewport(exhibition: Exhibition, stop: Stop) -> Viewport:
    return Viewport(*map_view(exhibition, stop), SIZE, SIZE)


def _svg(exhibition: Exhibition, city: City, viewport: Viewport, stop: Stop | None = None) -> str:
    """The city's base map, over it the route, done up to the stop, and labels clear of the pins."""
    basemap, language = city_basemap(exhibition, city), exhibition.language
    pins = city_pins(exhibition, city, viewport, stop)
    names = declutter(labels(basemap, viewport, language), viewport, [pin.box for pin in pins])
    paths = [*_route(exhibition, city, stop, viewport), *_uncertainty(stop, city, viewport)]
    return render(
        "static_map.svg",
        language,
        viewport=viewport,
        styles=_styles(),
        basemap=_visible(basemap_paths(basemap, viewport), viewport),
        labels=names,
        paths=_visible(paths, viewport),
        city=city,
        pins=[] if stop else pins,
    )


@cache
def _styles() -> str:
    """The live map's style sheets, which set labels in a <span>, for a picture that sets them in a <text>."""
    return re.sub(r"\bspan\b", "text", inline_styles("palette.css", "map.css"))


def _visible(paths: Iterable[SvgPath], viewport: Viewport) -> list[SvgPath]:
    return [path for path in paths if overlaps(path.box, viewport.box, LINE_MARGIN, LINE_MARGIN)]


def _route(exhibition: Exhibition, city: City, stop: Stop | None, viewport: Viewport) -> Iterator[SvgPath]:
    """The route through the city, done up to the stop; it breaks where the tour leaves the city."""
    state = "done"
    for (before, start), (number, end) in pairwise(numbered(exhibition, city.slug)):
        state = "pending" if start is stop else state
        if number == before + 1:
            classes = f"tour-route tour-{city.colour} tour-{state}"
            yield to_path(classes, [[stop_point(start), stop_point(end)]], viewport)


def _uncertainty(stop: Stop | None, city: City, viewport: Viewport) -> Iterator[SvgPath]:
    """A circle around each place of the stop that may lie far from its pin."""
    for place in stop.places if stop else ():
        if place.is_uncertain:
            x, y = viewport.project(lat_lng(place))
            radius = viewport.radius(place.uncertainty, place.latitude)
            # Leaflet begins a circle at its left, so that the dashes fall alike.
            half = f"a{radius} {radius} 0 1 0 "
            path = f"M{x - radius} {y}{half}{2 * radius} 0{half}{-2 * radius} 0"
            yield SvgPath(f"tour-uncertainty tour-{city.colour}", path, centred_box(x, y, 2 * radius, 2 * radius))
