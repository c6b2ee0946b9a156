"""The place in a stop's texts that shows best why it was found, with the words found marked."""

from dataclasses import dataclass

from tour.search.index import TITLE
from tour.search.ranking import SNIPPET_LENGTH, Matches

_LOOSE = " ,;:–—-(«“"  # not left hanging where an excerpt is cut


@dataclass(frozen=True)
class Span:
    """A run of a text, found or between two that were."""

    text: str
    is_found: bool


CUT = Span("…", False)


def title(hits: Matches, stop: int) -> tuple[Span, ...]:
    return _highlight(hits, stop, TITLE, 0, len(hits.book.texts[stop][TITLE]))


def snippet(hits: Matches, stop: int) -> tuple[Span, ...]:
    """About 200 letters round the best place, or else of the lede, with all the hits there."""
    number, first, last = hits.best_window(stop)
    text = hits.book.texts[stop][number]
    start, end = _cut(text, first, last)
    before = () if start == 0 else (CUT,)
    after = () if end == len(text) else (CUT,)
    return (*before, *_highlight(hits, stop, number, start, len(text[:end].rstrip(_LOOSE)) if after else end), *after)


def _cut(text: str, first: int, last: int) -> tuple[int, int]:
    """From where to where to cut, with as much before `first` and after `last` as there is room for, in whole words."""
    room = max(0, SNIPPET_LENGTH - (last - first)) // 2
    start = max(0, min(first - room, len(text) - SNIPPET_LENGTH))
    end = min(len(text), max(last + room, start + SNIPPET_LENGTH))
    space = text.find(" ", end)
    return text.rfind(" ", 0, start + 1) + 1, len(text) if space < 0 else space


def _highlight(hits: Matches, stop: int, number: int, start: int, end: int) -> tuple[Span, ...]:
    """That part of a text in pieces; nothing that was found is cut in two."""
    text, at, pieces = hits.book.texts[stop][number], start, []
    for left, right in hits.within(stop, number, start, end):
        pieces += [Span(text[at:left], False), Span(text[left:right], True)]
        at = right
    pieces.append(Span(text[at:end], False))
    return tuple(piece for piece in pieces if piece.text)
