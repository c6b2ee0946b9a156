"""Words of a text as a search compares them: without case, accents, apostrophes, and endings of numbers and owners."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_LETTER = r"[^\W\d_\u0300-\u036f]"
_IN_WORD = r"[^\W_]|[\u0300-\u036f\u00ad]"  # Combining accents and soft hyphens are no letters to a pattern.
_APOSTROPHE = r"['’ʼ‘`´′]"
# A number takes its ending with it: 62nd, 1940s, 62-й, 1951-м.
_NUMBER = rf"\d+(?:[-‐‑]?{_LETTER}{{1,2}})?(?!{_IN_WORD})"
# So does a name: Grace’s. Other apostrophes stand inside a word: O’Brien.
_OWNER = rf"{_APOSTROPHE}[sS](?!{_IN_WORD}|{_APOSTROPHE})"
_WORD = rf"(?P<word>(?:{_IN_WORD})+(?:(?!{_OWNER}){_APOSTROPHE}(?:{_IN_WORD})+)*)(?:{_OWNER})?"
_TOKEN = re.compile(rf"(?P<number>{_NUMBER})|{_WORD}")


class Token(NamedTuple):
    """A word or number where it stands in a text, and its letters folded."""

    folded: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The words of the text, in order: parts of a compound with a hyphen each for itself."""
    for match in _TOKEN.finditer(text):
        if folded := _folded(match["word"] or match[0]):
            yield Token(folded, *match.span())


@lru_cache(maxsize=2**13)
def _folded(word: str) -> str:
    if number := re.match(r"\d+", word):
        return number[0]
    return "".join(map(_plain, unicodedata.normalize("NFKC", word).casefold()))


@lru_cache(maxsize=2**12)
def _plain(letter: str) -> str:
    """The letter without what stands above or below it: ё is an е so, but й no и, or wars were warriors."""
    if letter == "й":
        return letter
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if part.isalnum())
