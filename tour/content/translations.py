"""Translations: texts in another language that are laid over the original's fields; all else stays as it is there."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tour.content.characters import truncate
from tour.content.problems import Problem
from tour.content.schema import TableReader
from tour.settings import DEFAULT_LANGUAGE

# The fields that are translated; all others are the same in every language and stand in the original alone.
TRANSLATABLE = frozenset(
    {"title", "short_title", "subtitle", "introduction", "name", "country", "about", "lede", "narrative", "label"}
    | {"alt", "caption", "credit", "says", "our_position", "description", "quote", "text", "note", "publisher"}
    | {"sentence", "decision", "translation", "speaker", "question", "step_free", "seats", "twin_reason"}
)
TRANSLATION_ONLY = frozenset({"translation"})  # of a quotation, which the original doesn't need
OPTIONAL = frozenset({"publisher", "credit"})  # names, which may stay as they are
SOURCE_HASH = "source_hash"  # the field of a translation that says of which original it is
EXHIBITION_TRANSLATION = re.compile(r"exhibition\.(?P<language>[a-z]{2,3})\.toml")
_HASH_LENGTH = 8


def languages(data_dir: Path) -> tuple[str, ...]:
    """The languages of the exhibition: the original's first, then each that has an exhibition.<language>.toml."""
    names = sorted(path.name for path in data_dir.glob("exhibition.*.toml"))
    return (DEFAULT_LANGUAGE, *(match["language"] for match in map(EXHIBITION_TRANSLATION.fullmatch, names) if match))


def translation_path(path: Path, language: str) -> Path:
    """The file with the text of a file in that language: 03-ruins.ru.md beside 03-ruins.md, the original."""
    return path if language == DEFAULT_LANGUAGE else path.with_suffix(f".{language}{path.suffix}")


def source_hash(table: object, narrative: str = "") -> str:
    """A hash of the original's texts alone."""
    texts = [text for _, name, text in _fields(table) if isinstance(text, str) and name in TRANSLATABLE]
    return hashlib.sha256("\n".join([*texts, narrative]).encode()).hexdigest()[:_HASH_LENGTH]


def stale_problem(file: str, written: object, original: str) -> Problem:
    """What to do about a translation whose hash is `written`, of an original whose hash is `original`."""
    shown = truncate(written) if written and isinstance(written, str) else "missing"
    message = f"is {shown}, and the original's words are {original} now."
    return Problem(file, SOURCE_HASH, message, f'Look what has changed there, then write {SOURCE_HASH} = "{original}".')


def missing_translations(original: object, translation: object, optional: frozenset[str] = OPTIONAL) -> Iterator[str]:
    """The fields of the original whose texts aren't translated, but for `optional` ones.

    A quotation may stay as it is if there is a translation beside it.
    """
    translated = {path for path, _, value in _fields(translation) if value}
    for path, name, value in _fields(original):
        places = {path, path.removesuffix(name) + "translation"} if name == "quote" else {path}
        if isinstance(value, str) and name in TRANSLATABLE - optional and not places & translated:
            yield path


def merge(original: object, translation: object, reader: TableReader, field: str = "") -> Any:
    """The original with the translated texts in their places; those that have none there are problems."""
    if isinstance(original, list) and isinstance(translation, list):
        if len(original) != len(translation):
            message = f"has {len(translation)} entries, the original {len(original)}."
            reader.add_problem(field, message, "Give each its words, in order.")
        pairs = enumerate(zip(original, translation, strict=False), 1)
        return [merge(*pair, reader, f"{field}[{number}]") for number, pair in pairs]
    if not isinstance(original, dict) or not isinstance(translation, dict):
        return translation
    # What a photographer is credited with comes along with the picture, and is the same in every language.
    ignored = {"credit"} if original.get("origin") else set() if field else {SOURCE_HASH}
    fields = {name: value for name, value in translation.items() if name not in ignored}
    return original | {name: _merged_field(original, name, value, reader, field) for name, value in fields.items()}


def _merged_field(original: dict[str, Any], name: str, value: object, reader: TableReader, field: str) -> object:
    path = f"{field}.{name}" if field else name
    if name not in original and name not in TRANSLATION_ONLY:
        reader.add_problem(path, "is not in the original.", "Take it out, or add it to the original first.")
        return value
    if name not in TRANSLATABLE and not all(isinstance(table, dict) for table in _as_list(value)):
        reader.add_problem(path, "holds no words.", "Take it out: it is the same in every language.")
    elif isinstance(original.get(name), str) and not isinstance(value, str):
        reader.add_problem(path, "is not text.", "Write it between quotation marks.")
    else:
        return merge(original.get(name), value, reader, path)
    return original[name]


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _fields(value: object, field: str = "") -> Iterator[tuple[str, str, object]]:
    """Everything in a table, at whatever depth: its path, its name (none for an entry of a list) and its value."""
    entries = []
    if isinstance(value, dict):
        entries = [(f"{field}.{name}" if field else name, name, entry) for name, entry in value.items()]
    elif isinstance(value, list):
        entries = [(f"{field}[{number}]", "", entry) for number, entry in enumerate(value, 1)]
    for path, name, entry in entries:
        yield path, name, entry
        yield from _fields(entry, path)
