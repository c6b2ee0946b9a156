"""The place in a stop's texts that shows best why it was found, with the words found marked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tour.search.concordance import LEDE, TITLE

LENGTH = 200  # letters
_LOOSE = " ,;:–—-(«“"  # not left hanging where an excerpt is cut


@dataclass(frozen=True)
class Piece:
    """A run of a text, found or between two that were."""

    text: str
    is_found: bool


CUT = Piece("…", False)


class Hit(NamedTuple):
    """Where a word, by its number, was found; `is_literal` unless something longer or another name stands there."""

    text: int
    start: int
    end: int
    word: int
    is_literal: bool


def marked(text: str, hits: Iterable[Hit], start: int = 0, end: int | None = None) -> tuple[Piece, ...]:
    """That part of the text in pieces; nothing that was found is cut in two."""
    end, at, pieces = len(text) if end is None else end, start, []
    for left, right in sorted({(hit.start, hit.end) for hit in hits if start <= hit.start and hit.end <= end}):
        pieces += [Piece(text[at:left], False), Piece(text[left:right], True)]
        at = right
    pieces.append(Piece(text[at:end], False))
    return tuple(piece for piece in pieces if piece.text)


def best_place(hits: Iterable[Hit]) -> list[Hit]:
    """The hits that an excerpt is cut round; none if the title alone has any: that is shown anyway."""
    return max(_together(sorted(hit for hit in hits if hit.text != TITLE)), key=_worth, default=[])


def excerpt(texts: Sequence[str], hits: Iterable[Hit], best: Sequence[Hit]) -> tuple[Piece, ...]:
    """About 200 letters round the best place, or else of the lede, with all the hits there."""
    if not best:
        return _part(texts[LEDE], [], 0, 0)
    text = best[0].text
    return _part(texts[text], [hit for hit in hits if hit.text == text], best[0].start, max(hit.end for hit in best))


def _together(hits: list[Hit]) -> Iterator[list[Hit]]:
    """From each of the hits, which are sorted, all that have room in one excerpt."""
    after = 0
    for first, hit in enumerate(hits):
        after = max(after, first + 1)
        while after < len(hits) and hits[after].text == hit.text and hits[after].end - hit.start <= LENGTH:
            after += 1
        yield hits[first:after]


def _worth(hits: list[Hit]) -> tuple[int, ...]:
    words = {hit.word for hit in hits}
    literal = {hit.word for hit in hits if hit.is_literal}
    return len(words), len(literal), -hits[0].text, len(hits)


def _part(text: str, hits: Iterable[Hit], first: int, last: int) -> tuple[Piece, ...]:
    """The text from about `first` to about `last`, with as much on both sides as there is room for, in whole words."""
    room = max(0, LENGTH - (last - first)) // 2
    start = max(0, min(first - room, len(text) - LENGTH))
    end = min(len(text), max(last + room, start + LENGTH))
    start = text.rfind(" ", 0, start + 1) + 1
    end = len(text) if (space := text.find(" ", end)) < 0 else space
    before = () if start == 0 else (CUT,)
    after = () if end == len(text) else (CUT,)
    return (*before, *marked(text, hits, start, len(text[:end].rstrip(_LOOSE)) if after else end), *after)
