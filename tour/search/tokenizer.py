"""Tokens of a text, normalized for search: without case, accents, apostrophes and endings of numbers; their stems."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from snowballstemmer import algorithms, stemmer

from tour.l10n import locale

MIN_STEM_LENGTH = 3
# Of the language ru: the vowel before the last consonant of a noun without an ending (Зализняк, «Грамматический
# словарь», the sign *), and what its other forms may have there: окон, окно; палец, пальца; боец, бойца.
# Not before other consonants: собор would be taken for a form of собрал, and посол for one of после.
FLEETING_VOWELS = (
    (re.compile("(?<=[бвгджзклмнпрстфхцчшщ])[ео](?=[кнц]$)"), ("", "ь")),
    (re.compile("(?<=[аеиоуыэюя])е(?=[кц]$)"), ("й",)),
)

_LETTER = r"[^\W\d_\u0300-\u036f]"
# \w matches neither combining accents nor soft hyphens.
_CHARACTER = r"[^\W_]|[\u0300-\u036f\u00ad]"
_APOSTROPHE = r"['’ʼ‘`´′]"
# A number includes its ending: 62nd, 1940s, 62-й, 1951-м.
_NUMBER = rf"\d+(?:[-‐‑]?{_LETTER}{{1,2}})?(?!{_CHARACTER})"
# So does a name: Grace’s. Other apostrophes are part of a word: O’Brien.
_POSSESSIVE = rf"{_APOSTROPHE}[sS](?!{_CHARACTER}|{_APOSTROPHE})"
_WORD = rf"(?P<word>(?:{_CHARACTER})+(?:(?!{_POSSESSIVE}){_APOSTROPHE}(?:{_CHARACTER})+)*)(?:{_POSSESSIVE})?"
_TOKEN = re.compile(rf"(?P<number>{_NUMBER})|{_WORD}")


class Token(NamedTuple):
    """A word or number, normalized, with the span of its original in the text."""

    normalized: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of the text, in order; the parts of a hyphenated compound are separate tokens."""
    for match in _TOKEN.finditer(text):
        if normalized := _normalize(match["word"] or match[0]):
            yield Token(normalized, *match.span())


@lru_cache(maxsize=2**13)
def _normalize(word: str) -> str:
    if number := re.match(r"\d+", word):
        return number[0]
    folded = unicodedata.normalize("NFKC", word).casefold()
    # й stays: with и in its place, войной (war) would be воиной (warrior).
    return re.sub("[^й]+", lambda run: "".join(filter(str.isalnum, unicodedata.normalize("NFKD", run[0]))), folded)


def is_invariable(word: str) -> bool:
    """Whether a normalized word has no other forms: a number, or a very short one."""
    return len(word) < MIN_STEM_LENGTH or any(letter.isdigit() for letter in word)


@lru_cache(maxsize=2**15)
def stem(word: str, languages: tuple[str, ...]) -> str:
    """What all forms of a normalized word have in common, by the rules of those languages that Snowball knows."""
    names = [(locale(language).get_language_name("en") or "").lower() for language in languages]
    stemmers = [stemmer(name) for name in names if name in algorithms()]  # new ones each time: they are not thread-safe
    stemmed = ""
    # Until nothing changes: of a noun on -ан one step takes the ending in its nominative, and not in its other cases.
    while word != stemmed:
        stemmed = word
        for each in stemmers:
            word = each.stemWord(word)
    return word


def stems(word: str, languages: tuple[str, ...]) -> set[str]:
    """The stem of a normalized word; in ru of a noun without an ending also those that its other forms may have."""
    root, noun = stem(word, languages), word.removesuffix("ь")
    # Snowball takes -ен, as in башен, for the ending of a participle; осень would be taken for a form of основа.
    is_without_ending = noun == root or (noun.endswith("ен") and len(noun) > MIN_STEM_LENGTH + 1)
    if "ru" not in languages or not is_without_ending:
        return {root}
    return {root} | {vowel.sub(other, noun) for vowel, others in FLEETING_VOWELS for other in others} - {noun}
