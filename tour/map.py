"""A city as a folium map: drawn land, the thread, numbered stops. The only room that knows folium."""

import html
import re
from collections import Counter
from itertools import pairwise

import folium
from folium.elements import MacroElement
from folium.template import Template

from tour.model import City, Exhibition, Place, Stop
from tour.walk import Position, numbered

# From the map's frame, /component/<name>/index.html, the site's root is two levels up: this survives a base path.
ROOT = "../../"
SETUP_JS = [("leaflet", f"{ROOT}leaflet/leaflet.js"), ("map", f"{ROOT}map-files/map.js")]
SETUP_CSS = [("leaflet", f"{ROOT}leaflet/leaflet.css"), ("map", f"{ROOT}map-files/map.css")]
CREDIT = "Drawn map, not to scale for navigation. © OpenStreetMap contributors (river banks)"
CLOSE, NEAR, WIDE = 17, 15, 13  # zoom levels: a street, a quarter, a district
PIN = 44  # pixels; as wide as a thumb needs
BESIDE = 38  # pixels between pins of stops that share a place


class DrawnLand(MacroElement):
    """A GeoJSON file drawn under everything else, fetched by the browser so that it doesn't travel at every step."""

    _template = Template(
        "{% macro script(this, kwargs) %}tourDrawn({{ this._parent.get_name() }}, {{ this.url|tojson }});{% endmacro %}"
    )

    def __init__(self, url: str):
        super().__init__()
        self._name = "drawn"
        self.url = url


def base_map(exhibition: Exhibition) -> folium.Map:
    """The land of every city: always the same, so that the map stays mounted from stop to stop."""
    # Folium's own lists name five other hosts; with one of them out of reach the map stays blank.
    folium.Map.default_js, folium.Map.default_css = SETUP_JS, SETUP_CSS
    base = folium.Map(tiles=None, max_zoom=18, min_zoom=3, scroll_wheel_zoom=False, attribution_control=True)
    for city in exhibition.cities:
        base.add_child(DrawnLand(f"{ROOT}maps/{city.slug}.geojson"))
    return base


def stop_layer(exhibition: Exhibition, here: Position) -> folium.FeatureGroup:
    """The thread through the city's stops and their pins; a pin's tooltip begins with the stop's number."""
    city = exhibition.city(here.stop.city)
    stops = numbered(exhibition, city.slug)
    layer = folium.FeatureGroup(name="stops")
    for line in [*_thread(stops, here.number, city), *_uncertainty(here.stop, city)]:
        layer.add_child(line)
    shared: Counter[tuple[float, float]] = Counter()
    for number, stop in [*stops, *_across(here)]:
        point = _point(standing(stop))
        layer.add_child(_pin(number, stop, exhibition.city(stop.city), number == here.number, shared[point]))
        shared[point] += 1
    return layer


def _across(here: Position) -> list[tuple[int, Stop]]:
    """The stops before and after, with their numbers, if they lie in another city."""
    around = ((here.number - 1, here.previous), (here.number + 1, here.next))
    return [(number, stop) for number, stop in around if stop and stop.city != here.stop.city]


def _uncertainty(stop: Stop, city: City) -> list[folium.Circle]:
    """How far each place of the stop may lie from its pin, where that is worth showing."""
    return [
        folium.Circle(
            _point(place), radius=place.uncertainty, class_name=f"tour-within tour-{city.colour}", interactive=False
        )
        for place in stop.places
        if place.uncertainty > 50
    ]


def view(stop: Stop) -> tuple[tuple[float, float], int]:
    """Where the map looks for this stop: its centre (latitude, longitude) and zoom level."""
    place = standing(stop)
    zoom = CLOSE if place.uncertainty <= 100 else NEAR if place.uncertainty < 500 else WIDE
    return _point(place), zoom


def standing(stop: Stop) -> Place:
    """The place where the thing stands now, or where it stood last."""
    return max(stop.places, key=lambda place: (place.until is None, place.until or 0))


def clicked_number(tooltip: str | None) -> int | None:
    """The number of the stop whose pin was clicked, from its tooltip as the map returns it."""
    match = re.match(r"\s*(\d+)\.", tooltip or "")
    return int(match[1]) if match else None


def _thread(stops: list[tuple[int, Stop]], here: int, city: City) -> list[folium.PolyLine]:
    """The way through the city, sewn up to here, pale beyond; it breaks where the tour leaves the city."""
    pairs = [(pair, after) for pair, after in pairwise(stops) if after[0] == pair[0] + 1]
    return [
        folium.PolyLine(
            [_point(standing(start)), _point(standing(end))],
            class_name=f"tour-thread tour-{city.colour} tour-{'sewn' if number <= here else 'ahead'}",
            interactive=False,
        )
        for (_, start), (number, end) in pairs
    ]


def _pin(number: int, stop: Stop, city: City, is_here: bool, neighbours: int) -> folium.Marker:
    name = f"{number}. {stop.title}"
    classes = f"tour-pin tour-{city.marker} tour-{city.colour}{' tour-here' if is_here else ''}"
    icon = folium.DivIcon(
        html=f'<span aria-hidden="true">{number}</span><b>{literal(name)}</b>',
        class_name=classes,
        icon_size=(PIN, PIN),
        icon_anchor=(PIN // 2 - BESIDE * neighbours, PIN // 2),
    )
    return folium.Marker(
        _point(standing(stop)), icon=icon, tooltip=literal(name), z_index_offset=1000 if is_here else 0
    )


def literal(text: str) -> str:
    """Text that folium shows as it stands: it would run {{ … }} on the server, and `…` and ${…} in the browser."""
    return re.sub(r"[{}`$\\]", lambda each: f"&#{ord(each[0])};", html.escape(text))


def _point(place: Place) -> tuple[float, float]:
    return place.latitude, place.longitude
