"""Every word of the exhibition in one language, where it stands."""

from array import array
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate, chain, count
from threading import Lock

import numpy as np

from tour.model import Exhibition, Stop
from tour.plain import plain
from tour.search.folding import tokens
from tour.search.vocabulary import Vocabulary

TITLE, LEDE = 0, 1  # the first two of a stop's texts
LONGEST_COMMON = 3
COMMON = 0.01
GAP = 1_000  # letters: more than an excerpt has, so that none spans two texts
EDITIONS = 2  # the one on view, and the one before it, in which a visitor may be searching still

Texts = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, eq=False)
class Concordance:
    """`texts` of each stop, the likeliest to be read first, and `words` of all of them in the order of reading.

    A word is its number in the vocabulary. It stands between `starts` and `ends`: in letters, as if all texts were one
    with gaps, in which each begins where `begins` says.
    Arrays: to look at every word takes a millisecond, and Python's garbage collector, which halts the site, has nothing
    to look at.
    `common` words, like the and of, tell one stop from another as little as a comma does.
    `names` are those that are the `same` as others, by which a thing is found too.
    """

    texts: Texts
    begins: tuple[tuple[int, ...], ...]
    vocabulary: Vocabulary
    words: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    common: frozenset[str]
    names: Vocabulary
    same: dict[str, frozenset[str]]


_cache: dict[Exhibition, Concordance] = {}  # the oldest first
_building = Lock()


def concordance(exhibition: Exhibition) -> Concordance:
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


def _concordance(exhibition: Exhibition) -> Concordance:
    texts = tuple(_texts(exhibition, stop) for stop in exhibition.stops)
    begins = _begins(texts)
    numbers: dict[str, int] = defaultdict(count().__next__)
    words, starts, ends = array("i"), array("q"), array("q")
    for text, begin in zip(chain(*texts), chain(*begins), strict=True):
        for token in tokens(text):
            words.append(numbers[token.folded])
            starts.append(begin + token.start)
            ends.append(begin + token.end)
    vocabulary = Vocabulary(numbers)
    by_alphabet = np.argsort([numbers[word] for word in vocabulary.words])
    ordered = by_alphabet.astype(np.int32)[np.asarray(words)]
    same = _same_names(exhibition)
    return Concordance(
        texts=texts,
        begins=begins,
        vocabulary=vocabulary,
        words=ordered,
        starts=np.asarray(starts),
        ends=np.asarray(ends),
        common=_common(vocabulary, ordered),
        names=Vocabulary(same),
        same=same,
    )


def _begins(texts: Texts) -> tuple[tuple[int, ...], ...]:
    begins = accumulate((len(text) + GAP for text in chain(*texts)), initial=0)
    return tuple(tuple(next(begins) for _ in of_stop) for of_stop in texts)


def _common(vocabulary: Vocabulary, words: np.ndarray) -> frozenset[str]:
    often = np.flatnonzero(np.bincount(words) >= COMMON * len(words))
    return frozenset(word for word in map(vocabulary.words.__getitem__, often) if len(word) <= LONGEST_COMMON)


def _same_names(exhibition: Exhibition) -> dict[str, frozenset[str]]:
    """By each name all those of the groups that it is in."""
    same: dict[str, frozenset[str]] = defaultdict(frozenset)
    for group in exhibition.same_names:
        names = frozenset(token.folded for name in group for token in tokens(name))
        same.update({name: same[name] | names for name in names})
    return dict(same)


def _texts(exhibition: Exhibition, stop: Stop) -> tuple[str, ...]:
    """All that a visitor may read of the stop, beginning with title and lede; each on one line."""
    captions = [each.caption for each in (*stop.figures, *stop.pairs, *stop.close_views)]
    regions = [region for view in stop.close_views for region in view.regions]
    claimed = [
        words for claim in stop.claims for words in (claim.about, *(each.says for each in claim.accounts), claim.ours)
    ]
    told = [*captions, *(region.words for region in regions), *claimed, *(event.what for event in stop.events)]
    named = [
        *(view.title for view in stop.close_views),
        *(region.title for region in regions),
        *(side.label for pair in stop.pairs for side in (pair.then, pair.now)),
        *(picture.alt for picture in stop.pictures()),
        *(place.label for place in stop.places),
        *(f"{link.title} · {link.publisher}" for link in stop.links),
        exhibition.city(stop.city).name,
    ]
    prose = map(plain, (stop.lede, stop.narrative, *told, stop.twin_reason))
    return tuple(" ".join(text.split()) for text in (stop.title, *prose, *named))
