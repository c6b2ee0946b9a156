"""The tour for those who go there: GPX for a walker's device, KML for a globe."""

from xml.sax.saxutils import escape

from fastkml import KML, Document, Folder, Placemark
from fastkml.atom import Link
from fastkml.geometry import Coordinates, LineString, Point
from gpxpy.gpx import GPX, GPXRoute, GPXRoutePoint, GPXWaypoint

from tour.content.plain_text import LICENCE, attribution, status_line, strip_markdown
from tour.i18n import gettext_for
from tour.l10n import format_coordinates
from tour.maps.viewport import current_place
from tour.maps.walking import is_walkable
from tour.model import City, Exhibition, Stop
from tour.model.navigation import numbered
from tour.urls import absolute_url, page_url

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def gpx(exhibition: Exhibition, base: str) -> str:
    """GPX 1.1: a city that can be walked as a route in walking order, any other as waypoints."""
    track = GPX()
    track.name = exhibition.title
    track.creator = track.copyright_author = _attribute(exhibition.title)
    track.description = status_line(exhibition)
    track.copyright_license = LICENCE
    track.link, track.link_text = _attribute(base), exhibition.title
    for city in exhibition.cities:
        stops = numbered(exhibition, city.slug)
        if is_walkable(exhibition, city):
            route = GPXRoute(name=city.name, description=strip_markdown(city.about))
            route.points = [_gpx_point(exhibition, GPXRoutePoint, number, stop, base) for number, stop in stops]
            track.routes.append(route)
        else:
            track.waypoints += [_gpx_point(exhibition, GPXWaypoint, number, stop, base) for number, stop in stops]
    return track.to_xml(version="1.1") + "\n"


def kml(exhibition: Exhibition, base: str) -> str:
    """KML 2.2: a folder for each city with its stops in order, and a line for a city that can be walked."""
    document = Document(
        name=exhibition.title,
        atom_link=Link(href=base),
        description=f"{status_line(exhibition)}\n{attribution(exhibition)}",
        features=[_folder(exhibition, city, base) for city in exhibition.cities],
    )
    return XML + KML(features=[document]).to_string()


def _gpx_point(exhibition: Exhibition, kind: type, number: int, stop: Stop, base: str) -> GPXRoutePoint | GPXWaypoint:
    place = current_place(stop)
    made = kind(place.latitude, place.longitude, name=_name(number, stop), description=strip_markdown(stop.lede))
    made.comment = _where(stop, exhibition.language)
    made.link, made.link_text = _attribute(absolute_url(base, page_url(stop.slug, exhibition.language))), stop.title
    return made


def _attribute(words: str) -> str:
    """What gpxpy is given for an attribute, which it writes as it is, & and all."""
    return escape(words, {'"': "&quot;"})


def _folder(exhibition: Exhibition, city: City, base: str) -> Folder:
    stops = numbered(exhibition, city.slug)
    features = [_placemark(exhibition, number, stop, base) for number, stop in stops]
    if is_walkable(exhibition, city):
        _ = gettext_for(exhibition.language)
        way = LineString(kml_coordinates=Coordinates(coords=[_longitude_first(stop) for _, stop in stops]))
        features.append(Placemark(name=_("%(city)s: the walk", city=city.name), kml_geometry=way))
    return Folder(name=city.name, description=strip_markdown(city.about), features=features)


def _placemark(exhibition: Exhibition, number: int, stop: Stop, base: str) -> Placemark:
    page = absolute_url(base, page_url(stop.slug, exhibition.language))
    return Placemark(
        id=stop.slug,
        name=_name(number, stop),
        atom_link=Link(href=page),
        description=f"{strip_markdown(stop.lede)}\n{_where(stop, exhibition.language)}\n{page}",
        kml_geometry=Point(kml_coordinates=Coordinates(coords=[_longitude_first(stop)])),
    )


def _name(number: int, stop: Stop) -> str:
    return f"{number}. {stop.title}"


def _where(stop: Stop, language: str) -> str:
    """The place in words, and how well it is known."""
    place = current_place(stop)
    return f"{place.label}: {format_coordinates(place, language)}"


def _longitude_first(stop: Stop) -> tuple[float, float]:
    place = current_place(stop)
    return place.longitude, place.latitude
