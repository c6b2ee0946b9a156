"""The map of a stop, or of a city, as a still picture: for the first paint, for print, for pages without scripts.

It is to lie pixel for pixel where the live map draws (map.js), so that the one can take the other's place.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from markupsafe import Markup, escape

from tour.i18n import N_, gettext_for
from tour.maps.basemap_svg import SvgPath, basemap_paths, city_basemap, credit, labels, to_path
from tour.maps.geodesy import Point
from tour.maps.labels import declutter
from tour.maps.pins import Pin, city_pins
from tour.maps.projection import Viewport, fit_bounds
from tour.maps.viewpoints import current_place, lat_lng, map_view
from tour.model import City, Exhibition, Stop
from tour.model.navigation import Position, locate, numbered
from tour.paths import STATIC_DIR
from tour.templating import render

SIZE = 1600  # pixels; a larger map on the screen shows land alone round the picture
BLEED = 20  # pixels: half the broadest line, which shows although its middle lies outside
MIN_UNCERTAINTY_SHOWN_M = 50  # metres of uncertainty, as in tour/maps/live_map.py
CITY_SIZE = 660, 420  # pixels of a whole city's plan, wide and high
CREDIT = N_("Drawn map, not to scale for navigation")
MAP_CSS = STATIC_DIR / "map.css"


def stop_map(exhibition: Exhibition, stop: Stop) -> str:
    """The map of a stop as its page shows it, as SVG."""
    return map_svg(exhibition, locate(exhibition, stop.slug), *map_view(exhibition, stop))


def map_svg(exhibition: Exhibition, here: Position, centre: Point, zoom: float) -> str:
    """The stop's map as SVG, SIZE by SIZE pixels round a centre (latitude, longitude); its pins are in plan_html."""
    window = Viewport(centre, zoom, SIZE, SIZE)
    city = exhibition.city(here.stop.city)
    lines = [*_thread(exhibition, city, here.number, window), *_uncertainty(here.stop, city, window)]
    pins = city_pins(exhibition, city, window, here.stop)
    return _picture(exhibition, city, window, lines, pins)


def map_html(exhibition: Exhibition, here: Position, centre: Point, zoom: float, image: str) -> Markup:
    """The stop's map with its pins as links and its credit; `image` is the address of the stop's plan_svg."""
    window = Viewport(centre, zoom, SIZE, SIZE)
    city = exhibition.city(here.stop.city)
    pins = city_pins(exhibition, city, window, here.stop)
    language = exhibition.language
    credit = map_credit(exhibition, city)
    known = {"name": f"tour-plan-{here.stop.slug}", "image": image, "size": SIZE, "city": city, "credit": credit}
    return Markup(render("plan.html", language, pins=pins, **known))


def city_map(exhibition: Exhibition, city: City, width: int = CITY_SIZE[0], height: int = CITY_SIZE[1]) -> str:
    """All stops of a city on one picture of so many pixels, as SVG with the pins drawn in."""
    window = Viewport(*fit_bounds(exhibition, city, width, height), width, height)
    lines = _thread(exhibition, city, len(exhibition.stops), window)
    pins = city_pins(exhibition, city, window)
    return _picture(exhibition, city, window, lines, pins, marks=pins)


def map_credit(exhibition: Exhibition, city: City) -> Markup:
    """Whose drawing and data the plan shows, as HTML."""
    _ = gettext_for(exhibition.language)
    theirs = credit(city_basemap(exhibition, city), exhibition.language)
    return escape(_(CREDIT)) + (Markup(" · ") + theirs if theirs else "")


def _picture(
    exhibition: Exhibition,
    city: City,
    window: Viewport,
    lines: Iterable[SvgPath],
    pins: list[Pin],
    marks: Iterable[Pin] = (),
) -> str:
    """The city's map with these lines over it, its names clear of the pins; `marks` are the pins that it draws."""
    drawn = city_basemap(exhibition, city)
    return render(
        "plan.svg",
        exhibition.language,
        window=window,
        sheet=_sheet(),
        drawn=_visible(basemap_paths(drawn, window), window),
        labels=declutter(labels(drawn, window, exhibition.language), window, [pin.box for pin in pins]),
        lines=_visible(lines, window),
        city=city,
        marks=marks,
    )


@cache
def _sheet() -> str:
    """The map's style sheet, which sets names in a <span>, for a picture that sets them in a <text>."""
    return re.sub(r"\bspan\b", "text", MAP_CSS.read_text("utf-8"))


def _visible(drawn: Iterable[SvgPath], window: Viewport) -> list[SvgPath]:
    return [shape for shape in drawn if window.shows(shape.box, BLEED)]


def _thread(exhibition: Exhibition, city: City, here: int, window: Viewport) -> Iterator[SvgPath]:
    """The way through the city, sewn up to the stop of this number; it breaks where the tour leaves the city."""
    for (before, start), (number, end) in pairwise(numbered(exhibition, city.slug)):
        if number == before + 1:
            classes = f"tour-thread tour-{city.colour} tour-{'sewn' if number <= here else 'ahead'}"
            yield to_path(classes, [[lat_lng(current_place(start)), lat_lng(current_place(end))]], window)


def _uncertainty(stop: Stop, city: City, window: Viewport) -> Iterator[SvgPath]:
    """A circle round each place that may lie further from its pin than is plain."""
    for place in stop.places:
        if place.uncertainty > MIN_UNCERTAINTY_SHOWN_M:
            x, y = window.place(lat_lng(place))
            radius = window.radius(place.uncertainty, place.latitude)
            # Leaflet begins a circle at its left: so the dashes fall alike.
            half = f"a{radius} {radius} 0 1 0 "
            path = f"M{x - radius} {y}{half}{2 * radius} 0{half}{-2 * radius} 0"
            yield SvgPath(f"tour-within tour-{city.colour}", path, (x - radius, y - radius, x + radius, y + radius))
