"""Words in another language, laid over the original's fields: everything that is not said stays as it is."""

import hashlib
import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from tour.content.characters import truncate
from tour.content.problems import Problem
from tour.content.schema import TableReader
from tour.urls import DEFAULT_LANGUAGE

# The fields that hold words; everything else is the same in every language and stays in the original alone.
TRANSLATABLE = frozenset(
    {"title", "short_title", "subtitle", "introduction", "name", "country", "about", "lede", "narrative", "label"}
    | {"alt", "caption", "credit", "says", "our_position", "description", "quote", "text", "note", "publisher"}
    | {"sentence", "decision", "translation", "speaker", "question", "step_free", "seats", "twin_reason"}
)
# Words that a translation may have although the original doesn't, and those it may leave as they are: names.
TRANSLATION_ONLY = frozenset({"translation"})
OPTIONAL = frozenset({"publisher", "credit"})
SOURCE_HASH = "source_hash"  # which words of the original a translation is of
EXHIBITION_TRANSLATION = re.compile(r"exhibition\.(?P<language>[a-z]{2,3})\.toml")
_HASH_LENGTH = 8


def languages(data_dir: Path) -> tuple[str, ...]:
    """The languages of the exhibition: the original's first, then each that has an exhibition.<language>.toml."""
    names = sorted(path.name for path in data_dir.glob("exhibition.*.toml"))
    return (DEFAULT_LANGUAGE, *(match["language"] for match in map(EXHIBITION_TRANSLATION.fullmatch, names) if match))


def translation_path(path: Path, language: str) -> Path:
    """The file with a file's words in that language: 03-ruins.ru.md beside 03-ruins.md."""
    return path.with_suffix(f".{language}{path.suffix}")


def source_hash(table: Any, narrative: str = "") -> str:
    """The `source_hash` of a translation: a few letters that change with the words of the original alone."""
    return hashlib.sha256("\n".join([*_translatable_values(table), narrative]).encode()).hexdigest()[:_HASH_LENGTH]


def _translatable_values(table: Any) -> Iterator[str]:
    if isinstance(table, list):
        for each in table:
            yield from _translatable_values(each)
    if isinstance(table, dict):
        for name, value in table.items():
            if isinstance(value, str) and name in TRANSLATABLE:
                yield value
            else:
                yield from _translatable_values(value)


def stale_problem(file: str, written: Any, original: str) -> Problem:
    """What is to be done about a translation of an older original, whose hash is `original` now."""
    said = truncate(written) if written and isinstance(written, str) else "missing"
    return Problem(
        file,
        SOURCE_HASH,
        f"is {said}, and the original's words are {original} now.",
        f'Look what has changed there, then write {SOURCE_HASH} = "{original}".',
    )


def missing_translations(original: Any, words: Any, kept: frozenset[str] = OPTIONAL, field: str = "") -> Iterator[str]:
    """The fields of the original whose words are not said, but for the `kept` ones, which may stay as they are.

    Those of a quotation may be said by its translation.
    """
    if isinstance(original, list):
        said = words if isinstance(words, list) else []
        for number, (one, other) in enumerate(zip_longest(original, said), 1):
            yield from missing_translations(one, other, kept, f"{field}[{number}]")
    if isinstance(original, dict):
        said = words if isinstance(words, dict) else {}
        for name, value in original.items():
            where = f"{field}.{name}" if field else name
            if not isinstance(value, str):
                yield from missing_translations(value, said.get(name), kept, where)
            elif name in TRANSLATABLE - kept and not (said.get(name) or (name == "quote" and said.get("translation"))):
                yield where


def merge(original: Any, words: Any, shape: TableReader, field: str = "") -> Any:
    """The original with the words in their places; a fault where they have none."""
    if isinstance(original, dict) and isinstance(words, dict):
        # What a photographer is credited with comes along with the picture, and is the same in every language.
        left = {"credit"} if original.get("origin") else set() if field else {SOURCE_HASH}
        words = {name: each for name, each in words.items() if name not in left}
        return original | {name: _merged_field(original, name, each, shape, field) for name, each in words.items()}
    if isinstance(original, list) and isinstance(words, list):
        if len(original) != len(words):
            shape.fault(
                field, f"has {len(words)} entries, the original {len(original)}.", "Give each its words, in order."
            )
        pairs = zip(original, words, strict=False)
        return [merge(one, other, shape, f"{field}[{number}]") for number, (one, other) in enumerate(pairs, 1)]
    return words


def _merged_field(original: dict, name: str, words: Any, shape: TableReader, field: str) -> Any:
    where = f"{field}.{name}" if field else name
    if name not in original and name not in TRANSLATION_ONLY:
        shape.fault(where, "is not in the original.", "Take it out, or add it to the original first.")
        return words
    if name not in TRANSLATABLE and not _is_tables(words):
        shape.fault(where, "holds no words.", "Take it out: it is the same in every language.")
        return original[name]
    if isinstance(original.get(name), str) and not isinstance(words, str):
        shape.fault(where, "is not text.", "Write it between quotation marks.")
        return original[name]
    return merge(original.get(name), words, shape, where)


def _is_tables(words: Any) -> bool:
    tables = words if isinstance(words, list) else [words]
    return all(isinstance(table, dict) for table in tables)
