"""The tour for those who go there: GPX for a walker's device, KML for a globe."""

from typing import TypeVar
from xml.sax.saxutils import escape

from fastkml import KML, Document, Folder, Placemark
from fastkml.atom import Link
from fastkml.geometry import Coordinates, LineString, Point
from gpxpy.gpx import GPX, GPXRoute, GPXRoutePoint, GPXWaypoint

from tour.content.markdown import strip_markdown
from tour.i18n import gettext_for
from tour.l10n import format_coordinates
from tour.maps.viewport import current_place
from tour.maps.walking import is_walkable
from tour.model import City, Stop
from tour.model.navigation import numbered
from tour.open_data.context import ExportContext
from tour.urls import LICENCE

GpxPoint = TypeVar("GpxPoint", GPXRoutePoint, GPXWaypoint)
XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def gpx(context: ExportContext) -> str:
    """GPX 1.1: a city that can be walked as a route in walking order, any other as waypoints."""
    exhibition, document = context.exhibition, GPX()
    document.name = exhibition.title
    document.creator = document.copyright_author = _escape_attribute(exhibition.title)
    document.description = context.status_line
    document.copyright_license = LICENCE
    document.link, document.link_text = _escape_attribute(context.base), exhibition.title
    for city in exhibition.cities:
        stops = numbered(exhibition, city.slug)
        if is_walkable(exhibition, city):
            route = GPXRoute(name=city.name, description=strip_markdown(city.about))
            route.points = [_gpx_point(context, GPXRoutePoint, *stop) for stop in stops]
            document.routes.append(route)
        else:
            document.waypoints += [_gpx_point(context, GPXWaypoint, *stop) for stop in stops]
    return document.to_xml(version="1.1") + "\n"


def kml(context: ExportContext) -> str:
    """KML 2.2: a folder for each city with its stops in order, and a line for a city that can be walked."""
    exhibition = context.exhibition
    document = Document(
        name=exhibition.title,
        atom_link=Link(href=context.base),
        description=f"{context.status_line}\n{context.attribution}",
        features=[_folder(context, city) for city in exhibition.cities],
    )
    return XML_DECLARATION + KML(features=[document]).to_string()


def _gpx_point(context: ExportContext, point_type: type[GpxPoint], number: int, stop: Stop) -> GpxPoint:
    place = current_place(stop)
    point = point_type(
        place.latitude, place.longitude, name=f"{number}. {stop.title}", description=strip_markdown(stop.lede)
    )
    point.comment = _location(context, stop)
    url = _escape_attribute(context.page_url(stop.slug))
    point.link, point.link_text = url, stop.title  # type: ignore[assignment]  # gpxpy initialises them with None
    return point


def _escape_attribute(text: str) -> str:
    """gpxpy writes attributes as they are, & and all."""
    return escape(text, {'"': "&quot;"})


def _folder(context: ExportContext, city: City) -> Folder:
    stops = numbered(context.exhibition, city.slug)
    features = [_placemark(context, number, stop) for number, stop in stops]
    if is_walkable(context.exhibition, city):
        _ = gettext_for(context.language)
        line = LineString(kml_coordinates=_coordinates(*(stop for _number, stop in stops)))
        features.append(Placemark(name=_("%(city)s: the walk", city=city.name), kml_geometry=line))
    return Folder(name=city.name, description=strip_markdown(city.about), features=features)


def _placemark(context: ExportContext, number: int, stop: Stop) -> Placemark:
    page = context.page_url(stop.slug)
    return Placemark(
        id=stop.slug,
        name=f"{number}. {stop.title}",
        atom_link=Link(href=page),
        description=f"{strip_markdown(stop.lede)}\n{_location(context, stop)}\n{page}",
        kml_geometry=Point(kml_coordinates=_coordinates(stop)),
    )


def _location(context: ExportContext, stop: Stop) -> str:
    """The place in words, its coordinates and their uncertainty."""
    place = current_place(stop)
    return f"{place.label}: {format_coordinates(place, context.language)}"


def _coordinates(*stops: Stop) -> Coordinates:
    """Longitude, latitude of each."""
    places = map(current_place, stops)
    return Coordinates(coords=[(place.longitude, place.latitude) for place in places])
