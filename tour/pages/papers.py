"""Documents that stand alone beside the tour: the whole text, the booklet, a class's cards."""

from collections.abc import Callable
from functools import partial

from tour.pages.booklet import booklet
from tour.pages.documents import Desk

NAMES = ("text", "print", "evidence")


def papers(desk: Desk) -> dict[str, Callable[[], str]]:
    """What makes each of them, by its address; cards are for an exhibition that has a lesson."""
    made = {"text": desk.text, "print": partial(booklet, desk)}
    return made | ({"evidence": desk.evidence} if desk.exhibition.lesson else {})
