"""Where the words of a query occur in one language: the rank of each stop, and its title and excerpt with marks."""

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import cycle, pairwise

import numpy as np

from tour.search.index import LEDE, TITLE, InvertedIndex

MAX_TERMS = 8  # a match has a bit for each, and another for each that it is literally
SNIPPET_LENGTH = 200  # letters
_PUNCTUATION = " ,;:–—-(«“"  # not left at the end of an excerpt


@dataclass(frozen=True)
class Span:
    """A run of a text: a match, or what stands between two."""

    text: str
    is_match: bool


ELLIPSIS = Span("…", False)


class Matches:
    """All matches in the order of reading.

    `expansions` are for each term of the query the words of the index that it may mean, by number, and whether
    literally: neither a prefix nor a synonym.
    """

    def __init__(self, index: InvertedIndex, expansions: Collection[Mapping[int, bool]]):
        self._index = index
        word_bits = np.zeros(len(index.vocabulary.words), np.uint16)
        for term, words in enumerate(expansions):
            numbers, is_literal = np.array(list(words.items()), np.intp).reshape(-1, 2).T
            word_bits[numbers] |= (1 + (is_literal.astype(np.uint16) << MAX_TERMS)) << term
        bits = word_bits[index.words]
        at = np.flatnonzero(bits)
        self._bits, self._starts, self._ends = bits[at], index.starts[at], index.ends[at]
        # The matches of each stop: first those in its title, then those in its other texts.
        self._title_start, self._body_start, self._stop_end = np.searchsorted(
            self._starts, [(starts[TITLE], starts[LEDE], starts[-1]) for starts in index.text_starts]
        ).T
        # The matches that fit into one excerpt with each.
        numbers = np.arange(len(at))
        window_end = np.searchsorted(self._ends, self._starts + SNIPPET_LENGTH, "right")
        self._window_end = np.maximum(window_end, numbers + 1)
        self._window_bits = _reduce(np.bitwise_or, self._bits, numbers, self._window_end)

    def scores(self) -> np.ndarray:
        """A row for each stop: how many of the terms it has, literally, in the title, together; how many matches."""
        terms = _reduce(np.bitwise_or, self._bits, self._title_start, self._stop_end)
        in_title = _reduce(np.bitwise_or, self._bits, self._title_start, self._body_start)
        together = _reduce(np.maximum, _count(self._window_bits), self._body_start, self._stop_end)
        matches = self._stop_end - self._title_start
        return np.column_stack(
            (_count(terms), np.bitwise_count(terms >> MAX_TERMS), _count(in_title), together, matches)
        )

    def title(self, stop: int) -> tuple[Span, ...]:
        return self._highlight(stop, TITLE, 0, len(self._index.texts[stop][TITLE]))

    def snippet(self, stop: int) -> tuple[Span, ...]:
        """About 200 letters round the best place, else of the lede, cut between words."""
        number, first, last = self._best_passage(stop)
        text = self._index.texts[stop][number]
        margin = max(0, SNIPPET_LENGTH - (last - first)) // 2
        start = max(0, min(first - margin, len(text) - SNIPPET_LENGTH))
        start, space = text.rfind(" ", 0, start + 1) + 1, text.find(" ", max(last + margin, start + SNIPPET_LENGTH))
        end = len(text) if space < 0 else len(text[:space].rstrip(_PUNCTUATION))
        spans = self._highlight(stop, number, start, end)
        return (ELLIPSIS,) * (start > 0) + spans + (ELLIPSIS,) * (end < len(text))

    def _best_passage(self, stop: int) -> tuple[int, int, int]:
        """The number of the text, and the start and end in it, where most terms stand together."""
        windows = np.arange(self._body_start[stop], self._stop_end[stop])
        if not len(windows):
            return LEDE, 0, 0
        bits, starts = self._window_bits[windows], self._index.text_starts[stop]
        scores = _count(bits) * (MAX_TERMS + 1) + np.bitwise_count(bits >> MAX_TERMS)
        best = windows[scores == scores.max()]
        text = bisect_right(starts, self._starts[best[0]]) - 1
        best = best[self._starts[best] < starts[text + 1]]
        first = best[(self._window_end[best] - best).argmax()]
        last = self._window_end[first] - 1
        return text, int(self._starts[first] - starts[text]), int(self._ends[last] - starts[text])

    def _highlight(self, stop: int, number: int, start: int, end: int) -> tuple[Span, ...]:
        """That part of a text, in which the matches are marked that lie wholly in it."""
        offset, text = self._index.text_starts[stop][number], self._index.texts[stop][number]
        first = np.searchsorted(self._starts, offset + start)
        last = np.searchsorted(self._ends, offset + end, "right")
        bounds = np.column_stack((self._starts[first:last], self._ends[first:last])) - offset
        pieces = zip(pairwise([start, *bounds.ravel(), end]), cycle((False, True)), strict=False)
        return tuple(Span(text[left:right], is_match) for (left, right), is_match in pieces if left < right)


def _count(bits: np.ndarray) -> np.ndarray:
    return np.asarray(np.bitwise_count(bits & (2**MAX_TERMS - 1)))


def _reduce(combine: np.ufunc, values: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """The values from each start to before its end, combined; 0 where there are none."""
    combined = np.zeros(len(starts), values.dtype)
    filled = np.flatnonzero(starts < ends)
    # numpy reduces from each index to the next: what lies between an end and the next start is left out.
    indices = np.column_stack((starts[filled], ends[filled])).ravel()
    combined[filled] = combine.reduceat(np.append(values, values.dtype.type(0)), indices)[::2]
    return combined
