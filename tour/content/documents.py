"""Files of the content in the language that is wanted: their words laid over those of the original."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tour.content.files import parse_toml, read_text, read_toml, split_front_matter
from tour.content.markdown import CITATION
from tour.content.problems import Problem
from tour.content.schema import TableReader
from tour.content.translations import SOURCE_HASH, merge, missing_translations, source_hash, translation_path
from tour.urls import DEFAULT_LANGUAGE

Table = dict[str, Any]
EXHIBITION_FILE = "exhibition.toml"


@dataclass(frozen=True)
class Document:
    """A file of fields and narrative: which file tells it, and in which language."""

    table: Table | None
    narrative: str
    file: str
    language: str


def relative_name(data_dir: Path, path: Path) -> str:
    """What a curator knows the file by."""
    return path.relative_to(data_dir).as_posix()


def load_table(data_dir: Path, name: str, language: str, problems: list[Problem]) -> Table | None:
    """The table of exhibition.toml or another of its kind, with its words in that language, if there are any."""
    table, path = read_toml(data_dir, name, problems), translation_path(data_dir / name, language)
    if table is None or language == DEFAULT_LANGUAGE or not path.is_file():
        return table
    words = read_toml(data_dir, path.name, problems) or {}
    shape = TableReader(path.name)
    # A language begins with the opening: half of one would be half of every page.
    for field in missing_translations(table, words) if name == EXHIBITION_FILE else ():
        shape.fault(field, "is missing.", "Say it in this language.")
    table = merge(table, words, shape)
    problems.extend(shape.problems)
    return table


def load_localized(data_dir: Path, path: Path, language: str, problems: list[Problem]) -> Document:
    """A file's fields and narrative in that language; in the original's while any of its words are missing.

    A translation of older words that doesn't fit any more waits in the same way: who edits the original need not
    know the language.
    """
    original = load(data_dir, path, problems)
    translation = translation_path(path, language)
    if original.table is None or language == DEFAULT_LANGUAGE or not translation.is_file():
        return original
    words = load(data_dir, translation, problems)
    if words.table is None:
        return words
    table, unfit = apply_translation(original, words)
    if is_current(original, words):
        problems.extend(unfit)
    is_whole = not unfit and not any(missing_translations(original.table, words.table))
    return Document(table, words.narrative, words.file, language) if is_whole else original


def is_current(original: Document, words: Document) -> bool:
    """Whether the words are a translation of the original as it stands; an older one may not fit it, by no fault."""
    return words.table.get(SOURCE_HASH) == source_hash(original.table, original.narrative)


def apply_translation(original: Document, words: Document) -> tuple[Table, list[Problem]]:
    """The original's fields with the translation's words in their places, and what doesn't fit there."""
    shape = TableReader(words.file)
    table = merge(original.table, words.table, shape)
    if not words.narrative:
        shape.fault("narrative", "is empty.", "Tell the story below the second +++ line.")
    if Counter(CITATION.findall(original.narrative)) != Counter(CITATION.findall(words.narrative)):
        remedy = "Give each statement the source that it has there."
        shape.fault("narrative", "doesn't cite what the original cites.", remedy)
    return table, shape.problems


def load(data_dir: Path, path: Path, problems: list[Problem]) -> Document:
    """A file's own fields and narrative."""
    file = relative_name(data_dir, path)
    fields, narrative = split_front_matter(read_text(path, file, problems), file, problems)
    return Document(parse_toml(fields, file, problems), narrative, file, DEFAULT_LANGUAGE)
