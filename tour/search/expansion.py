"""Query expansion: the words of each index that a typed one may mean: inflected, as a prefix, misspelt, a synonym."""

from collections.abc import Collection, Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tour.search.index import InvertedIndex, Vocabulary
from tour.search.tokenizer import is_invariable

MAX_SHORT_WORD_LENGTH = 4
MIN_FUZZY_LENGTH = 4
MIN_SIMILARITY, MIN_SIMILARITY_OF_FOUR = 0.8, 0.75  # one letter wrong, in ten letters two
MAX_LENGTH_WITH_SURE_INITIAL = 5  # in so short a word the first letter is right: king is not accepted for ring


def expand_term(term: str, indexes: Mapping[str, InvertedIndex], page: InvertedIndex) -> dict[str, dict[int, bool]]:
    """By language the numbers of the words that are meant; True for the term itself, inflected or not.

    Synonyms are those of the page's index. A word that some index has, or that begins one of its words, is not taken
    for misspelt.
    """
    vocabularies = {code: index.vocabulary for code, index in indexes.items()}
    spellings = _spellings(term, vocabularies.values())
    is_known = any(word in vocabulary.numbers for word in spellings for vocabulary in vocabularies.values())
    names = (page.vocabulary.words[number] for word in spellings for number in page.vocabulary.inflections(word))
    synonyms = frozenset().union(*(page.synonyms.get(name, ()) for name in names))
    return {
        code: dict.fromkeys(_matches(synonyms, vocabulary), False) | _matches(spellings, vocabulary, is_known)
        for code, vocabulary in vocabularies.items()
    }


def _spellings(term: str, vocabularies: Collection[Vocabulary]) -> list[str]:
    """The term, or the most similar words if it is misspelt."""
    if any(_matches([term], vocabulary, is_known=False) for vocabulary in vocabularies):
        return [term]
    similar = {word: score for vocabulary in vocabularies for word, score in _similar(term, vocabulary).items()}
    best = max(similar.values(), default=None)
    return [word for word, score in similar.items() if score == best]


def _matches(words: Iterable[str], vocabulary: Vocabulary, is_known: bool = True) -> dict[int, bool]:
    """The numbers of the words that these are, inflected or not, and (False) of those that they begin."""
    matches: dict[int, bool] = {}
    for word in words:
        # A short word that some language has is not taken for a prefix: war doesn't match Warden.
        if not is_invariable(word) and (len(word) > MAX_SHORT_WORD_LENGTH or not is_known):
            matches |= dict.fromkeys(vocabulary.with_prefix(word), False)
        matches |= dict.fromkeys(vocabulary.inflections(word), True)
    return matches


def _similar(word: str, vocabulary: Vocabulary) -> dict[str, float]:
    """The words of which it may be a misspelling, with their similarity to it, from 0 to 1."""
    if len(word) < MIN_FUZZY_LENGTH or is_invariable(word):
        return {}
    cutoff = MIN_SIMILARITY if len(word) > MIN_FUZZY_LENGTH else MIN_SIMILARITY_OF_FOUR
    initial = word[0] if len(word) <= MAX_LENGTH_WITH_SURE_INITIAL else ""
    candidates = [other for other in vocabulary.candidates(word, cutoff) if other.startswith(initial)]
    similar = process.extract(word, candidates, scorer=OSA.normalized_similarity, score_cutoff=cutoff, limit=None)
    return {other: similarity for other, similarity, _ in similar if len(other) >= MIN_FUZZY_LENGTH}
