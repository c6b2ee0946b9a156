"""Files of the content in the language that is wanted: their words laid over those of the original."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tour.addresses import DEFAULT_LANGUAGE
from tour.content.files import parts, text, toml, toml_file
from tour.content.shape import Shape
from tour.content.translations import OF, beside, laid_over, stamp, untold
from tour.markup import CITATION
from tour.problems import Problem

Table = dict[str, Any]
OPENING = "exhibition.toml"


@dataclass(frozen=True)
class Written:
    """A file of fields and narrative: which file tells it, and in which language."""

    table: Table | None
    narrative: str
    file: str
    language: str


def name_of(data_dir: Path, path: Path) -> str:
    """What a curator knows the file by."""
    return path.relative_to(data_dir).as_posix()


def head(data_dir: Path, name: str, language: str, problems: list[Problem]) -> Table | None:
    """The table of exhibition.toml or another of its kind, with its words in that language, if there are any."""
    table, path = toml_file(data_dir, name, problems), beside(data_dir / name, language)
    if table is None or language == DEFAULT_LANGUAGE or not path.is_file():
        return table
    words = toml_file(data_dir, path.name, problems) or {}
    shape = Shape(path.name)
    # A language begins with the opening: half of one would be half of every page.
    for field in untold(table, words) if name == OPENING else ():
        shape.fault(field, "is missing.", "Say it in this language.")
    table = laid_over(table, words, shape)
    problems.extend(shape.problems)
    return table


def told(data_dir: Path, path: Path, language: str, problems: list[Problem]) -> Written:
    """A file's fields and narrative in that language; in the original's while any of its words are missing.

    A translation of older words that doesn't fit any more waits in the same way: who edits the original need not
    know the language.
    """
    original = as_it_stands(data_dir, path, problems)
    translation = beside(path, language)
    if original.table is None or language == DEFAULT_LANGUAGE or not translation.is_file():
        return original
    words = as_it_stands(data_dir, translation, problems)
    if words.table is None:
        return words
    table, unfit = fitted(original, words)
    if is_current(original, words):
        problems.extend(unfit)
    is_whole = not unfit and not any(untold(original.table, words.table))
    return Written(table, words.narrative, words.file, language) if is_whole else original


def is_current(original: Written, words: Written) -> bool:
    """Whether the words are a translation of the original as it stands; an older one may not fit it, by no fault."""
    return words.table.get(OF) == stamp(original.table, original.narrative)


def fitted(original: Written, words: Written) -> tuple[Table, list[Problem]]:
    """The original's fields with the translation's words in their places, and what doesn't fit there."""
    shape = Shape(words.file)
    table = laid_over(original.table, words.table, shape)
    if not words.narrative:
        shape.fault("narrative", "is empty.", "Tell the story below the second +++ line.")
    if Counter(CITATION.findall(original.narrative)) != Counter(CITATION.findall(words.narrative)):
        remedy = "Give each statement the source that it has there."
        shape.fault("narrative", "doesn't cite what the original cites.", remedy)
    return table, shape.problems


def as_it_stands(data_dir: Path, path: Path, problems: list[Problem]) -> Written:
    """A file's own fields and narrative."""
    file = name_of(data_dir, path)
    fields, narrative = parts(text(path, file, problems), file, problems)
    return Written(toml(fields, file, problems), narrative, file, DEFAULT_LANGUAGE)
