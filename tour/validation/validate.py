"""Validation across files: an exhibition that has no problems may be published."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tour.content.characters import truncate
from tour.content.cited_sources import lesson_sources, stop_sources
from tour.content.documents import EXHIBITION_FILE
from tour.content.loader import LESSON_FILE, LoadResult, load
from tour.content.markdown import cited_ids
from tour.content.problems import ContentError, Finding, Problem, in_file
from tour.content.stop_files import number_of
from tour.content.translations import translation_path
from tour.model import Exhibition, Lesson, Stop
from tour.validation.exhibition import about_problems, exhibition_problems, source_problems, translation_file_problems
from tour.validation.fields import field_findings
from tour.validation.stop import stop_problems

UNKNOWN_SOURCE_HINT = "Add it to sources.toml, or mend the name."


def load_all_languages(data_dir: Path, media_dir: Path) -> dict[str, Exhibition]:
    """The exhibition by language, the original's first; raises ContentError if any of it can't be published."""
    original = load(data_dir)
    problems = [*original.problems, *validate(original, media_dir), *translation_file_problems(data_dir)]
    others = [] if problems else [load(data_dir, language) for language in original.exhibition.languages[1:]]
    for other in others:
        problems += [*other.problems, *unknown_sources(other), *about_problems(other.exhibition)]
    if problems:
        raise ContentError(problems)
    return {loaded.exhibition.language: loaded.exhibition for loaded in (original, *others)}


def validate(loaded: LoadResult, media_dir: Path) -> Iterator[Problem]:
    """Problems of what was loaded, whether or not all of it could be."""
    exhibition = loaded.exhibition
    yield from exhibition_problems(loaded)
    yield from duplicates(exhibition.stops)
    yield from _repeated_alt(exhibition.stops)
    for stop in exhibition.stops:
        yield from stop_problems(loaded, stop, media_dir)
    yield from source_problems(exhibition)
    yield from in_file(LESSON_FILE, _lesson(loaded, exhibition.lesson) if exhibition.lesson else ())
    yield from unknown_sources(loaded)


def duplicates(stops: Sequence[Stop]) -> Iterator[Problem]:
    """Slugs and numbers that more than one stop has."""
    by_slug, by_number = defaultdict(list), defaultdict(list)
    for stop in stops:
        by_slug[stop.slug].append(stop.file)
        by_number[number_of(Path(stop.file))].append(stop.file)
    for slug, (first, *others) in by_slug.items():
        if others:
            hint = "Give one of the two another name: a slug is a stop's address."
            yield Problem(others[-1], "slug", f"is {slug}, as in {first}.", hint)
    for number, (first, *others) in by_number.items():
        if others:
            hint = "Renumber one of them: the number says which comes first."
            yield Problem(others[-1], "", f"has the number {number}, as {first} has.", hint)


def _repeated_alt(stops: tuple[Stop, ...]) -> Iterator[Problem]:
    first_uses: dict[str, tuple[str, str]] = {}
    for stop in stops:
        for picture in stop.pictures():
            use = (f"{stop.file}: {picture.field}", picture.image)
            first, image = first_uses.setdefault(picture.alt.strip().casefold(), use)
            # The same picture may come twice, as a figure and as one side of a comparison: it shows the same.
            if image != picture.image:
                hint = "Say what this picture shows and the other doesn't."
                yield Problem(stop.file, f"{picture.field}.alt", f"repeats that of {first}.", hint)


def unknown_sources(loaded: LoadResult) -> Iterator[Problem]:
    """Sources that are cited and not there; the file is that of the text's language."""
    if loaded.source_ids is None:
        return
    for original, language, ids in _citations(loaded.exhibition):
        file = translation_path(Path(original), language).as_posix()
        for id in set(ids) - loaded.source_ids:
            yield Problem(file, "", f"cites {truncate(id)}, which is not a source.", UNKNOWN_SOURCE_HINT)


def _citations(exhibition: Exhibition) -> Iterator[tuple[str, str, Iterable[str]]]:
    """For each file of the original: its name, the language of its texts, and the ids that they cite."""
    yield EXHIBITION_FILE, exhibition.language, (*exhibition.status.sources, *cited_ids(*exhibition.opening))
    for stop in exhibition.stops:
        yield stop.file, stop.language, (*stop_sources(stop), *(id for event in stop.events for id in event.sources))
    if lesson := exhibition.lesson:
        yield LESSON_FILE, lesson.language, lesson_sources(lesson)


def _lesson(loaded: LoadResult, lesson: Lesson) -> Iterator[Finding]:
    yield from field_findings(lesson)
    for name in ("steps", "questions"):
        for number, part in enumerate(getattr(lesson, name), 1):
            if part.stop and loaded.exhibition.resolve_slug(part.stop) not in loaded.slugs:
                hint = "Give the slug of a stop, as in the name of its file."
                yield f"{name}[{number}].stop", f"is {truncate(part.stop)}, which is not a stop.", hint
    for number, question in enumerate(lesson.questions, 1):
        stop = loaded.exhibition.stop(question.stop)
        count = len(stop.claims) if stop else question.claim
        if not 1 <= question.claim <= count:
            message = f"is {question.claim}, and {question.stop} has {count}."
            yield f"questions[{number}].claim", message, "Count the stop's claims from one."
