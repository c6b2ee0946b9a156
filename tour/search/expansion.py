"""Which words of the exhibition are meant by one that a visitor typed: inflected, begun, misspelt, by another name."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tour.search.index import InvertedIndex, Vocabulary

MIN_PREFIX_LENGTH = 3
MIN_STEM_LENGTH = 4
LONGEST_ENDING = 3
MAX_WORD_ENDING, MAX_NAME_ENDING = (
    2,
    1,
)  # letters that may give way to an ending: of a name no more, or it is another name
# Endings that stand for one another in English, and what an ending in Cyrillic is made of.
ENGLISH = ({"", "s", "d", "es", "ed", "ing"}, {"e", "es", "ed", "ing"}, {"y", "ies", "ied"})
CYRILLIC = re.compile("[аеийоуыьэюя]*(?:[влмтх][аеийоуыьэюя]*)?|[ео]го")
MIN_FUZZY_LENGTH = 4
MIN_SIMILARITY, MIN_SIMILARITY_OF_FOUR = 0.8, 0.75  # one letter wrong, in ten letters two
LONGEST_SURE_OF_FIRST = 5  # in so short a word the first letter is right: a ring is no king


def expand_term(word: str, books: Mapping[str, InvertedIndex], page: InvertedIndex) -> dict[str, dict[int, bool]]:
    """The words of each book that are meant, by number, and whether each is the typed one itself, inflected or not.

    Names for the same are those of the page's book.
    A word that some book has, or that begins one of its words, is not taken for misspelt.
    """
    vocabularies = {code: book.vocabulary for code, book in books.items()}
    spelt = _spelt(word, vocabularies.values(), page.names)
    is_known = any(each in words for each in spelt for words in vocabularies.values())
    others = frozenset().union(*(page.same[name] for name in _named({word, *spelt}, page.names, is_known)))
    return {code: _by_name(others, words) | _as_spelt(spelt, words, is_known) for code, words in vocabularies.items()}


def _spelt(word: str, vocabularies: Collection[Vocabulary], names: Vocabulary) -> list[str]:
    """The word, or those that are nearest to it if it is misspelt."""
    if any(_as_spelt([word], words, False) for words in vocabularies):
        return [word]
    near = {other: likeness for words in (*vocabularies, names) for other, likeness in _near(word, words).items()}
    nearest = max(near.values(), default=None)
    return sorted(other for other, likeness in near.items() if likeness == nearest)


def _as_spelt(spelt: Iterable[str], vocabulary: Vocabulary, is_known: bool) -> dict[int, bool]:
    # A short word that some book has begins no others: a war no Warden, a mill no millions.
    found = [_written(word, vocabulary, MAX_WORD_ENDING, not is_known or len(word) > MIN_STEM_LENGTH) for word in spelt]
    return {other: is_same for written in found for other, is_same in written.items()}


def _by_name(names: Iterable[str], vocabulary: Vocabulary) -> dict[int, bool]:
    return {
        found: False
        for name in names
        for found in _written(name, vocabulary, MAX_NAME_ENDING, len(name) > MIN_STEM_LENGTH)
    }


def _written(word: str, vocabulary: Vocabulary, lost: int, begins: bool) -> dict[int, bool]:
    """The words that are this one, inflected or not, and (False) those that it begins; numbers as they are."""
    if len(word) < MIN_PREFIX_LENGTH or _has_digit(word):
        return dict.fromkeys(vocabulary.exactly(word), True)
    begun = vocabulary.beginning(word) if begins else ()
    return dict.fromkeys(begun, False) | dict.fromkeys(_same(word, vocabulary, lost), True)


def _same(word: str, vocabulary: Vocabulary, lost: int) -> Iterator[int]:
    """The words that differ from this one in their endings alone."""
    for shared in range(_root(word, lost), len(word) + 1):
        if _are_endings(word[shared:]):
            likely = vocabulary.not_longer(vocabulary.beginning(word[:shared]), shared + LONGEST_ENDING)
            yield from (number for number in likely if _is_same(word, vocabulary.words[number], lost))


def _named(spelt: Iterable[str], names: Vocabulary, is_known: bool) -> set[str]:
    """The names that the words are, inflected, or misspelt if they are no other words that are known."""
    named = {name for word in spelt for name in _with_its_root(word, names) if _is_same(name, word, MAX_NAME_ENDING)}
    return named if is_known else named.union(*(_near(word, names) for word in spelt))


def _with_its_root(word: str, names: Vocabulary) -> list[str]:
    """The names that begin as the word does, as far as a root goes at least."""
    short = [word[:letters] for letters in range(1, MIN_STEM_LENGTH) if word[:letters] in names]
    return [*short, *(names.words[number] for number in names.beginning(word[:MIN_STEM_LENGTH]))]


def _is_same(word: str, other: str, lost: int) -> bool:
    """Whether they differ in their endings alone, as words do that are inflected in English or in a Slavic language."""
    shared = _shared(word, other)
    if shared < _root(word, lost) or len(other) > shared + LONGEST_ENDING:
        return False
    return _are_endings(word[shared:], other[shared:])


def _shared(word: str, other: str) -> int:
    """How many letters both begin with."""
    for letters, (of_word, of_other) in enumerate(zip(word, other, strict=False)):
        if of_word != of_other:
            return letters
    return min(len(word), len(other))


@lru_cache(maxsize=2**13)
def _are_endings(*endings: str) -> bool:
    return any(family.issuperset(endings) for family in ENGLISH) or all(map(CYRILLIC.fullmatch, endings))


def _root(word: str, lost: int) -> int:
    return min(len(word), max(MIN_STEM_LENGTH, len(word) - lost))


def _near(word: str, vocabulary: Vocabulary) -> dict[str, float]:
    """How like it the words are for which it may be misspelt."""
    if len(word) < MIN_FUZZY_LENGTH or _has_digit(word):
        return {}
    least = MIN_SIMILARITY if len(word) > MIN_FUZZY_LENGTH else MIN_SIMILARITY_OF_FOUR
    likely = [other for other in vocabulary.alike(word, least) if _may_be(other, word)]
    near = process.extract(word, likely, scorer=OSA.normalized_similarity, score_cutoff=least, limit=None)
    return {other: likeness for other, likeness, _ in near}


def _may_be(other: str, word: str) -> bool:
    is_first_letter_sure = len(word) <= LONGEST_SURE_OF_FIRST
    return len(other) >= MIN_FUZZY_LENGTH and (not is_first_letter_sure or word[0] == other[0])


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)
