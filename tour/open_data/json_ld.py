"""JSON-LD for search engines and catalogues: the exhibition in the vocabulary of schema.org."""

from collections.abc import Iterable

from tour.content.cited_sources import stop_sources
from tour.content.markdown import strip_markdown
from tour.maps.viewport import current_place
from tour.model import Figure, Stop
from tour.model.navigation import Position
from tour.open_data.context import ExportContext
from tour.urls import LICENCE

CONTEXT = "https://schema.org"
METRES = "MTR"  # the code of UN/CEFACT that schema.org asks for

Json = dict[str, object]


def stop_jsonld(context: ExportContext, position: Position) -> Json:
    """The stop's page and the place that it is about.

    They are two things: only a CreativeWork can be part of the exhibition, only a Place has coordinates.
    """
    stop, url = position.stop, context.page_url(position.stop.slug)
    page = {
        **_page(context, position.number, stop),
        "description": strip_markdown(stop.lede),
        "inLanguage": stop.language,
        "license": LICENCE,
        "isPartOf": _exhibition(context),
        "hasPart": _notice(context),
        "about": {"@id": f"{url}#place"},
        "image": [_image(context, figure, url) for figure in stop.figures],
        "citation": _citations(context, stop_sources(stop)),
    }
    return {"@context": CONTEXT, "@graph": [page, _attraction(context, stop)]}


def exhibition_jsonld(context: ExportContext) -> Json:
    """The exhibition with the notice of the status and, in order, the pages of its stops."""
    exhibition = context.exhibition
    return {
        "@context": CONTEXT,
        **_exhibition(context),
        "alternateName": exhibition.short_title,
        "alternativeHeadline": exhibition.subtitle,
        "description": strip_markdown(exhibition.introduction),
        "inLanguage": exhibition.language,
        "license": LICENCE,
        "hasPart": [
            _notice(context),
            *(_page(context, number, stop) for number, stop in enumerate(exhibition.stops, 1)),
        ],
    }


def _exhibition(context: ExportContext) -> Json:
    """Its names; an ExhibitionEvent would be a visit with a date, and nothing can be part of one."""
    url, name = context.page_url(), context.exhibition.title
    return {"@type": ["CreativeWork", "WebSite"], "@id": context.base, "url": url, "name": name}


def _notice(context: ExportContext) -> Json:
    """The notice as a text of its own that every page holds; its time runs from the decision on, without an end."""
    status = context.exhibition.status
    return {
        "@type": "CreativeWork",
        "text": status.sentence,
        "temporalCoverage": f"{status.decided.isoformat()}/..",
        "citation": _citations(context, status.sources),
    }


def _page(context: ExportContext, number: int, stop: Stop) -> Json:
    url = context.page_url(stop.slug)
    return {"@type": "WebPage", "@id": url, "url": url, "name": stop.title, "position": number}


def _attraction(context: ExportContext, stop: Stop) -> Json:
    city, place, url = context.exhibition.city(stop.city), current_place(stop), context.page_url(stop.slug)
    country = {"@type": "Country", "name": city.country}
    uncertainty = {"@type": "PropertyValue", "name": "uncertainty of the coordinates", "value": place.uncertainty}
    return {
        "@type": ["TouristAttraction", "LandmarksOrHistoricalBuildings"],
        "@id": f"{url}#place",
        "url": url,
        "name": stop.title,
        "description": strip_markdown(stop.lede),
        "geo": {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude},
        **({"additionalProperty": {**uncertainty, "unitCode": METRES}} if place.uncertainty else {}),
        "containedInPlace": {"@type": "City", "name": city.name, "containedInPlace": country},
    }


def _image(context: ExportContext, figure: Figure, page_url: str) -> Json:
    """The largest JPEG; the page that it comes from says more of the licence, else our own does."""
    jpeg = context.images(figure.image)[-1]
    return {
        "@type": "ImageObject",
        "contentUrl": jpeg["address"],
        "encodingFormat": "image/jpeg",
        "width": jpeg["width"],
        "height": jpeg["height"],
        "caption": strip_markdown(figure.caption),
        "description": figure.alt,
        "creditText": figure.credit,
        "license": figure.rights,
        "acquireLicensePage": figure.origin or page_url,
    }


def _citations(context: ExportContext, ids: Iterable[str]) -> list[Json]:
    return [
        {"@type": "CreativeWork", "name": source.title, "url": source.address, "inLanguage": source.language}
        for source in context.sources(ids)
    ]
