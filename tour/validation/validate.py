"""What must hold across files, and the exhibition that may be shown because it does."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tour.content.characters import truncate
from tour.content.citations import lesson_sources, stop_sources
from tour.content.documents import EXHIBITION_FILE
from tour.content.loader import LESSON_FILE, LoadResult, load
from tour.content.markdown import cited_ids
from tour.content.problems import ContentError, Problem
from tour.content.translations import translation_path
from tour.model import Exhibition, Lesson, Stop
from tour.urls import DEFAULT_LANGUAGE
from tour.validation.exhibition import (
    about_problems,
    exhibition_problems,
    redirect_problems,
    source_problems,
    translation_file_problems,
)
from tour.validation.place import place_problems
from tour.validation.stop import image_source_problems, stop_problems


def load_valid(data_dir: Path, media_dir: Path, language: str = DEFAULT_LANGUAGE) -> Exhibition:
    """The exhibition in one language, if it can be shown; raises ContentError with every problem otherwise."""
    return load_all_languages(data_dir, media_dir)[language]


def load_all_languages(data_dir: Path, media_dir: Path) -> dict[str, Exhibition]:
    """The exhibition by language, the original's first; raises ContentError if any of it can't be shown."""
    original = load(data_dir)
    problems = [*original.problems, *validate(original, media_dir)]
    problems += translation_file_problems(data_dir)
    others = [] if problems else [load(data_dir, each) for each in original.exhibition.languages[1:]]
    for other in others:
        problems += [*other.problems, *unknown_sources(other), *about_problems(other.exhibition)]
    if problems:
        raise ContentError(problems)
    return {reading.exhibition.language: reading.exhibition for reading in (original, *others)}


def validate(reading: LoadResult, media_dir: Path) -> Iterator[Problem]:
    """Problems between what was read, whether or not all of it could be read."""
    exhibition = reading.exhibition
    yield from exhibition_problems(reading)
    yield from about_problems(exhibition)
    yield from redirect_problems(reading)
    yield from duplicates(exhibition.stops)
    yield from _repeated_alt(exhibition.stops)
    for stop in exhibition.stops:
        yield from place_problems(reading, stop)
        yield from stop_problems(reading, stop, media_dir)
        yield from image_source_problems(stop)
    yield from source_problems(exhibition)
    if exhibition.lesson:
        yield from lesson_problems(reading, exhibition.lesson)
    yield from unknown_sources(reading)


def duplicates(stops: Sequence[Stop]) -> Iterator[Problem]:
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


UNKNOWN_SOURCE_HINT = "Add it to sources.toml, or mend the name."


def unknown_sources(reading: LoadResult) -> Iterator[Problem]:
    """A problem for each source that is cited and not there; the file is that with the words of the language."""
    if reading.source_ids is None:
        return
    for file, language, ids in _cited(reading.exhibition):
        for id in ids:
            if id not in reading.source_ids:
                yield Problem(
                    _file(file, language), "", f"cites {truncate(id)}, which is not a source.", UNKNOWN_SOURCE_HINT
                )


def _cited(exhibition: Exhibition) -> Iterator[tuple[str, str, Iterable[str]]]:
    """Each file of the original, the language in which it is told, and what it cites."""
    opening = cited_ids(*exhibition.opening)
    in_status = exhibition.status.sources if exhibition.status else ()
    yield EXHIBITION_FILE, exhibition.language, (*in_status, *opening)
    for stop in exhibition.stops:
        yield stop.file, stop.language, (*stop_sources(stop), *(id for event in stop.events for id in event.sources))
    if lesson := exhibition.lesson:
        yield LESSON_FILE, lesson.language, lesson_sources(lesson)


def _file(original: str, language: str) -> str:
    return original if language == DEFAULT_LANGUAGE else translation_path(Path(original), language).as_posix()


LONGEST = 600  # minutes: a whole day at school


def lesson_problems(reading: LoadResult, lesson: Lesson) -> Iterator[Problem]:
    """Problems of the lesson, seen beside the rest of what was read."""
    file, exhibition = LESSON_FILE, reading.exhibition
    remedy = "Give the slug of a stop, as in the name of its file."
    for field, each in (*_listed("steps", lesson.steps), *_listed("questions", lesson.questions)):
        if each.stop and exhibition.resolve_slug(each.stop) not in reading.slugs:
            yield Problem(file, f"{field}.stop", f"is {truncate(each.stop)}, which is not a stop.", remedy)
    for field, step in _listed("steps", lesson.steps):
        if not 1 <= step.minutes <= LONGEST:
            yield Problem(file, f"{field}.minutes", f"is {step.minutes}.", f"Give whole minutes, from 1 to {LONGEST}.")
    for field, asked in _listed("questions", lesson.questions):
        stop = exhibition.stop(asked.stop)
        claims = len(stop.claims) if stop else asked.claim
        if not 1 <= asked.claim <= claims:
            fault = f"is {asked.claim}, and {asked.stop} has {claims}."
            yield Problem(file, f"{field}.claim", fault, "Count the stop's claims from one.")


def _listed(name: str, values: Iterable) -> list[tuple[str, Any]]:
    """Each value with the name by which a curator finds it: steps[1]."""
    return [(f"{name}[{number}]", each) for number, each in enumerate(values, 1)]
