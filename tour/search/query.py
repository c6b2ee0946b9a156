"""The stops that tell of what a visitor typed, in whichever language and spelling."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from tour.model import Exhibition, Stop
from tour.search.expansion import expand_term
from tour.search.index import InvertedIndex, index_of
from tour.search.ranking import MAX_TERMS, Matches
from tour.search.snippets import Span, snippet, title
from tour.search.tokenizer import tokens

MAX_QUERY_LENGTH = 100


@dataclass(frozen=True, eq=False)
class SearchResult:
    """A stop in the language of the page, with its number in the tour and its title; `excerpt` is in `language`.

    Title and excerpt are marked when they are asked for: not every find is shown.
    """

    number: int
    stop: Stop
    language: str
    _on_page: Matches
    _best: Matches

    @property
    def title(self) -> tuple[Span, ...]:
        return title(self._on_page, self.number - 1)

    @property
    def excerpt(self) -> tuple[Span, ...]:
        return snippet(self._best, self.number - 1)


def search(exhibitions: Mapping[str, Exhibition], language: str, words: str) -> list[SearchResult]:
    """The stops that have all the words in one language, best first; those that have any of them, if none has all."""
    typed = list(dict.fromkeys(token.folded for token in tokens(words[:MAX_QUERY_LENGTH])))[:MAX_TERMS]
    if not typed:
        return []
    books = {code: index_of(exhibitions[code]) for code in dict.fromkeys((language, *exhibitions))}
    asked = _asked(typed, books.values())
    meant = [expand_term(word, books, books[language]) for word in asked]
    hits = {code: Matches(book, [each[code] for each in meant]) for code, book in books.items()}
    best, scores = _in_one_book(hits)
    return [
        SearchResult(
            number=stop + 1,
            stop=exhibitions[language].stops[stop],
            # Its own, where it has no translation.
            language=exhibitions[best[stop]].stops[stop].language,
            _on_page=hits[language],
            _best=hits[best[stop]],
        )
        for stop in _ranked(scores, len(asked))
    ]


def _asked(typed: list[str], books: Iterable[InvertedIndex]) -> list[str]:
    """The words to look for; common ones only if there are no others."""
    common = frozenset().union(*(book.common for book in books))
    return [word for word in typed if word not in common] or typed


def _in_one_book(hits: Mapping[str, Matches]) -> tuple[list[str], np.ndarray]:
    """For each stop the book that has most of the words, and its scores there; the page's own comes first."""
    codes, scores = list(hits), np.stack([each.scores() for each in hits.values()])
    best = scores[:, :, 0].argmax(axis=0)
    return [codes[book] for book in best], scores[best, np.arange(len(best))]


def _ranked(scores: np.ndarray, asked: int) -> list[int]:
    """The stops that are found: most words first, then by the other scores, and early in the tour."""
    found = np.flatnonzero(scores[:, 0])
    whole = found[scores[found, 0] == asked]
    kept = whole if len(whole) else found
    # numpy sorts by the last row first.
    return kept[np.lexsort(-scores[kept].T[::-1])].tolist()
