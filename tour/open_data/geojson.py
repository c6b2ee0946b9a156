"""The places of the exhibition as GeoJSON, and all of it as JSON."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from geojson import Feature, FeatureCollection, Point

from tour.content.cited_sources import stop_sources
from tour.content.markdown import strip_markdown
from tour.model.navigation import Position
from tour.open_data.context import ExportContext
from tour.urls import LICENCE

GEOJSON = "tour.geojson"  # relative to the site's root
SCHEMA = 2  # of tour_json: raise it when a field changes its name or its meaning
NOTES = (
    "Texts are Markdown; [^id] in them cites that source of `sources`, {en:…} holds words in that language. "
    "Latitude and longitude are WGS84 degrees, uncertainty is in metres, width and height are in pixels."
)


def geojson(context: ExportContext) -> FeatureCollection:
    """Every place of every stop, in the order of the tour: longitude, latitude in WGS84 degrees (RFC 7946)."""
    exhibition = context.exhibition
    return FeatureCollection(
        [feature for position in context.positions() for feature in _features(context, position)],
        name=exhibition.title,
        status=context.status_line,
        licence=LICENCE,
        attribution=context.attribution,
        address=context.base,
    )


def tour_json(context: ExportContext) -> dict[str, object]:
    """All that a visitor can read, for use elsewhere; dates as ISO 8601, the rest as NOTES says."""
    exhibition = context.exhibition
    names = ("language", "title", "short_title", "subtitle", "introduction")
    values = {
        "schema": SCHEMA,
        "notes": NOTES,
        "licence": LICENCE,
        "attribution": context.attribution,
        "address": context.page_url(),
        **{name: getattr(exhibition, name) for name in names},
        "prologue": asdict(exhibition.prologue) if exhibition.prologue else None,
        "status": {
            **asdict(exhibition.status),
            "sources": [
                {"id": source.id, "address": source.address, "title": source.title}
                for source in context.sources(exhibition.status.sources)
            ],
        },
        "cities": [
            {name: getattr(city, name) for name in ("slug", "name", "country", "about")} for city in exhibition.cities
        ],
        "stops": [_stop(context, position) for position in context.positions()],
        "sources": {id: asdict(source) for id, source in exhibition.sources.items()},
    }
    return {name: _json_values(value, context.images) for name, value in values.items()}


def _features(context: ExportContext, position: Position) -> list[Feature]:
    """The stop's places: the first one has the stop's slug as its id, the second slug-2."""
    stop = position.stop
    sources = context.sources(stop_sources(stop))
    return [
        Feature(
            id=f"{stop.slug}-{number}" if number > 1 else stop.slug,
            geometry=Point((place.longitude, place.latitude)),
            properties={
                "slug": stop.slug,
                "number": position.number,
                "title": stop.title,
                "city": context.exhibition.city(stop.city).name,
                "place": place.label,
                **_without_none(since=place.since, until=place.until, uncertainty_m=place.uncertainty or None),
                "address": context.page_url(stop.slug),
                "lede": strip_markdown(stop.lede),
                "sources": [source.address for source in sources],
            },
        )
        for number, place in enumerate(stop.places, 1)
    ]


def _without_none(**values: object) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}


def _stop(context: ExportContext, position: Position) -> dict[str, object]:
    stop = position.stop
    fields = {name: value for name, value in asdict(stop).items() if name != "file"}
    address = context.page_url(stop.slug)
    return {"number": position.number, "address": address, **fields, "sources": stop_sources(stop)}


def _json_values(value: object, images: Callable[[str], list[dict[str, object]]]) -> Any:
    """Values that JSON has; a field with the name of a picture becomes one with its images."""
    match value:
        case {"image": str(image), **rest}:
            return {"images": images(image), **_json_values(rest, images)}
        case dict():
            return {name: _json_values(field, images) for name, field in value.items()}
        case list() | tuple():
            return [_json_values(item, images) for item in value]
        case date():
            return value.isoformat()
    return value
