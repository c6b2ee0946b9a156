"""What must hold across files: places inside their city, pictures that exist, sources that are known."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from tour import content, derivatives, images
from tour.markup import cited
from tour.model import City, Exhibition, Figure, Place, Stop
from tour.problems import ContentError, Problem

MARKERS = ("round", "square")
COLOURS = ("blue", "red")
LINK_KINDS = ("page", "article", "news", "reference", "museum", "official", "film", "audio", "video", "search")
SAY_SOURCE = "Add it to sources.toml, or mend the name."


def published(data_dir: Path, media_dir: Path) -> Exhibition:
    """The exhibition, if it can be shown; raises ContentError with every problem otherwise."""
    reading = content.read(data_dir)
    problems = [*reading.problems, *check(reading, media_dir)]
    if problems:
        raise ContentError(problems)
    return reading.exhibition


def check(reading: content.Reading, media_dir: Path) -> Iterator[Problem]:
    """Problems between what was read, whether or not all of it could be read."""
    exhibition = reading.exhibition
    yield from _exhibition_problems(reading)
    yield from _repeated(exhibition)
    for stop in exhibition.stops:
        yield from _place_problems(reading, stop)
        yield from _figure_problems(stop, media_dir)
        yield from _link_problems(stop)
        yield from _reference_problems(reading, stop)
    for id, source in exhibition.sources.items():
        yield from _address_problems("sources.toml", f"{id}.address", source.address)


def uses(stop: Stop) -> list[str]:
    """Ids of all the sources that the stop rests on, in the order of first mention."""
    in_text = cited(stop.lede, *(figure.caption for figure in stop.figures), stop.narrative)
    in_claims = [id for claim in stop.claims for account in claim.accounts for id in account.sources]
    in_places = [id for place in stop.places for id in place.sources]
    return list(dict.fromkeys([*in_text, *in_claims, *in_places]))


def _exhibition_problems(reading: content.Reading) -> Iterator[Problem]:
    exhibition, file = reading.exhibition, "exhibition.toml"
    for number, city in enumerate(exhibition.cities, 1):
        yield from _one_of(file, f"cities[{number}].marker", city.marker, MARKERS)
        yield from _one_of(file, f"cities[{number}].colour", city.colour, COLOURS)
    if reading.city_slugs is not None and not reading.slugs:
        yield Problem("stops", "", "holds no stop.", "Add a file like stops/coventry/01-council-house.md.")
    in_status = exhibition.status.sources if exhibition.status else ()
    for id in [*in_status, *cited(exhibition.introduction)]:
        if reading.source_ids is not None and id not in reading.source_ids:
            yield Problem(file, "", f"cites {id}, which is not a source.", SAY_SOURCE)


def _repeated(exhibition: Exhibition) -> Iterator[Problem]:
    stops = exhibition.stops
    for slug, count in Counter(stop.slug for stop in stops).items():
        if count > 1:
            files = [stop.file for stop in stops if stop.slug == slug]
            yield Problem(
                files[-1],
                "slug",
                f"is {slug}, as in {files[0]}.",
                "Give one of the two another name: a slug is a stop's address.",
            )
    numbers = Counter(_number(stop) for stop in stops)
    for number in sorted(number for number, count in numbers.items() if count > 1):
        files = [stop.file for stop in stops if _number(stop) == number]
        yield Problem(
            files[-1],
            "",
            f"has the number {number}, as {files[0]} has.",
            "Renumber one of them: the number says which comes first.",
        )
    yield from _repeated_alt(stops)


def _repeated_alt(stops: tuple[Stop, ...]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for stop in stops:
        for number, figure in enumerate(stop.figures, 1):
            where = f"{stop.file}: figures[{number}]"
            first = seen.setdefault(figure.alt.strip().casefold(), where)
            if first != where:
                yield Problem(
                    stop.file,
                    f"figures[{number}].alt",
                    f"repeats that of {first}.",
                    "Say what this picture shows and the other doesn't.",
                )


def _place_problems(reading: content.Reading, stop: Stop) -> Iterator[Problem]:
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
        yield from _address_problems(stop.file, f"{field}.rights", figure.rights)
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
        yield from _address_problems(stop.file, f"links[{number}].address", link.address)
        yield from _one_of(stop.file, f"links[{number}].kind", link.kind, LINK_KINDS)


def _reference_problems(reading: content.Reading, stop: Stop) -> Iterator[Problem]:
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


def _address_problems(file: str, field: str, address: str) -> Iterator[Problem]:
    if not _is_web_address(address):
        yield Problem(
            file,
            field,
            f"is {_short(address)}, which is not a web address.",
            "Give the whole address, beginning with https://.",
        )


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return (
            parts.scheme in ("http", "https") and bool(parts.hostname) and not any(each.isspace() for each in address)
        )
    except ValueError:
        return False


def _one_of(file: str, field: str, value: str, allowed: tuple[str, ...]) -> Iterator[Problem]:
    if value not in allowed:
        yield Problem(
            file, field, f"is {_short(value)}, which is unknown here.", f"Choose one of: {', '.join(allowed)}."
        )


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _number(stop: Stop) -> int:
    return int(stop.file.rsplit("/", 1)[-1].split("-", 1)[0])


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
