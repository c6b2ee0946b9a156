"""A city as a folium map: drawn land, the thread, numbered stops. The only room that knows folium."""

import html
import re
from itertools import pairwise

import folium
from folium.elements import MacroElement
from folium.template import Template

from tour import wordings
from tour.geometry import rough
from tour.maps.places import NEAR, city_point, point, standing
from tour.maps.plan import CREDIT
from tour.maps.thread import LAND, legs
from tour.model import City, Exhibition, Stop
from tour.walk import Position, around
from tour.words import writer

# From the map's frame, /component/<name>/index.html, the site's root is two levels up: this survives a base path.
ROOT = "../../"
SETUP_JS = [("leaflet", f"{ROOT}leaflet/leaflet.js"), ("map", f"{ROOT}files/map.js")]
SETUP_CSS = [
    ("leaflet", f"{ROOT}leaflet/leaflet.css"),
    ("fonts", f"{ROOT}files/fonts.css"),
    ("map", f"{ROOT}files/map.css"),
]
PIN = 44  # pixels; as wide as a thumb needs
CONTINENT = 8  # the zoom level from which on outwards the land between the cities is drawn


class Script(MacroElement):
    """A call of a function of map.js with the map and plain values."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "{{ this.function }}({{ this._parent.get_name() }}"
        "{% for value in this.values %}, {{ value|tojson }}{% endfor %});"
        "{% endmacro %}"
    )

    def __init__(self, function: str, *values: object):
        super().__init__()
        self._name = function
        self.function = function
        self.values = values


def base_map(exhibition: Exhibition) -> folium.Map:
    """The land of every city: always the same, so that the map stays mounted from stop to stop."""
    # Folium's own lists name five other hosts; with one of them out of reach the map stays blank.
    folium.Map.default_js, folium.Map.default_css = SETUP_JS, SETUP_CSS
    # It begins near the first city: from far out the browser would fetch the wide land before anybody wants it.
    start = city_point(exhibition, exhibition.cities[0])
    base = folium.Map(start, zoom_start=NEAR, tiles=None, max_zoom=19, min_zoom=3, scroll_wheel_zoom=False)
    base.add_child(Script("tourStart", _settings(exhibition)))
    if LAND in exhibition.maps:
        base.add_child(Script("tourDrawn", f"{ROOT}maps/{LAND}.geojson", {"toZoom": CONTINENT}))
    for city in exhibition.cities:
        if city.slug in exhibition.maps:
            near = {"near": city_point(exhibition, city)}
            base.add_child(Script("tourDrawn", f"{ROOT}maps/{city.slug}.geojson", near))
    for line in _arcs(exhibition):
        base.add_child(line)
    return base


def _settings(exhibition: Exhibition) -> dict[str, object]:
    """What map.js is told once; corners are (latitude, longitude)."""
    _, streets = writer(exhibition.language), exhibition.streets
    points = [point for city in exhibition.cities for point in zip(city.latitude, city.longitude, strict=True)]
    corners = [[min(values), max(values)] for values in zip(*points, strict=True)]
    return {
        "language": exhibition.language,
        "words": {
            "title": _("Map of the stops"),
            "zoomIn": _("Zoom in"),
            "zoomOut": _("Zoom out"),
            "credit": _(CREDIT),
            "whole": _("Whole thread"),
        },
        "continent": CONTINENT,
        "whole": list(zip(*corners, strict=True)) if len(exhibition.cities) > 1 else None,
        "streets": streets
        and {
            "name": streets.name,
            "address": streets.address,
            "credit": streets.credit,
            "creditAddress": streets.credit_address,
            "maxZoom": streets.max_zoom,
            "on": streets.on,
        },
    }


def _arcs(exhibition: Exhibition) -> list[MacroElement]:
    """The thread between the cities, along the great circle, half in the colour of each end, with its length."""
    _, arcs = writer(exhibition.language), []
    for leg in legs(exhibition):
        way = leg.way()
        half = len(way) // 2
        for points, city in ((way[: half + 1], leg.before), (way[half:], leg.after)):
            arcs.append(folium.PolyLine(points, class_name=f"tour-arc tour-{city.colour}", interactive=False))
        name = _("%(kilometres)s km", kilometres=wordings.number(rough(leg.kilometres), exhibition.language))
        words = folium.DivIcon(
            html=f"<span>{literal(name)}</span>", class_name="tour-name tour-distance", icon_size=(0, 0)
        )
        arcs.append(folium.Marker(way[half], icon=words, interactive=False, keyboard=False))
    return arcs


def stop_layer(exhibition: Exhibition, here: Position) -> folium.FeatureGroup:
    """The thread through the city's stops and their pins; a pin's tooltip begins with the stop's number."""
    city, stops = exhibition.city(here.stop.city), around(exhibition, here)
    layer = folium.FeatureGroup(name="stops")
    for line in [*_thread(stops, here.number, city), *_uncertainty(here.stop, city)]:
        layer.add_child(line)
    for number, stop in [*stops, *_across(here)]:
        layer.add_child(_pin(number, stop, exhibition.city(stop.city), number == here.number))
    return layer


def _across(here: Position) -> list[tuple[int, Stop]]:
    """The stops before and after, with their numbers, if they lie in another city."""
    around = ((here.number - 1, here.previous), (here.number + 1, here.next))
    return [(number, stop) for number, stop in around if stop and stop.city != here.stop.city]


def _uncertainty(stop: Stop, city: City) -> list[folium.Circle]:
    """How far each place of the stop may lie from its pin, where that is worth showing."""
    name = f"tour-within tour-{city.colour}"
    return [
        folium.Circle(point(place), radius=place.uncertainty, class_name=name, interactive=False)
        for place in stop.places
        if place.uncertainty > 50
    ]


def clicked_number(tooltip: str | None) -> int | None:
    """The number of the stop whose pin was clicked, from its tooltip as the map returns it."""
    match = re.match(r"\s*(\d+)\.", tooltip or "")
    return int(match[1]) if match else None


def _thread(stops: list[tuple[int, Stop]], here: int, city: City) -> list[folium.PolyLine]:
    """The way through the city, sewn up to here, pale beyond; it breaks where the tour leaves the city."""
    pairs = [(pair, after) for pair, after in pairwise(stops) if after[0] == pair[0] + 1]
    return [
        folium.PolyLine(
            [point(standing(start)), point(standing(end))],
            class_name=f"tour-thread tour-{city.colour} tour-{'sewn' if number <= here else 'ahead'}",
            interactive=False,
        )
        for (_, start), (number, end) in pairs
    ]


def _pin(number: int, stop: Stop, city: City, is_here: bool) -> folium.Marker:
    name = literal(f"{number}. {stop.title}")
    icon = folium.DivIcon(
        html=f'<span aria-hidden="true">{number}</span><b>{name}</b>',
        class_name=f"tour-pin tour-{city.marker} tour-{city.colour}{' tour-here' if is_here else ''}",
        icon_size=(PIN, PIN),
        icon_anchor=(PIN // 2, PIN // 2),
    )
    return folium.Marker(point(standing(stop)), icon=icon, tooltip=name, z_index_offset=1000 if is_here else 0)


def literal(text: str) -> str:
    """Text that folium shows as it stands: it would run {{ … }} on the server, and `…` and ${…} in the browser."""
    return re.sub(r"[{}`$\\]", lambda each: f"&#{ord(each[0])};", html.escape(text))
