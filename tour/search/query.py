"""Search: the stops that match a visitor's words, in whichever language and spelling."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tour.model import Exhibition, Stop
from tour.search.expansion import expand_term
from tour.search.index import index_of
from tour.search.matches import MAX_TERMS, Matches, Span
from tour.search.tokenizer import tokens

MAX_QUERY_LENGTH = 100  # characters


@dataclass(frozen=True, eq=False)
class SearchResult:
    """A stop in the language of the page, with its number in the tour and its title; `excerpt` is in `language`.

    Title and excerpt are computed on access: not every result is shown.
    """

    number: int
    stop: Stop
    language: str
    _page_matches: Matches
    _best_matches: Matches

    @property
    def title(self) -> tuple[Span, ...]:
        return self._page_matches.title(self.number - 1)

    @property
    def excerpt(self) -> tuple[Span, ...]:
        return self._best_matches.snippet(self.number - 1)


def search(exhibitions: Mapping[str, Exhibition], language: str, query: str) -> list[SearchResult]:
    """The stops that have all the words in one language, best first; those that have any of them, if none has all."""
    typed = list(dict.fromkeys(token.normalized for token in tokens(query[:MAX_QUERY_LENGTH])))[:MAX_TERMS]
    if not typed:
        return []
    # The page's own comes first: where stops match as well in another language, it is preferred.
    indexes = {code: index_of(exhibitions[code]) for code in dict.fromkeys((language, *exhibitions))}
    stopwords = frozenset().union(*(index.stopwords for index in indexes.values()))
    terms = [term for term in typed if term not in stopwords] or typed
    expansions = [expand_term(term, indexes, indexes[language]) for term in terms]
    matches = {code: Matches(index, [words[code] for words in expansions]) for code, index in indexes.items()}
    scores = np.stack([each.scores() for each in matches.values()])
    best = scores[:, :, 0].argmax(axis=0)
    codes = [list(matches)[index] for index in best]
    return [
        SearchResult(
            number=stop + 1,
            stop=exhibitions[language].stops[stop],
            # Its own, where it has no translation.
            language=exhibitions[codes[stop]].stops[stop].language,
            _page_matches=matches[language],
            _best_matches=matches[codes[stop]],
        )
        for stop in _rank(scores[best, np.arange(len(best))], len(terms))
    ]


def _rank(scores: np.ndarray, term_count: int) -> list[int]:
    """The stops that match: most terms first, then by the other scores, and early in the tour."""
    complete = np.flatnonzero(scores[:, 0] == term_count)
    ranked = complete if len(complete) else np.flatnonzero(scores[:, 0])
    # numpy sorts by the last row first.
    return [int(stop) for stop in ranked[np.lexsort(-scores[ranked].T[::-1])]]
