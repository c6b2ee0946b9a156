"""The exhibition for search engines and catalogues: JSON-LD in the words of schema.org."""

from pathlib import Path
from typing import Any

from tour.content.citations import stop_sources
from tour.content.plain_text import LICENCE, strip_markdown
from tour.maps.viewport import current_place
from tour.model import Exhibition, Figure, Place, Source, Stop
from tour.model.navigation import Position
from tour.open_data.geojson import images
from tour.urls import absolute_url, page_url

CONTEXT = "https://schema.org"
METRES = "MTR"  # the code of UN/CEFACT that schema.org asks for

Json = dict[str, Any]


def stop_jsonld(exhibition: Exhibition, here: Position, media_dir: Path, base: str) -> Json:
    """The stop's page and the place that it is about.

    They are two things: only a CreativeWork can be part of the exhibition, only a Place has coordinates.
    """
    stop, page = here.stop, absolute_url(base, page_url(here.stop.slug, exhibition.language))
    told = {
        **_page(here.number, stop, page),
        "description": strip_markdown(stop.lede),
        "inLanguage": stop.language,
        "license": LICENCE,
        "isPartOf": _exhibition(exhibition, base),
        "hasPart": _notice(exhibition),
        "about": {"@id": _place_id(page)},
        "image": [_image(figure, page, media_dir, base) for figure in stop.figures],
        "citation": [_source(exhibition.sources[id]) for id in stop_sources(stop)],
    }
    return {"@context": CONTEXT, "@graph": [told, _attraction(exhibition, stop, page)]}


def exhibition_jsonld(exhibition: Exhibition, base: str) -> Json:
    """The exhibition with the notice of the status and, in order, the pages of its stops."""
    pages = [
        _page(number, stop, absolute_url(base, page_url(stop.slug, exhibition.language)))
        for number, stop in enumerate(exhibition.stops, 1)
    ]
    return {
        "@context": CONTEXT,
        **_exhibition(exhibition, base),
        "alternateName": exhibition.short_title,
        "alternativeHeadline": exhibition.subtitle,
        "description": strip_markdown(exhibition.introduction),
        "inLanguage": exhibition.language,
        "license": LICENCE,
        "hasPart": [_notice(exhibition), *pages],
    }


def _exhibition(exhibition: Exhibition, base: str) -> Json:
    """Its names; an ExhibitionEvent would be a visit with a date, and nothing can be part of one."""
    home = absolute_url(base, page_url(None, exhibition.language))
    return {"@type": ["CreativeWork", "WebSite"], "@id": base, "url": home, "name": exhibition.title}


def _notice(exhibition: Exhibition) -> Json:
    """The notice as a text of its own that every page holds; its time runs from the decision on, without an end."""
    status = exhibition.status
    return {
        "@type": "CreativeWork",
        "text": status.sentence,
        "temporalCoverage": f"{status.decided.isoformat()}/..",
        "citation": [_source(exhibition.sources[id]) for id in status.sources],
    }


def _page(number: int, stop: Stop, page: str) -> Json:
    return {"@type": "WebPage", "@id": page, "url": page, "name": stop.title, "position": number}


def _attraction(exhibition: Exhibition, stop: Stop, page: str) -> Json:
    city, place = exhibition.city(stop.city), current_place(stop)
    country = {"@type": "Country", "name": city.country}
    return {
        "@type": ["TouristAttraction", "LandmarksOrHistoricalBuildings"],
        "@id": _place_id(page),
        "url": page,
        "name": stop.title,
        "description": strip_markdown(stop.lede),
        "geo": {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude},
        **_uncertainty(place),
        "containedInPlace": {"@type": "City", "name": city.name, "containedInPlace": country},
    }


def _uncertainty(place: Place) -> Json:
    """How far off the coordinates may be, in metres, if they may be."""
    if not place.uncertainty:
        return {}
    value = {"@type": "PropertyValue", "name": "uncertainty of the coordinates", "value": place.uncertainty}
    return {"additionalProperty": {**value, "unitCode": METRES}}


def _image(figure: Figure, page: str, media_dir: Path, base: str) -> Json:
    """The largest JPEG; the page that it comes from tells more of the licence, else our `page`."""
    largest = images(media_dir, figure.image, base)[-1]
    return {
        "@type": "ImageObject",
        "contentUrl": largest["address"],
        "encodingFormat": "image/jpeg",
        "width": largest["width"],
        "height": largest["height"],
        "caption": strip_markdown(figure.caption),
        "description": figure.alt,
        "creditText": figure.credit,
        "license": figure.rights,
        "acquireLicensePage": figure.origin or page,
    }


def _source(source: Source) -> Json:
    return {"@type": "CreativeWork", "name": source.title, "url": source.address, "inLanguage": source.language}


def _place_id(page: str) -> str:
    return f"{page}#place"
