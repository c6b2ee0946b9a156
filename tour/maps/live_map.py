"""A city as a folium map: drawn land, the thread, numbered stops. The only room that knows folium."""

import html
import re
from itertools import pairwise

import folium
from folium.elements import MacroElement
from folium.template import Template
from jinja2.utils import htmlsafe_json_dumps

from tour import l10n
from tour.i18n import gettext_for
from tour.l10n import round_km
from tour.maps.route_overview import LAND, city_legs
from tour.maps.static_map import CREDIT
from tour.maps.viewpoints import NEAR, city_point, current_place, lat_lng
from tour.model import City, Exhibition, Stop
from tour.model.navigation import Position, nearby_stops

# From the map's frame, /component/<name>/index.html, the site's root is two levels up: this survives a base path.
ROOT = "../../"
SETUP_JS = [("leaflet", f"{ROOT}leaflet/leaflet.js"), ("map", f"{ROOT}files/map.js")]
SETUP_CSS = [
    ("leaflet", f"{ROOT}leaflet/leaflet.css"),
    ("fonts", f"{ROOT}files/fonts.css"),
    ("map", f"{ROOT}files/map.css"),
]
CONTINENT = 8  # the zoom level from which on outwards the land between the cities is drawn


class ScriptCall(MacroElement):
    """A call of a function of map.js with the map, or the layer of a stop, and plain values."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "{{ this.function }}({{ this._parent.get_name() }}{% for value in this.values %}, {{ value }}{% endfor %});"
        "{% endmacro %}"
    )

    def __init__(self, function: str, *values: object):
        super().__init__()
        self._name = function
        self.function = function
        self.values = [_as_script(value) for value in values]


def _as_script(value: object) -> str:
    """JSON that can stand in a script, and in a template: folium makes one of what it has rendered.

    What begins a Jinja expression comes in words alone, never in the JSON around them.
    """
    return re.sub(r"\{(?=[{%#])", r"\\u007b", htmlsafe_json_dumps(value, ensure_ascii=False))


def base_map(exhibition: Exhibition) -> folium.Map:
    """The land of every city: always the same, so that the map stays mounted from stop to stop."""
    # Folium's own lists name five other hosts; with one of them out of reach the map stays blank.
    folium.Map.default_js, folium.Map.default_css = SETUP_JS, SETUP_CSS
    # It begins near the first city: from far out the browser would fetch the wide land before anybody wants it.
    start = city_point(exhibition, exhibition.cities[0])
    base = folium.Map(start, zoom_start=NEAR, tiles=None, max_zoom=19, min_zoom=3, scroll_wheel_zoom=False)
    base.add_child(ScriptCall("tourStart", _settings(exhibition)))
    if LAND in exhibition.maps:
        base.add_child(ScriptCall("tourDrawn", f"{ROOT}maps/{LAND}.geojson", {"toZoom": CONTINENT}))
    for city in exhibition.cities:
        if city.slug in exhibition.maps:
            near = {"near": city_point(exhibition, city)}
            base.add_child(ScriptCall("tourDrawn", f"{ROOT}maps/{city.slug}.geojson", near))
    for line in _arcs(exhibition):
        base.add_child(line)
    return base


def _settings(exhibition: Exhibition) -> dict[str, object]:
    """What map.js is told once; corners are (latitude, longitude)."""
    _, streets = gettext_for(exhibition.language), exhibition.tile_layer
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
    _, arcs = gettext_for(exhibition.language), []
    for leg in city_legs(exhibition):
        way = leg.way()
        half = len(way) // 2
        for points, city in ((way[: half + 1], leg.before), (way[half:], leg.after)):
            arcs.append(folium.PolyLine(points, class_name=f"tour-arc tour-{city.colour}", interactive=False))
        name = _("%(kilometres)s km", kilometres=l10n.format_number(round_km(leg.kilometres), exhibition.language))
        words = folium.DivIcon(
            html=f"<span>{escape_for_folium(name)}</span>", class_name="tour-name tour-distance", icon_size=(0, 0)
        )
        arcs.append(folium.Marker(way[half], icon=words, interactive=False, keyboard=False))
    return arcs


def stop_layer(exhibition: Exhibition, here: Position) -> folium.FeatureGroup:
    """The thread through the city's stops and their pins; a pin's tooltip begins with the stop's number.

    Our own script draws them: folium would compile four templates a pin, which is most of what a stop costs.
    """
    city, stops = exhibition.city(here.stop.city), nearby_stops(exhibition, here)
    layer = folium.FeatureGroup(name="stops")
    shown = {
        "here": here.number,
        "pins": [_pin(number, stop, exhibition.city(stop.city)) for number, stop in [*stops, *_across(here)]],
        "thread": _thread(stops, city),
        "within": _uncertainty(here.stop, city),
    }
    layer.add_child(ScriptCall("tourStops", shown))
    return layer


def _across(here: Position) -> list[tuple[int, Stop]]:
    """The stops before and after, with their numbers, if they lie in another city."""
    around = ((here.number - 1, here.previous), (here.number + 1, here.next))
    return [(number, stop) for number, stop in around if stop and stop.city != here.stop.city]


def _pin(number: int, stop: Stop, city: City) -> dict[str, object]:
    name = f"{number}. {stop.title}"
    return {
        "number": number,
        "name": name,
        "at": lat_lng(current_place(stop)),
        "marker": city.marker,
        "colour": city.colour,
    }


def _thread(stops: list[tuple[int, Stop]], city: City) -> dict[str, object]:
    """The way through the city by pairs of numbers; it breaks where the tour leaves the city."""
    pairs = [(before, after) for (before, _), (after, _) in pairwise(stops) if after == before + 1]
    return {"colour": city.colour, "pairs": pairs}


def _uncertainty(stop: Stop, city: City) -> list[dict[str, object]]:
    """How far in metres each place of the stop may lie from its pin, where that is worth showing."""
    return [
        {"at": lat_lng(place), "radius": place.uncertainty, "colour": city.colour}
        for place in stop.places
        if place.uncertainty > 50
    ]


def stop_number(tooltip: str | None) -> int | None:
    """The number of the stop whose pin was clicked, from its tooltip as the map returns it."""
    match = re.match(r"\s*(\d{1,9})\.", tooltip or "")  # Python reads no number of 5,000 digits
    return int(match[1]) if match else None


def escape_for_folium(text: str) -> str:
    """Text that folium shows as it stands: it would run {{ … }} on the server, and `…` and ${…} in the browser."""
    return re.sub(r"[{}`$\\]", lambda each: f"&#{ord(each[0])};", html.escape(text))
