"""The stops that tell of what a visitor typed, in whichever language and spelling."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tour.model import Exhibition, Stop
from tour.search.concordance import TITLE, Concordance, concordance
from tour.search.excerpts import Hit, Piece, best_place, excerpt, marked
from tour.search.folding import tokens
from tour.search.spelling import meanings

MOST_LETTERS = 100
MOST_WORDS = 8


@dataclass(frozen=True)
class Find:
    """A stop in the language of the page, with its number in the tour and its title; `excerpt` is in `language`."""

    number: int
    stop: Stop
    language: str
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]


@dataclass(frozen=True)
class _Found:
    """What was found of a stop in one of the books, and where best; `stop` counts from 0."""

    stop: int
    book: str
    hits: list[Hit]
    best: list[Hit]


def find(exhibitions: Mapping[str, Exhibition], language: str, words: str) -> list[Find]:
    """The stops that have all the words in one language, best first; those that have any of them, if none has all."""
    books = {code: concordance(exhibitions[code]) for code in dict.fromkeys((language, *exhibitions))}
    asked = _asked(words, books.values())
    names = [[token.folded for name in group for token in tokens(name)] for group in exhibitions[language].same_names]
    meant = [meanings(word, books, names) for word in asked]
    hits = {code: _hits(book, [each[code] for each in meant]) for code, book in books.items()}
    found = [_in_one_book(stop, hits) for stop in sorted(set().union(*hits.values()))]
    whole = [each for each in found if _count(each.hits) == len(asked)]
    return [
        Find(
            number=each.stop + 1,
            stop=exhibitions[language].stops[each.stop],
            # Its own, where it has no translation.
            language=exhibitions[each.book].stops[each.stop].language,
            title=_title(books[language], each.stop, hits[language]),
            excerpt=excerpt(books[each.book].texts[each.stop], each.hits, each.best),
        )
        for each in sorted(whole or found, key=_rank)
    ]


def _asked(words: str, books: Iterable[Concordance]) -> list[str]:
    """The words to look for, folded; common ones only if there are no others."""
    typed = list(dict.fromkeys(token.folded for token in tokens(words[:MOST_LETTERS])))[:MOST_WORDS]
    common = frozenset().union(*(book.common for book in books))
    return [word for word in typed if word not in common] or typed


def _hits(book: Concordance, meant: Iterable[Mapping[str, bool]]) -> dict[int, list[Hit]]:
    """By stop, all the spots of what is meant by each word that was typed."""
    hits: dict[int, list[Hit]] = defaultdict(list)
    for number, forms in enumerate(meant):
        for form, is_same in forms.items():
            for stop, spots in book.spots[form].items():
                hits[stop] += [Hit(*spot, number, is_same) for spot in spots]
    return dict(hits)


def _in_one_book(stop: int, hits: Mapping[str, Mapping[int, list[Hit]]]) -> _Found:
    """The stop in the book that has most of the words; the page's own comes first."""
    book = max((book for book in hits if stop in hits[book]), key=lambda book: _count(hits[book][stop]))
    return _Found(stop, book, hits[book][stop], best_place(hits[book][stop]))


def _rank(found: _Found) -> tuple[int, ...]:
    """Most words first, as they were typed, in the title, together, at most places, and early in the tour."""
    as_typed = _count(hit for hit in found.hits if hit.is_literal)
    in_title = _count(hit for hit in found.hits if hit.text == TITLE)
    places = len({(hit.text, hit.start) for hit in found.hits})
    return -_count(found.hits), -as_typed, -in_title, -_count(found.best), -places, found.stop


def _count(hits: Iterable[Hit]) -> int:
    """How many of the words that were typed."""
    return len({hit.word for hit in hits})


def _title(book: Concordance, stop: int, hits: Mapping[int, list[Hit]]) -> tuple[Piece, ...]:
    return marked(book.texts[stop][TITLE], [hit for hit in hits.get(stop, []) if hit.text == TITLE])
