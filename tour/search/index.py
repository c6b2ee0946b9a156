"""Inverted index: the words of all of the exhibition's texts in one language, with their positions."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate, chain
from sys import intern
from threading import Lock

import numpy as np

from tour.content.markdown import strip_markdown
from tour.model import Exhibition, Stop
from tour.model.instance_cache import instance_cache
from tour.search.tokenizer import MIN_STEM_LENGTH, is_invariable, stems, tokens

TITLE, LEDE = 0, 1  # the first two of a stop's texts
MAX_STOPWORD_LENGTH = 3
STOPWORD_SHARE = 0.01  # of all words in the texts
TEXT_GAP = 1_000  # letters: more than an excerpt has, so that none spans two texts


class Vocabulary:
    """`words` in alphabetical order; the number of a word is its index among them."""

    def __init__(self, words: Iterable[str], languages: tuple[str, ...] = ()):
        self.words, self._languages = sorted(words), languages
        self.numbers = {word: number for number, word in enumerate(self.words)}
        self._lengths = np.array([len(word) for word in self.words], np.int32)
        self._letters = np.array([_letter_bits(word) for word in self.words], np.uint64)

    def with_prefix(self, prefix: str) -> range:
        """The numbers of the words that begin with the prefix."""
        first = bisect_left(self.words, prefix)
        return range(first, bisect_right(self.words, prefix, first, key=lambda word: word[: len(prefix)]))

    def inflections(self, word: str) -> set[int]:
        """The numbers of the words that are this one, or another form of it."""
        exact = {self.numbers[word]} if word in self.numbers else set()
        if is_invariable(word):
            return exact
        # Of shorter ones, nearly every word would have to be stemmed.
        roots = {root for root in stems(word, self._languages) if len(root) >= MIN_STEM_LENGTH}
        # The stem of a word may have another last letter: stories, stori; or another one before it: бойца, боец.
        near = {number for root in roots for number in self.with_prefix(root[: -2 if root[-2] in "йь" else -1])}
        return exact | {number for number in near if not roots.isdisjoint(stems(self.words[number], self._languages))}

    def candidates(self, word: str, min_similarity: float) -> list[str]:
        """All words whose similarity to the word is at least that, from 0 to 1, and few others."""
        letters = np.uint64(_letter_bits(word))
        # A fifth of ten letters is a little less than two in floating point.
        max_edits = np.maximum(self._lengths, len(word)) * (1 - min_similarity) + 0.001
        # An edit adds at most one letter to those of a word, and removes at most one.
        added, removed = np.bitwise_count(self._letters & ~letters), np.bitwise_count(letters & ~self._letters)
        is_near = (added <= max_edits) & (removed <= max_edits) & (abs(self._lengths - len(word)) <= max_edits)
        return [self.words[number] for number in np.flatnonzero(is_near)]


def _letter_bits(word: str) -> int:
    """A bit for each letter that the word has; two that are far apart in Unicode may share one."""
    return sum({1 << ord(letter) % 64 for letter in word})


class InvertedIndex:
    """Arrays of every word in the order of reading: its number in the vocabulary, where it starts and ends.

    Positions are in letters, as if all texts were one with gaps; `text_starts` are those of each stop's texts, and the
    end of the last. `stopwords`, like the and of, count only in a search for nothing else.
    """

    # Arrays: to scan all words takes a millisecond, and Python's garbage collector, which halts the site, skips them.
    def __init__(self, exhibition: Exhibition):
        self.texts = [_texts(exhibition, stop) for stop in exhibition.stops]
        text_starts, words, positions = zip(*map(_postings, self.texts), strict=True)
        offsets = list(accumulate((starts[-1] for starts in text_starts[:-1]), initial=0))
        self.text_starts = list(map(np.add, text_starts, offsets))
        self.starts, self.ends = np.concatenate(list(map(np.add, positions, offsets)), axis=1)
        self.synonyms = _synonyms(exhibition)
        self.vocabulary = Vocabulary({*chain(*words), *self.synonyms}, exhibition.languages)
        self.words = np.array([self.vocabulary.numbers[word] for word in chain(*words)], np.int32)
        frequent = np.flatnonzero(np.bincount(self.words) >= STOPWORD_SHARE * len(self.words))
        candidates = (self.vocabulary.words[number] for number in frequent)
        self.stopwords = frozenset(word for word in candidates if len(word) <= MAX_STOPWORD_LENGTH)


def index_of(exhibition: Exhibition) -> InvertedIndex:
    """The index; the first thread that needs it builds it while others wait."""
    with _build_lock(exhibition):
        return _build_index(exhibition)


@instance_cache
def _build_lock(exhibition: Exhibition) -> Lock:
    return Lock()


@instance_cache
def _build_index(exhibition: Exhibition) -> InvertedIndex:
    return InvertedIndex(exhibition)


# An edit changes one stop: the others, of two languages and a thousand stops, are as they were.
@lru_cache(maxsize=2**12)
def _postings(texts: tuple[str, ...]) -> tuple[np.ndarray, tuple[str, ...], np.ndarray]:
    """Where each text of a stop starts and the last ends, every word, and two rows with its start and end."""
    text_starts = list(accumulate((len(text) + TEXT_GAP for text in texts), initial=0))
    postings = [(start, token) for start, text in zip(text_starts, texts, strict=False) for token in tokens(text)]
    words = tuple(intern(token.normalized) for _, token in postings)  # each word once in memory
    positions = [(start + token.start, start + token.end) for start, token in postings]
    return np.array(text_starts, np.int32), words, np.array(positions, np.int32).reshape(-1, 2).T


def _synonyms(exhibition: Exhibition) -> dict[str, frozenset[str]]:
    """By each name all those of the groups that it is in."""
    synonyms: dict[str, frozenset[str]] = defaultdict(frozenset)
    for group in exhibition.synonyms:
        names = frozenset(token.normalized for name in group for token in tokens(name))
        synonyms.update({name: synonyms[name] | names for name in names})
    return dict(synonyms)


def _texts(exhibition: Exhibition, stop: Stop) -> tuple[str, ...]:
    """All that a visitor may read of the stop, beginning with title and lede; each on one line."""
    regions = [region for detail_image in stop.detail_images for region in detail_image.regions]
    markdown = [
        *(stop.lede, stop.narrative),
        *stop.captions,
        *(region.text for region in regions),
        *(text for claim in stop.claims for text in claim.texts),
        *(event.description for event in stop.events),
        stop.twin_reason,
    ]
    plain = [
        *(detail_image.title for detail_image in stop.detail_images),
        *(region.title for region in regions),
        *(side.label for comparison in stop.comparisons for side in (comparison.then, comparison.now)),
        *(picture.alt for picture in stop.pictures()),
        *(place.label for place in stop.places),
        *(f"{link.title} · {link.publisher}" for link in stop.links),
        exhibition.city(stop.city).name,
    ]
    return tuple(" ".join(text.split()) for text in (stop.title, *map(strip_markdown, markdown), *plain))
