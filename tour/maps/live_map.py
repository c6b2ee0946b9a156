"""The map of a city as a folium map: base map, route, numbered stops. The only module that imports folium."""

import re
from dataclasses import asdict
from itertools import pairwise

import folium
from folium.template import Template
from jinja2.utils import htmlsafe_json_dumps

from tour.i18n import gettext_for
from tour.l10n import format_number, round_km
from tour.maps import placement
from tour.maps.route_overview import LAND, city_legs
from tour.maps.viewport import QUARTER_ZOOM, city_point, lat_lng, stop_point
from tour.model import Exhibition, Stop
from tour.model.navigation import Position, nearby_stops

# From the map's frame, /component/<name>/index.html, the site's root is two levels up: this survives a base path.
ROOT = "../../"
SETUP_JS = [("leaflet", f"{ROOT}leaflet/leaflet.js"), ("map", f"{ROOT}files/map.js")]
SETUP_CSS = [
    ("leaflet", f"{ROOT}leaflet/leaflet.css"),
    ("palette", f"{ROOT}files/palette.css"),
    ("fonts", f"{ROOT}files/fonts.css"),
    ("map", f"{ROOT}files/map.css"),
]
OVERVIEW_ZOOM = 8  # the zoom level from which on outwards the land between the cities is drawn


class ScriptCall(folium.MacroElement):
    """A call of a function of map.js with the map, or the layer of a stop, and a value as JSON."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "{{ this.function }}({{ this._parent.get_name() }}, {{ this.json }});"
        "{% endmacro %}"
    )

    def __init__(self, function: str, value: object):
        super().__init__()  # type: ignore[no-untyped-call]  # branca's; untyped_calls_exclude overlooks super()
        self._name = self.function = function
        # JSON that can stand in a script, and in a template: folium makes one of what it has rendered.
        # What begins a Jinja expression occurs in texts alone, never in the JSON around them.
        self.json = re.sub(r"\{(?=[{%#])", r"\\u007b", htmlsafe_json_dumps(value, ensure_ascii=False))


def base_map(exhibition: Exhibition) -> folium.Map:
    """The land of every city: always the same, so that the map stays mounted from stop to stop."""
    # It begins near the first city: from far out the browser would fetch the wide land before anybody wants it.
    start = city_point(exhibition, exhibition.cities[0])
    base = folium.Map(
        start, zoom_start=QUARTER_ZOOM, tiles=None, max_zoom=19, min_zoom=3, scroll_wheel_zoom=False, zoom_control=False
    )
    # Folium's own lists name five other hosts; with one of them out of reach the map stays blank.
    base.default_js, base.default_css = SETUP_JS, SETUP_CSS
    base.add_child(ScriptCall("tourSetUpMap", _settings(exhibition)))
    return base


def _settings(exhibition: Exhibition) -> dict[str, object]:
    """What map.js gets once; points are (latitude, longitude), `bounds` are corners of what the cities' stops fill."""
    _, tile_layer = gettext_for(exhibition.language), exhibition.tile_layer
    return {
        "language": exhibition.language,
        "messages": {
            "title": _("Map of the stops"),
            "zoomIn": _("Zoom in"),
            "zoomOut": _("Zoom out"),
            "credit": _("Drawn map, not to scale for navigation"),
            "wholeRoute": _("Whole thread"),
        },
        "placement": placement.SETTINGS,
        "overviewZoom": OVERVIEW_ZOOM,
        "basemaps": _basemaps(exhibition),
        "legs": _legs(exhibition),
        "bounds": [corner for city in exhibition.cities for corner in zip(city.latitude, city.longitude, strict=True)],
        "tileLayer": tile_layer and asdict(tile_layer),
    }


def _basemaps(exhibition: Exhibition) -> list[dict[str, object]]:
    """The files of base maps, and where each is shown: the land between the cities when zoomed out, a city near it."""
    near = {city.slug: {"near": city_point(exhibition, city)} for city in exhibition.cities}
    conditions = [
        (name, near.get(name, {"toZoom": OVERVIEW_ZOOM})) for name in (LAND, *near) if name in exhibition.maps
    ]
    return [{"url": f"{ROOT}maps/{name}.geojson", **condition} for name, condition in conditions]


def _legs(exhibition: Exhibition) -> list[dict[str, object]]:
    """The route between the cities along the great circle, half in the colour of each end, with its length."""
    _, language = gettext_for(exhibition.language), exhibition.language
    return [
        {
            "halves": [{"colour": city.colour, "points": points} for city, points in leg.halves],
            "length": _("%(kilometres)s km", kilometres=format_number(round_km(leg.kilometres), language)),
        }
        for leg in city_legs(exhibition)
    ]


def stop_layer(exhibition: Exhibition, position: Position) -> folium.FeatureGroup:
    """The route through the city's stops and their pins; a pin's tooltip begins with the stop's number.

    map.js draws them: folium would compile four templates a pin, which is most of what a stop costs.
    """
    city, stops = exhibition.city(position.stop.city), nearby_stops(exhibition, position)
    neighbours = [(position.number - 1, position.previous), (position.number + 1, position.next)]
    elsewhere = [(number, stop) for number, stop in neighbours if stop and stop.city != city.slug]
    # The route breaks where the tour leaves the city.
    pairs = [(before, after) for (before, _), (after, _) in pairwise(stops) if after == before + 1]
    uncertain = [place for place in position.stop.places if place.is_uncertain]
    layer = folium.FeatureGroup(name="stops")
    values = {
        "current": position.number,
        "pins": [_pin(exhibition, number, stop) for number, stop in [*stops, *elsewhere]],
        "route": {"colour": city.colour, "pairs": pairs},
        "uncertainty": [{"point": lat_lng(place), "radius": place.uncertainty} for place in uncertain],
    }
    layer.add_child(ScriptCall("tourDrawStop", values))
    return layer


def _pin(exhibition: Exhibition, number: int, stop: Stop) -> dict[str, object]:
    city = exhibition.city(stop.city)
    name = f"{number}. {stop.title}"
    return {"number": number, "name": name, "point": stop_point(stop), "marker": city.marker, "colour": city.colour}


def stop_number(tooltip: str | None) -> int | None:
    """The number of the stop whose pin was clicked, from its tooltip as the map returns it."""
    match = re.match(r"\s*(\d{1,9})\.", tooltip or "")  # Python reads no number of 5,000 digits
    return int(match[1]) if match else None
