"""Where the words that a visitor typed stand in one language, and what that is worth, stop by stop."""

from bisect import bisect_right
from collections.abc import Collection, Mapping

import numpy as np

from tour.search.index import LEDE, TITLE, InvertedIndex

MAX_TERMS = 8  # a hit has a bit for each, and another for each that is literal
SNIPPET_LENGTH = 200  # letters of an excerpt


class Matches:
    """All that was found, in the order of reading; literal is a hit where no longer word or other name stands.

    `meant` are the words of the book that each of the typed ones may be, by their numbers, and whether literally.
    """

    def __init__(self, book: InvertedIndex, meant: Collection[Mapping[int, bool]]):
        self.book = book
        bits = _bits(meant, len(book.vocabulary.words))[book.words]
        at = np.flatnonzero(bits != 0)
        self._bits, self._starts, self._ends = bits[at], book.starts[at], book.ends[at]
        # The hits of a stop: first those in its title, then those in its other texts.
        self._stop_start, self._lede_start = (
            np.searchsorted(self._starts, [begins[text] for begins in book.begins]) for text in (TITLE, LEDE)
        )
        self._stop_end = np.append(self._stop_start[1:], len(at))
        # How many words were found before each, which has room in one excerpt with those until `_window_end`.
        self._count_before = np.append(0, np.cumsum(_words(self._bits), dtype=int))
        each = np.arange(len(at))
        self._window_end = np.maximum(np.searchsorted(self._ends, self._starts + SNIPPET_LENGTH, "right"), each + 1)
        self._window_bits = _over(np.bitwise_or, self._bits, each, self._window_end)

    def scores(self) -> np.ndarray:
        """A row for each stop: how many of the words it has, as they were typed, in the title, together; how many hits.

        All are 0 where there is nothing.
        """
        words = _over(np.bitwise_or, self._bits, self._stop_start, self._stop_end)
        in_title = _over(np.bitwise_or, self._bits, self._stop_start, self._lede_start)
        together = _over(np.maximum, _words(self._window_bits), self._lede_start, self._stop_end)
        hits = self._stop_end - self._stop_start
        return np.column_stack((_words(words), _literal(words), _words(in_title), together, hits))

    def best_window(self, stop: int) -> tuple[int, int, int]:
        """Which text of the stop to cut an excerpt from, and from which letter to which it has the most words.

        Of the lede nothing, if the title alone has any: that is shown anyway.
        """
        together = self._window_bits[self._lede_start[stop] : self._stop_end[stop]]
        if not len(together):
            return LEDE, 0, 0
        worth = _words(together) * (MAX_TERMS + 1) + _literal(together)
        best = self._lede_start[stop] + np.flatnonzero(worth == worth.max())
        text = bisect_right(self.book.begins[stop], self._starts[best[0]]) - 1
        begin = self.book.begins[stop][text]
        best = best[self._starts[best] < begin + len(self.book.texts[stop][text])]
        first = best[(self._count_before[self._window_end[best]] - self._count_before[best]).argmax()]
        return text, int(self._starts[first]) - begin, int(self._ends[self._window_end[first] - 1]) - begin

    def within(self, stop: int, text: int, start: int, end: int) -> list[tuple[int, int]]:
        """From which letter to which the hits are that lie wholly in that part of the text."""
        begin = self.book.begins[stop][text]
        first = np.searchsorted(self._starts, begin + start)
        last = np.searchsorted(self._ends, begin + end, "right")
        starts, ends = self._starts[first:last] - begin, self._ends[first:last] - begin
        return list(zip(starts.tolist(), ends.tolist(), strict=True))


def _bits(meant: Collection[Mapping[int, bool]], words: int) -> np.ndarray:
    """Of every word of a book, which of the typed ones it is."""
    bits = np.zeros(words, np.uint16)
    for number, forms in enumerate(meant):
        literal = np.fromiter(forms.values(), np.uint16, len(forms))
        bits[np.fromiter(forms, np.intp, len(forms))] |= (1 + (literal << MAX_TERMS)) << number
    return bits


def _words(bits: np.ndarray) -> np.ndarray:
    return np.bitwise_count(bits & (2**MAX_TERMS - 1))


def _literal(bits: np.ndarray) -> np.ndarray:
    return np.bitwise_count(bits >> MAX_TERMS)


def _over(combine: np.ufunc, values: np.ndarray, first: np.ndarray, after: np.ndarray) -> np.ndarray:
    """The values from each first one to the one before each `after`, combined; 0 where there are none."""
    combined = np.zeros(len(first), values.dtype)
    some = np.flatnonzero(first < after)
    pairs = np.column_stack((first[some], after[some])).ravel()
    # numpy combines from each to the next; what lies between one pair and the next is of no interest.
    combined[some] = combine.reduceat(np.append(values, values.dtype.type(0)), pairs)[::2]
    return combined
