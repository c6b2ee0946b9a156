"""What must hold in one stop: places inside their city, pictures that exist, links that lead out, known sources."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from tour import derivatives, images
from tour.addresses import KEPT
from tour.content import Reading
from tour.markup import cited
from tour.model import City, Place, Stop
from tour.problems import Problem
from tour.words import N_

LINK_KINDS = (
    *(N_("page"), N_("article"), N_("news"), N_("reference"), N_("museum"), N_("official")),
    *(N_("film"), N_("audio"), N_("video"), N_("search")),
)
SAY_SOURCE = "Add it to sources.toml, or mend the name."


def stop_problems(reading: Reading, stop: Stop, media_dir: Path) -> Iterator[Problem]:
    """Problems of one stop, seen beside the rest of what was read."""
    yield from slug_problems(stop)
    yield from place_problems(reading, stop)
    yield from picture_problems(stop, media_dir)
    yield from _rights_problems(stop)
    yield from _region_problems(stop)
    yield from _event_problems(stop)
    yield from _link_problems(stop)
    yield from _reference_problems(reading, stop)


def uses(stop: Stop) -> list[str]:
    """Ids of all the sources that the stop's article rests on, in the order of first mention."""
    captions = [each.caption for each in (*stop.figures, *stop.pairs, *stop.close_views)]
    words = [region.words for view in stop.close_views for region in view.regions]
    in_text = cited(stop.lede, *captions, stop.narrative, *words, stop.step_free, stop.seats)
    in_claims = [id for claim in stop.claims for account in claim.accounts for id in account.sources]
    in_places = [id for place in stop.places for id in place.sources]
    return list(dict.fromkeys([*in_text, *in_claims, *in_places]))


def address_problems(file: str, field: str, address: str) -> Iterator[Problem]:
    if not _is_web_address(address):
        yield Problem(
            file,
            field,
            f"is {_short(address)}, which is not a web address.",
            "Give the whole address, beginning with https://.",
        )


def one_of(file: str, field: str, value: str, allowed: tuple[str, ...]) -> Iterator[Problem]:
    if value not in allowed:
        yield Problem(
            file, field, f"is {_short(value)}, which is unknown here.", f"Choose one of: {', '.join(allowed)}."
        )


def slug_problems(stop: Stop) -> Iterator[Problem]:
    if stop.slug in KEPT:
        fault = f"is {stop.slug}, the name of a page of the site."
        yield Problem(stop.file, "slug", fault, "Give the file another name.")


def place_problems(reading: Reading, stop: Stop) -> Iterator[Problem]:
    city = next((city for city in reading.exhibition.cities if city.slug == stop.city), None)
    if city is None:
        if reading.city_slugs is not None and stop.city not in reading.city_slugs:
            yield Problem(
                stop.file,
                "",
                f"lies in a folder {stop.city}, which is not a city.",
                "Move it to a city's folder, or add the city to exhibition.toml.",
            )
        return
    for number, place in enumerate(stop.places, 1):
        yield from _outside(stop.file, f"places[{number}]", place, city)


def _outside(file: str, field: str, place: Place, city: City) -> Iterator[Problem]:
    inside = _within(place.latitude, city.latitude), _within(place.longitude, city.longitude)
    if all(inside):
        return
    if _within(place.longitude, city.latitude) and _within(place.latitude, city.longitude):
        yield Problem(
            file,
            field,
            f"has latitude {place.latitude:g} and longitude {place.longitude:g}, which look swapped.",
            "Latitude is north and south, longitude east and west: exchange the two.",
        )
        return
    for name, is_inside in zip(("latitude", "longitude"), inside, strict=True):
        if not is_inside:
            low, high = getattr(city, name)
            yield Problem(
                file,
                f"{field}.{name}",
                f"is {getattr(place, name):g}, which lies outside {city.name}.",
                f"Its stops lie between {low:g} and {high:g}. Is a digit missing?",
            )


def picture_problems(stop: Stop, media_dir: Path) -> Iterator[Problem]:
    for picture in stop.pictures():
        fault = _picture_fault(media_dir, picture.image)
        if fault:
            remedy = f"Put a sound picture of that name into {media_dir.name}/."
            yield Problem(stop.file, f"{picture.field}.image", f"names {picture.image}, which {fault}.", remedy)


def _rights_problems(stop: Stop) -> Iterator[Problem]:
    for name in ("figures", "pairs", "close_views"):
        for number, each in enumerate(getattr(stop, name), 1):
            yield from address_problems(stop.file, f"{name}[{number}].rights", each.rights)


def _picture_fault(media_dir: Path, image: str) -> str:
    path = media_dir / image
    if not path.resolve().is_relative_to(media_dir.resolve()):
        return "lies outside the folder of pictures"
    try:
        derivatives.verified(path)
    except images.ImageFault as fault:
        return str(fault)
    return ""


def _region_problems(stop: Stop) -> Iterator[Problem]:
    for number, view in enumerate(stop.close_views, 1):
        for at, region in enumerate(view.regions, 1):
            left, top, width, height = region.box
            if min(left, top) < 0 or min(width, height) <= 0 or max(left + width, top + height) > 1:
                field = f"close_views[{number}].regions[{at}].box"
                remedy = "Give left, top, width and height as parts of the whole, from 0 to 1."
                yield Problem(stop.file, field, "lies outside the picture.", remedy)


def _event_problems(stop: Stop) -> Iterator[Problem]:
    for number, event in enumerate(stop.events, 1):
        if not _is_date(event.date):
            field = f"events[{number}].date"
            remedy = "Write 1943, 1943-01 or 1943-01-31, no more exact than the source."
            yield Problem(stop.file, field, f"is {_short(event.date)}, which is not a date.", remedy)


def _is_date(text: str) -> bool:
    """Whether the text is a year, a month or a day of the calendar."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        return False
    try:
        date.fromisoformat(text + "-01" * (2 - text.count("-")))
    except ValueError:
        return False
    return True


def _link_problems(stop: Stop) -> Iterator[Problem]:
    if len(stop.links) < 2:
        yield Problem(stop.file, "links", "has one link.", "Give at least two that lead out.")
    for number, link in enumerate(stop.links, 1):
        yield from address_problems(stop.file, f"links[{number}].address", link.address)
        yield from one_of(stop.file, f"links[{number}].kind", link.kind, LINK_KINDS)


def _reference_problems(reading: Reading, stop: Stop) -> Iterator[Problem]:
    if not uses(stop):
        yield Problem(
            stop.file,
            "",
            "cites no source.",
            "Say where the story comes from: [^id] names a source of sources.toml.",
        )
    for id in [*uses(stop), *(id for event in stop.events for id in event.sources)]:
        if reading.source_ids is not None and id not in reading.source_ids:
            yield Problem(stop.file, "", f"cites {id}, which is not a source.", SAY_SOURCE)
    if stop.twin and reading.exhibition.slug_now(stop.twin) not in reading.slugs:
        yield Problem(
            stop.file, "twin", f"is {stop.twin}, which is not a stop.", "Give the slug of the stop at the other end."
        )
    for number, claim in enumerate(stop.claims, 1):
        if len(claim.accounts) < 2:
            yield Problem(
                stop.file,
                f"claims[{number}].accounts",
                "has one account.",
                "Sources differ only where there are two: add the other.",
            )


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return (
            parts.scheme in ("http", "https") and bool(parts.hostname) and not any(each.isspace() for each in address)
        )
    except ValueError:
        return False


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
