"""What must hold of a lesson: that it asks of stops, claims and sources which are there."""

from collections.abc import Iterable, Iterator
from typing import Any

from tour.content.reading import LESSON, Reading
from tour.content.signs import short
from tour.markup import cited
from tour.model import Lesson
from tour.problems import Problem

LONGEST = 600  # minutes: a whole day at school


def lesson_problems(reading: Reading, lesson: Lesson) -> Iterator[Problem]:
    """Problems of the lesson, seen beside the rest of what was read."""
    file, exhibition = LESSON, reading.exhibition
    remedy = "Give the slug of a stop, as in the name of its file."
    for field, each in (*_listed("steps", lesson.steps), *_listed("questions", lesson.questions)):
        if each.stop and exhibition.slug_now(each.stop) not in reading.slugs:
            yield Problem(file, f"{field}.stop", f"is {short(each.stop)}, which is not a stop.", remedy)
    for field, step in _listed("steps", lesson.steps):
        if not 1 <= step.minutes <= LONGEST:
            yield Problem(file, f"{field}.minutes", f"is {step.minutes}.", f"Give whole minutes, from 1 to {LONGEST}.")
    for field, asked in _listed("questions", lesson.questions):
        stop = exhibition.stop(asked.stop)
        claims = len(stop.claims) if stop else asked.claim
        if not 1 <= asked.claim <= claims:
            fault = f"is {asked.claim}, and {asked.stop} has {claims}."
            yield Problem(file, f"{field}.claim", fault, "Count the stop's claims from one.")


def sources_of(lesson: Lesson) -> list[str]:
    """Ids of the sources that the lesson rests on, in the order of first mention."""
    return cited(*(each.words for each in (*lesson.steps, *lesson.questions)), lesson.narrative)


def _listed(name: str, values: Iterable) -> list[tuple[str, Any]]:
    """Each value with the name by which a curator finds it: steps[1]."""
    return [(f"{name}[{number}]", each) for number, each in enumerate(values, 1)]
