"""Which words of the exhibition are meant by one that a visitor typed: inflected, begun, misspelt, by another name."""

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import takewhile

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tour.search.concordance import Concordance

SHORTEST_BEGINNING = 3
SHORTEST_ROOT = 4
LONGEST_ENDING = 3
LOST_OF_WORD, LOST_OF_NAME = 2, 1  # letters that may give way to an ending: of a name no more, or it is another name
# Endings that stand for one another in English, and what an ending in Cyrillic is made of.
ENGLISH = ({"", "s", "d", "es", "ed", "ing"}, {"e", "es", "ed", "ing"}, {"y", "ies", "ied"})
CYRILLIC = re.compile("[аеийоуыьэюя]*[влмтх]?[аеийоуыьэюя]*|[ео]го")
SHORTEST_MISSPELT = 4
LIKENESS, LIKENESS_OF_FOUR = 0.8, 0.75  # one letter wrong, in ten letters two
LONGEST_SURE_OF_FIRST = 5  # in so short a word the first letter is right: a ring is no king


def meanings(
    word: str, books: Mapping[str, Concordance], names: Iterable[Collection[str]]
) -> dict[str, dict[str, bool]]:
    """The words of each book that are meant, and whether each is the typed one itself, inflected or not.

    A word that some book has, or that begins one of its words, is not taken for misspelt.
    """
    names = [frozenset(group) for group in names]
    spelt = _spelt(word, books.values(), frozenset().union(*names))
    is_known = any(each in book.spots for each in spelt for book in books.values())
    named = [group for group in names if any(_names(name, each, is_known) for name in group for each in spelt)]
    others = frozenset().union(*named)
    return {code: _by_name(others, book) | _as_spelt(spelt, book, is_known) for code, book in books.items()}


def _spelt(word: str, books: Collection[Concordance], names: frozenset[str]) -> list[str]:
    if any(_as_spelt([word], book, False) for book in books):
        return [word]
    return [word, *_nearest(word, names.union(*(book.words for book in books)))]


def _as_spelt(spelt: Iterable[str], book: Concordance, is_known: bool) -> dict[str, bool]:
    # A short word that some book has begins no others: a war no Warden, a mill no millions.
    found = [_written(word, book, LOST_OF_WORD, not is_known or len(word) > SHORTEST_ROOT) for word in spelt]
    return {other: is_same for words in found for other, is_same in words.items()}


def _by_name(names: Iterable[str], book: Concordance) -> dict[str, bool]:
    return {found: False for name in names for found in _written(name, book, LOST_OF_NAME, len(name) > SHORTEST_ROOT)}


def _written(word: str, book: Concordance, lost: int, begins: bool) -> dict[str, bool]:
    """The book's words that are this one, inflected or not, and (False) those that it begins; numbers as they are."""
    if len(word) < SHORTEST_BEGINNING or _has_digit(word):
        return {word: True} if word in book.spots else {}
    same = {other: _is_same(word, other, lost) for other in book.beginning(word[: _root(word, lost)])}
    return {other: is_same for other, is_same in same.items() if is_same or (begins and other.startswith(word))}


def _names(name: str, word: str, is_known: bool) -> bool:
    """Whether the word is that name, inflected, or misspelt if it is no other word that is known."""
    return _is_same(name, word, LOST_OF_NAME) or (not is_known and bool(_nearest(word, [name])))


def _is_same(word: str, other: str, lost: int) -> bool:
    """Whether they differ in their endings alone, as words do that are inflected in English or in a Slavic language."""
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False)))
    endings = word[shared:], other[shared:]
    if shared < _root(word, lost) or len(endings[1]) > LONGEST_ENDING:
        return word == other
    return any(family.issuperset(endings) for family in ENGLISH) or all(map(CYRILLIC.fullmatch, endings))


def _root(word: str, lost: int) -> int:
    return min(len(word), max(SHORTEST_ROOT, len(word) - lost))


def _nearest(word: str, others: Iterable[str]) -> list[str]:
    if len(word) < SHORTEST_MISSPELT or _has_digit(word):
        return []
    likely = [other for other in others if len(other) >= SHORTEST_MISSPELT and _may_begin(word, other)]
    least = LIKENESS if len(word) > SHORTEST_MISSPELT else LIKENESS_OF_FOUR
    near = process.extract(word, likely, scorer=OSA.normalized_similarity, score_cutoff=least, limit=None)
    return sorted(other for other, likeness, _ in near if likeness == near[0][1])


def _may_begin(word: str, other: str) -> bool:
    return len(word) > LONGEST_SURE_OF_FIRST or word[0] == other[0]


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)
