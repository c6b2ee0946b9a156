"""The exhibition as open data: its places as GeoJSON, all of it as JSON."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from geojson import Feature, FeatureCollection, Point

from tour.content.citations import stop_sources
from tour.content.plain_text import LICENCE, attribution, status_line, strip_markdown
from tour.images import derivatives
from tour.model import Exhibition, Place, Stop
from tour.model.navigation import Position, locate
from tour.urls import absolute_url, page_url

GEOJSON = "tour.geojson"  # its address, beside the site's root
SCHEMA = 2  # of tour_json: raise it when a field changes its name or its meaning
NOTES = (
    "Texts are Markdown; [^id] in them cites that source of `sources`, {en:…} holds words in that language. "
    "Latitude and longitude are WGS84 degrees, uncertainty is in metres, width and height are in pixels."
)


def geojson(exhibition: Exhibition, base: str) -> FeatureCollection:
    """Every place of every stop, in the order of the tour: longitude, latitude in WGS84 degrees (RFC 7946)."""
    features = [
        _feature(exhibition, locate(exhibition, stop.slug), at, base)
        for stop in exhibition.stops
        for at in range(len(stop.places))
    ]
    return FeatureCollection(
        features,
        name=exhibition.title,
        status=status_line(exhibition),
        licence=LICENCE,
        attribution=attribution(exhibition),
        address=base,
    )


def tour_json(exhibition: Exhibition, media_dir: Path, base: str) -> dict[str, Any]:
    """All that a visitor can read, for use elsewhere; dates as ISO 8601, the rest as NOTES says."""
    everything = {
        "schema": SCHEMA,
        "notes": NOTES,
        "licence": LICENCE,
        "attribution": attribution(exhibition),
        "address": absolute_url(base, page_url(None, exhibition.language)),
        "language": exhibition.language,
        "title": exhibition.title,
        "short_title": exhibition.short_title,
        "subtitle": exhibition.subtitle,
        "introduction": exhibition.introduction,
        "prologue": asdict(exhibition.prologue) if exhibition.prologue else None,
        "status": _status(exhibition),
        "cities": [
            {"slug": city.slug, "name": city.name, "country": city.country, "about": city.about}
            for city in exhibition.cities
        ],
        "stops": [_stop(locate(exhibition, stop.slug), base, exhibition.language) for stop in exhibition.stops],
        "sources": {id: asdict(source) for id, source in exhibition.sources.items()},
    }
    return _json(everything, lambda image: images(media_dir, image, base))


def images(media_dir: Path, image: str, base: str) -> list[dict[str, Any]]:
    """A picture's JPEGs, the smallest first: address, width and height in pixels; raises ImageError."""
    master = derivatives.master(media_dir / image)
    return [
        {
            "address": absolute_url(base, f"images/{made.name}"),
            "width": made.width,
            "height": round(master.height * made.width / master.width),
        }
        for made in master.of_kind("jpg")
    ]


def _feature(exhibition: Exhibition, here: Position, at: int, base: str) -> Feature:
    """The stop's place at that index; the first one has the stop's slug as its id, the second slug-2."""
    stop, place = here.stop, here.stop.places[at]
    return Feature(
        id=f"{stop.slug}-{at + 1}" if at else stop.slug,
        geometry=Point((place.longitude, place.latitude)),
        properties={
            "slug": stop.slug,
            "number": here.number,
            "title": stop.title,
            "city": exhibition.city(stop.city).name,
            **_told_of(place),
            "address": absolute_url(base, page_url(stop.slug, exhibition.language)),
            "lede": strip_markdown(stop.lede),
            "sources": [exhibition.sources[id].address for id in stop_sources(stop)],
        },
    )


def _told_of(place: Place) -> dict[str, Any]:
    """A place in words and numbers, as far as known."""
    known = {"since": place.since, "until": place.until, "uncertainty_m": place.uncertainty or None}
    return {"place": place.label, **{name: value for name, value in known.items() if value is not None}}


def _status(exhibition: Exhibition) -> dict[str, Any]:
    sources = [exhibition.sources[id] for id in exhibition.status.sources]
    named = [{"id": source.id, "address": source.address, "title": source.title} for source in sources]
    return {**asdict(exhibition.status), "sources": named}


def _stop(here: Position, base: str, language: str) -> dict[str, Any]:
    stop: Stop = here.stop
    fields = {name: value for name, value in asdict(stop).items() if name != "file"}
    page = absolute_url(base, page_url(stop.slug, language))
    return {"number": here.number, "address": page, **fields, "sources": stop_sources(stop)}


def _json(value: Any, pictured: Callable[[str], list]) -> Any:
    """Values that JSON knows; wherever a picture is named, its images take the place of its name."""
    match value:
        case {"image": str(image), **rest}:
            return {"images": pictured(image), **_json(rest, pictured)}
        case dict():
            return {name: _json(each, pictured) for name, each in value.items()}
        case list() | tuple():
            return [_json(each, pictured) for each in value]
        case date():
            return value.isoformat()
    return value
