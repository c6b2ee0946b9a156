"""What must hold across files, and the exhibition that may be shown because it does."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tour import content
from tour.about_checks import section_problems
from tour.addresses import DEFAULT_LANGUAGE
from tour.folding import tokens
from tour.lesson_checks import lesson_problems
from tour.markup import cited
from tour.model import City, Exhibition, Stop, Streets
from tour.origin_checks import origin_problems
from tour.problems import ContentError, Problem
from tour.stop_checks import SAY_SOURCE, address_problems, one_of, stop_problems

MARKERS = ("round", "square")
COLOURS = ("blue", "red")


def published(data_dir: Path, media_dir: Path, language: str = DEFAULT_LANGUAGE) -> Exhibition:
    """The exhibition in one language, if it can be shown; raises ContentError with every problem otherwise."""
    return in_every_language(data_dir, media_dir)[language]


def in_every_language(data_dir: Path, media_dir: Path) -> dict[str, Exhibition]:
    """The exhibition by language, the original's first; raises ContentError if any of it can't be shown."""
    original = content.read(data_dir)
    problems = [*original.problems, *check(original, media_dir)]
    others = [] if problems else [content.read(data_dir, each) for each in original.exhibition.languages[1:]]
    for other in others:
        problems += [*other.problems, *section_problems(other.exhibition)]
    if problems:
        raise ContentError(problems)
    return {reading.exhibition.language: reading.exhibition for reading in (original, *others)}


def check(reading: content.Reading, media_dir: Path) -> Iterator[Problem]:
    """Problems between what was read, whether or not all of it could be read."""
    exhibition = reading.exhibition
    yield from _exhibition_problems(reading)
    yield from repeated(exhibition.stops)
    yield from _repeated_alt(exhibition.stops)
    for stop in exhibition.stops:
        yield from stop_problems(reading, stop, media_dir)
        yield from origin_problems(stop)
    for id, source in exhibition.sources.items():
        yield from address_problems("sources.toml", f"{id}.address", source.address)
    if exhibition.lesson:
        yield from lesson_problems(reading, exhibition.lesson)


def _exhibition_problems(reading: content.Reading) -> Iterator[Problem]:
    exhibition, file = reading.exhibition, "exhibition.toml"
    for number, city in enumerate(exhibition.cities, 1):
        yield from _city_problems(city, f"cities[{number}]")
        if city.slug in {other.slug for other in exhibition.cities[: number - 1]}:
            yield Problem(file, f"cities[{number}].slug", f"is {city.slug} again.", "Give each city a slug of its own.")
        # While a stop can't be read, nobody can tell whether a city is empty.
        if not reading.problems and not any(stop.city == city.slug for stop in exhibition.stops):
            remedy = f"Add a stop to stops/{city.slug}/, or take the city out."
            yield Problem(file, f"cities[{number}]", f"({city.name}) has no stop.", remedy)
    if reading.city_slugs is not None and not reading.slugs:
        yield Problem("stops", "", "holds no stop.", "Add a file like stops/<city>/01-name.md.")
    if exhibition.streets:
        yield from _streets_problems(exhibition.streets)
    yield from _name_problems(exhibition.same_names)
    yield from _renamed_problems(reading)
    yield from section_problems(exhibition)
    in_status = exhibition.status.sources if exhibition.status else ()
    for id in [*in_status, *cited(exhibition.introduction, *(city.about for city in exhibition.cities))]:
        if reading.source_ids is not None and id not in reading.source_ids:
            yield Problem(file, "", f"cites {id}, which is not a source.", SAY_SOURCE)


def _city_problems(city: City, field: str) -> Iterator[Problem]:
    file = "exhibition.toml"
    yield from one_of(file, f"{field}.marker", city.marker, MARKERS)
    yield from one_of(file, f"{field}.colour", city.colour, COLOURS)
    for name, (low, high) in (("latitude", city.latitude), ("longitude", city.longitude)):
        if low >= high:
            yield Problem(file, f"{field}.{name}", f"goes from {low:g} to {high:g}.", "Give the lower bound first.")


def _streets_problems(streets: Streets) -> Iterator[Problem]:
    file = "exhibition.toml"
    yield from address_problems(file, "streets.credit_address", streets.credit_address)
    yield from address_problems(file, "streets.address", streets.address)
    missing = [part for part in ("{z}", "{x}", "{y}") if part not in streets.address]
    if missing:
        remedy = "Tile servers tell their address as https://…/{z}/{x}/{y}.png."
        yield Problem(file, "streets.address", f"lacks {', '.join(missing)}.", remedy)


def _name_problems(groups: tuple[tuple[str, ...], ...]) -> Iterator[Problem]:
    for number, group in enumerate(groups, 1):
        for at, name in enumerate(group, 1):
            if len(list(tokens(name))) != 1:
                remedy = "Give names of one word each: a search looks for one word after another."
                yield Problem("exhibition.toml", f"same_names[{number}][{at}]", f"is {name}, not one word.", remedy)


def _renamed_problems(reading: content.Reading) -> Iterator[Problem]:
    file, renamed = "exhibition.toml", reading.exhibition.renamed
    for number, each in enumerate(renamed, 1):
        if each.was in reading.slugs:
            remedy = "Take the entry out: the address leads to that stop."
            yield Problem(file, f"renamed[{number}].was", f"is {each.was}, which is a stop.", remedy)
        if each.now not in reading.slugs:
            remedy = "Give the slug that the stop has now."
            yield Problem(file, f"renamed[{number}].now", f"is {each.now}, which is not a stop.", remedy)
        if each.was in {other.was for other in renamed[: number - 1]}:
            remedy = "Keep one of the two: an address leads to one stop."
            yield Problem(file, f"renamed[{number}].was", f"is {each.was} again.", remedy)


def repeated(stops: Sequence[Stop]) -> Iterator[Problem]:
    """Slugs and numbers that more than one stop has."""
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


def _repeated_alt(stops: tuple[Stop, ...]) -> Iterator[Problem]:
    seen: dict[str, tuple[str, str]] = {}
    for stop in stops:
        for picture in stop.pictures():
            where = f"{stop.file}: {picture.field}"
            first, image = seen.setdefault(picture.alt.strip().casefold(), (where, picture.image))
            # The same picture may come twice, as a figure and as one side of a pair: it shows the same.
            if first != where and image != picture.image:
                remedy = "Say what this picture shows and the other doesn't."
                yield Problem(stop.file, f"{picture.field}.alt", f"repeats that of {first}.", remedy)


def _number(stop: Stop) -> int:
    return int(stop.file.rsplit("/", 1)[-1].split("-", 1)[0])
