"""What must hold across files, and the exhibition that may be shown because it does."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tour.addresses import DEFAULT_LANGUAGE
from tour.checks.about import section_problems
from tour.checks.exhibition import exhibition_problems, renamed_problems, source_problems
from tour.checks.language import language_problems
from tour.checks.lesson import lesson_problems
from tour.checks.origin import origin_problems
from tour.checks.place import place_problems
from tour.checks.reference import unknown_sources
from tour.checks.stop import stop_problems
from tour.content.reading import Reading, read
from tour.model import Exhibition, Stop
from tour.problems import ContentError, Problem


def published(data_dir: Path, media_dir: Path, language: str = DEFAULT_LANGUAGE) -> Exhibition:
    """The exhibition in one language, if it can be shown; raises ContentError with every problem otherwise."""
    return in_every_language(data_dir, media_dir)[language]


def in_every_language(data_dir: Path, media_dir: Path) -> dict[str, Exhibition]:
    """The exhibition by language, the original's first; raises ContentError if any of it can't be shown."""
    original = read(data_dir)
    problems = [*original.problems, *check(original, media_dir)]
    problems += language_problems(data_dir)
    others = [] if problems else [read(data_dir, each) for each in original.exhibition.languages[1:]]
    for other in others:
        problems += [*other.problems, *unknown_sources(other), *section_problems(other.exhibition)]
    if problems:
        raise ContentError(problems)
    return {reading.exhibition.language: reading.exhibition for reading in (original, *others)}


def check(reading: Reading, media_dir: Path) -> Iterator[Problem]:
    """Problems between what was read, whether or not all of it could be read."""
    exhibition = reading.exhibition
    yield from exhibition_problems(reading)
    yield from section_problems(exhibition)
    yield from renamed_problems(reading)
    yield from repeated(exhibition.stops)
    yield from _repeated_alt(exhibition.stops)
    for stop in exhibition.stops:
        yield from place_problems(reading, stop)
        yield from stop_problems(reading, stop, media_dir)
        yield from origin_problems(stop)
    yield from source_problems(exhibition)
    if exhibition.lesson:
        yield from lesson_problems(reading, exhibition.lesson)
    yield from unknown_sources(reading)


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
