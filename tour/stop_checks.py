"""What must hold in one stop: places inside their city, pictures that exist, links that lead out, known sources."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from tour import derivatives, images
from tour.content import Reading
from tour.markup import cited
from tour.model import City, Figure, Place, Stop
from tour.problems import Problem

LINK_KINDS = ("page", "article", "news", "reference", "museum", "official", "film", "audio", "video", "search")
SAY_SOURCE = "Add it to sources.toml, or mend the name."


def stop_problems(reading: Reading, stop: Stop, media_dir: Path) -> Iterator[Problem]:
    """Problems of one stop, seen beside the rest of what was read."""
    yield from _place_problems(reading, stop)
    yield from _figure_problems(stop, media_dir)
    yield from _link_problems(stop)
    yield from _reference_problems(reading, stop)


def uses(stop: Stop) -> list[str]:
    """Ids of all the sources that the stop rests on, in the order of first mention."""
    in_text = cited(stop.lede, *(figure.caption for figure in stop.figures), stop.narrative)
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


def _place_problems(reading: Reading, stop: Stop) -> Iterator[Problem]:
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


def _figure_problems(stop: Stop, media_dir: Path) -> Iterator[Problem]:
    for number, figure in enumerate(stop.figures, 1):
        field = f"figures[{number}]"
        yield from address_problems(stop.file, f"{field}.rights", figure.rights)
        fault = _picture_fault(media_dir, figure)
        if fault:
            yield Problem(
                stop.file,
                f"{field}.image",
                f"names {figure.image}, which {fault}.",
                f"Put a sound picture of that name into {media_dir.name}/.",
            )


def _picture_fault(media_dir: Path, figure: Figure) -> str:
    path = media_dir / figure.image
    if not path.resolve().is_relative_to(media_dir.resolve()):
        return "lies outside the folder of pictures"
    try:
        derivatives.verified(path)
    except images.ImageFault as fault:
        return str(fault)
    return ""


def _link_problems(stop: Stop) -> Iterator[Problem]:
    if len(stop.links) < 2:
        yield Problem(stop.file, "links", "has one link.", "Give at least two that lead out.")
    for number, link in enumerate(stop.links, 1):
        yield from address_problems(stop.file, f"links[{number}].address", link.address)
        yield from one_of(stop.file, f"links[{number}].kind", link.kind, LINK_KINDS)


def _reference_problems(reading: Reading, stop: Stop) -> Iterator[Problem]:
    if not uses(stop):
        yield Problem(stop.file, "", "cites no source.", "Say where the story comes from, like [^museum-cloth].")
    for id in uses(stop):
        if reading.source_ids is not None and id not in reading.source_ids:
            yield Problem(stop.file, "", f"cites {id}, which is not a source.", SAY_SOURCE)
    if stop.twin and stop.twin not in reading.slugs:
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
