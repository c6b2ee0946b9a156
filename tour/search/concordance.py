"""Every word of the exhibition in one language, with the spots where it stands."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from tour.model import Exhibition, Stop
from tour.plain import plain
from tour.search.folding import tokens

TITLE, LEDE = 0, 1  # the first two of a stop's texts
LONGEST_COMMON = 3
COMMON = 0.01

# Where a word stands: in which of its stop's texts, from which letter to which. There are a thousand to a stop; plain
# tuples of numbers are the only ones that Python's garbage collector, which halts the site, does not look through.
Spot = tuple[int, int, int]


@dataclass(frozen=True, eq=False)
class Concordance:
    """`texts` of each stop, the likeliest to be read first; `spots` by folded word and stop; `words` by alphabet.

    `common` words, like the and of, tell one stop from another as little as a comma does.
    """

    texts: tuple[tuple[str, ...], ...]
    spots: dict[str, dict[int, tuple[Spot, ...]]]
    words: list[str]
    common: frozenset[str]

    def beginning(self, letters: str) -> Iterator[str]:
        """The words that begin with these letters."""
        at = bisect_left(self.words, letters)
        return takewhile(lambda word: word.startswith(letters), (self.words[n] for n in range(at, len(self.words))))


@lru_cache(maxsize=8)
def concordance(exhibition: Exhibition) -> Concordance:
    texts = tuple(_texts(exhibition, stop) for stop in exhibition.stops)
    spots: dict[str, dict[int, list[Spot]]] = defaultdict(lambda: defaultdict(list))
    counts: Counter[str] = Counter()
    for stop, of_stop in enumerate(texts):
        for number, text in enumerate(of_stop):
            for token in tokens(text):
                spots[token.folded][stop].append((number, token.start, token.end))
                counts[token.folded] += 1
    kept = {word: {stop: tuple(each) for stop, each in by_stop.items()} for word, by_stop in spots.items()}
    return Concordance(texts, kept, sorted(kept), _common(counts))


def _common(counts: Counter[str]) -> frozenset[str]:
    least = COMMON * counts.total()
    return frozenset(word for word, count in counts.items() if len(word) <= LONGEST_COMMON and count >= least)


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
