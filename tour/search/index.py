"""Every word of the exhibition in one language, where it stands."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from sys import intern
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np

from tour.content.plain_text import strip_markdown
from tour.model import Exhibition, Stop
from tour.search.tokenizer import tokens

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


TITLE, LEDE = 0, 1  # the first two of a stop's texts
MAX_STOPWORD_LENGTH = 3
STOPWORD_SHARE = 0.01
GAP = 1_000  # letters: more than an excerpt has, so that none spans two texts
EDITIONS = 2  # the one on view, and the one before it, in which a visitor may be searching still


@dataclass(frozen=True, eq=False)
class InvertedIndex:
    """`texts` of each stop, the likeliest to be read first, and `words` of all of them in the order of reading.

    A word is its number in the vocabulary. It stands between `starts` and `ends`: in letters, as if all texts were one
    with gaps, in which each begins where `begins` says.
    Arrays: to look at every word takes a millisecond, and Python's garbage collector, which halts the site, has nothing
    to look at.
    `common` words, like the and of, tell one stop from another as little as a comma does.
    `names` are those that are the `same` as others, by which a thing is found too.
    """

    texts: tuple[tuple[str, ...], ...]
    begins: tuple[tuple[int, ...], ...]
    vocabulary: Vocabulary
    words: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    common: frozenset[str]
    names: Vocabulary
    same: dict[str, frozenset[str]]


# The oldest first. An edition that was read and not taken over leaves it by itself.
_cache: WeakKeyDictionary[Exhibition, InvertedIndex] = WeakKeyDictionary()
_building = Lock()


def index_of(exhibition: Exhibition) -> InvertedIndex:
    """The exhibition's own: who asks first makes it, and whoever asks meanwhile waits for that one."""
    made = _cache.get(exhibition)
    if made is None:
        with _building:
            made = _cache.get(exhibition)
            if made is None:
                made = _cache[exhibition] = _concordance(exhibition)
                _evict()
    return made


def _evict() -> None:
    languages = max(len(exhibition.languages) for exhibition in _cache)
    for exhibition in list(_cache)[: -EDITIONS * languages]:
        del _cache[exhibition]


def _concordance(exhibition: Exhibition) -> InvertedIndex:
    sections = [_section(_texts(exhibition, stop)) for stop in exhibition.stops]
    starts = list(accumulate((each.letters for each in sections), initial=0))[:-1]
    vocabulary = Vocabulary(frozenset().union(*(each.words for each in sections)))
    numbers = {word: number for number, word in enumerate(vocabulary.words)}
    words = np.array([numbers[word] for each in sections for word in each.words], np.int32)
    same = _same_names(exhibition)
    return InvertedIndex(
        texts=tuple(each.texts for each in sections),
        begins=tuple(
            tuple(start + begin for begin in each.begins) for start, each in zip(starts, sections, strict=True)
        ),
        vocabulary=vocabulary,
        words=words,
        starts=np.concatenate([start + each.starts for start, each in zip(starts, sections, strict=True)]),
        ends=np.concatenate([start + each.ends for start, each in zip(starts, sections, strict=True)]),
        common=_common(vocabulary, words),
        names=Vocabulary(same),
        same=same,
    )


@dataclass(frozen=True, eq=False)
class _Section:
    """The words of one stop, as in a concordance; `letters` is how many there are, with the gaps."""

    texts: tuple[str, ...]
    begins: tuple[int, ...]
    words: tuple[str, ...]
    starts: np.ndarray
    ends: np.ndarray
    letters: int


# An edit changes one stop: the others, of two languages and a thousand stops, are as they were.
@lru_cache(maxsize=2**12)
def _section(texts: tuple[str, ...]) -> _Section:
    *begins, letters = accumulate((len(text) + GAP for text in texts), initial=0)
    found = [(token, begin) for text, begin in zip(texts, begins, strict=True) for token in tokens(text)]
    return _Section(
        texts=texts,
        begins=tuple(begins),
        words=tuple(intern(token.folded) for token, _ in found),  # once in memory, wherever it stands
        starts=np.array([begin + token.start for token, begin in found], np.int64),
        ends=np.array([begin + token.end for token, begin in found], np.int64),
        letters=letters,
    )


def _common(vocabulary: Vocabulary, words: np.ndarray) -> frozenset[str]:
    often = np.flatnonzero(np.bincount(words) >= STOPWORD_SHARE * len(words))
    return frozenset(word for word in map(vocabulary.words.__getitem__, often) if len(word) <= MAX_STOPWORD_LENGTH)


def _same_names(exhibition: Exhibition) -> dict[str, frozenset[str]]:
    """By each name all those of the groups that it is in."""
    same: dict[str, frozenset[str]] = defaultdict(frozenset)
    for group in exhibition.synonyms:
        names = frozenset(token.folded for name in group for token in tokens(name))
        same.update({name: same[name] | names for name in names})
    return dict(same)


def _texts(exhibition: Exhibition, stop: Stop) -> tuple[str, ...]:
    """All that a visitor may read of the stop, beginning with title and lede; each on one line."""
    captions = [each.caption for each in (*stop.figures, *stop.comparisons, *stop.detail_images)]
    regions = [region for view in stop.detail_images for region in view.regions]
    claimed = [
        words
        for claim in stop.claims
        for words in (claim.about, *(each.says for each in claim.accounts), claim.our_position)
    ]
    told = [*captions, *(region.text for region in regions), *claimed, *(event.description for event in stop.events)]
    named = [
        *(view.title for view in stop.detail_images),
        *(region.title for region in regions),
        *(side.label for pair in stop.comparisons for side in (pair.then, pair.now)),
        *(picture.alt for picture in stop.pictures()),
        *(place.label for place in stop.places),
        *(f"{link.title} · {link.publisher}" for link in stop.links),
        exhibition.city(stop.city).name,
    ]
    prose = map(_plain, (stop.lede, stop.narrative, *told, stop.twin_reason))
    return (_line(stop.title), *prose, *map(_line, named))


@lru_cache(maxsize=2**15)
def _plain(markdown: str) -> str:
    return _line(strip_markdown(markdown))


def _line(text: str) -> str:
    return " ".join(text.split())
