"""What is cited must be a source, in whichever language it is cited."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from tour.addresses import DEFAULT_LANGUAGE
from tour.checks.lesson import sources_of
from tour.checks.stop import uses
from tour.content.reading import LESSON, Reading
from tour.content.signs import short
from tour.content.translations import beside
from tour.content.written import OPENING
from tour.markup import cited
from tour.model import Exhibition
from tour.problems import Problem

SAY_SOURCE = "Add it to sources.toml, or mend the name."


def unknown_sources(reading: Reading) -> Iterator[Problem]:
    """A problem for each source that is cited and not there; the file is that with the words of the language."""
    if reading.source_ids is None:
        return
    for file, language, ids in _cited(reading.exhibition):
        for id in ids:
            if id not in reading.source_ids:
                yield Problem(_file(file, language), "", f"cites {short(id)}, which is not a source.", SAY_SOURCE)


def _cited(exhibition: Exhibition) -> Iterator[tuple[str, str, Iterable[str]]]:
    """Each file of the original, the language in which it is told, and what it cites."""
    opening = cited(*exhibition.opening)
    in_status = exhibition.status.sources if exhibition.status else ()
    yield OPENING, exhibition.language, (*in_status, *opening)
    for stop in exhibition.stops:
        yield stop.file, stop.language, (*uses(stop), *(id for event in stop.events for id in event.sources))
    if lesson := exhibition.lesson:
        yield LESSON, lesson.language, sources_of(lesson)


def _file(original: str, language: str) -> str:
    return original if language == DEFAULT_LANGUAGE else beside(Path(original), language).as_posix()
