"""A slug proposed for a title: its letters in the alphabet of addresses, as far as they have a likeness there."""

import re
import unicodedata

LONGEST = 60
# Letters that taking their accents away doesn't make Latin.
LIKENESS = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфыэіїєґ", "abvgdeziyklmnoprstufyeiieg", strict=True))
    | {"ё": "yo", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"}
    | {"ъ": "", "ь": "", "’": "", "'": "", "ʼ": "", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"}
    | dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True))
    | {"θ": "th", "χ": "ch", "ψ": "ps", "þ": "th", "ð": "d"}
)


def slug_for(title: str) -> str:
    """Lower-case letters, digits and hyphens; empty where no letter of the title has a likeness."""
    letters = unicodedata.normalize("NFC", title).casefold().translate(LIKENESS)
    plain = unicodedata.normalize("NFKD", letters)
    # An accent on a letter of another alphabet: taken away, the letter has its likeness.
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(LIKENESS)
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return slug if len(slug) <= LONGEST else slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
