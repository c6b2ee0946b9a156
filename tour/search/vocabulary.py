"""Different words by alphabet: which of them begin with some letters, and which may be another, misspelt."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

import numpy as np

_BITS = 64
_INEXACT = 0.001  # a fifth of ten letters is a little less than two to a computer


class Vocabulary:
    """`words` by alphabet; the number of a word is its place among them."""

    def __init__(self, words: Iterable[str]):
        self.words = sorted(words)
        self._lengths = np.array([len(word) for word in self.words], np.int32)
        self._letters = np.array([_letters(word) for word in self.words], np.uint64)

    def __contains__(self, word: str) -> bool:
        return bool(self.exactly(word))

    def exactly(self, word: str) -> range:
        """The number of the word, if it is there."""
        at = bisect_left(self.words, word)
        return range(at, at + (self.words[at : at + 1] == [word]))

    def beginning(self, letters: str) -> range:
        """The numbers of the words that begin with these letters."""
        first = bisect_left(self.words, letters)
        return range(first, bisect_right(self.words, letters, first, key=lambda word: word[: len(letters)]))

    def not_longer(self, numbers: range, most: int) -> list[int]:
        """Those of the numbers whose words have at most so many letters."""
        return (np.flatnonzero(self._lengths[numbers.start : numbers.stop] <= most) + numbers.start).tolist()

    def alike(self, word: str, least: float) -> list[str]:
        """Words among which are all whose likeness to the word is so much at least, from 0 to 1, and few others.

        A wrong letter brings at most one that the word has not, and takes at most one that it has.
        """
        wanted, shortest, longest = np.uint64(_letters(word)), len(word) * least, len(word) / least
        fit = np.flatnonzero((self._lengths >= shortest - _INEXACT) & (self._lengths <= longest + _INEXACT))
        letters, wrong = self._letters[fit], np.maximum(self._lengths[fit], len(word)) * (1 - least) + _INEXACT
        is_near = (np.bitwise_count(letters & ~wanted) <= wrong) & (np.bitwise_count(wanted & ~letters) <= wrong)
        return [self.words[number] for number in fit[is_near].tolist()]


def _letters(word: str) -> int:
    """Which letters the word has, each a bit; two that are far apart in Unicode may share one."""
    return sum({1 << ord(letter) % _BITS for letter in word})
