"""Files of the content, and their translations laid over them."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tour.content.files import Table, parse_toml, read_text, split_front_matter
from tour.content.markdown import CITATION
from tour.content.problems import ContentError, Problem
from tour.content.renamed_fields import with_current_names
from tour.content.schema import TableReader
from tour.content.translations import SOURCE_HASH, merge, missing_translations, source_hash, translation_path
from tour.settings import DEFAULT_LANGUAGE

EXHIBITION_FILE, SOURCES_FILE = "exhibition.toml", "sources.toml"


@dataclass(frozen=True)
class Document:
    """The fields and the narrative of a file; no `table` if it can't be read. `file` has the text in `language`."""

    table: Table | None
    narrative: str
    file: str
    language: str = DEFAULT_LANGUAGE


def relative_name(data_dir: Path, path: Path) -> str:
    """The name by which a curator knows the file."""
    return path.relative_to(data_dir).as_posix()


def load_document(data_dir: Path, path: Path, problems: list[Problem]) -> Document:
    """A TOML file, or a Markdown file with TOML between its +++ lines, as it is; adds to `problems`."""
    file = relative_name(data_dir, path)
    try:
        if path.suffix == ".toml" and not path.exists():
            hint = f"The exhibition needs a file of this name in {data_dir}."
            raise ContentError([Problem(file, "", "is missing.", hint)])
        text = read_text(path, file)
        fields, narrative = split_front_matter(text, file) if path.suffix == ".md" else (text, "")
        return Document(with_current_names(parse_toml(fields, file), file, problems), narrative, file)
    except ContentError as error:
        problems.extend(error.problems)
        return Document(None, "", file)


def load_table(data_dir: Path, name: str, language: str, problems: list[Problem]) -> Table | None:
    """The table of exhibition.toml or sources.toml with its translation into that language, if there is one."""
    original, path = load_document(data_dir, data_dir / name, problems), translation_path(data_dir / name, language)
    if original.table is None or language == DEFAULT_LANGUAGE or not path.is_file():
        return original.table
    translation, reader = load_document(data_dir, path, problems).table or {}, TableReader(path.name, problems)
    # A language begins with the opening: half of one would be half of every page.
    for field in missing_translations(original.table, translation) if name == EXHIBITION_FILE else ():
        reader.add_problem(field, "is missing.", "Say it in this language.")
    table: Table = merge(original.table, translation, reader)
    return table


def load_localized(data_dir: Path, path: Path, language: str, problems: list[Problem]) -> Document:
    """A file with its translation into that language; the original where a text is missing or doesn't fit.

    What doesn't fit is a problem only in a translation of the original as it is now: who edits the original need not
    know the language.
    """
    original, path = load_document(data_dir, path, problems), translation_path(path, language)
    if original.table is None or language == DEFAULT_LANGUAGE or not path.is_file():
        return original
    translation = load_document(data_dir, path, problems)
    if translation.table is None:
        return translation
    table, mismatches = apply_translation(original, translation)
    if is_current(original, translation):
        problems.extend(mismatches)
    if mismatches or any(missing_translations(original.table, translation.table)):
        return original
    return Document(table, translation.narrative, translation.file, language)


def is_current(original: Document, translation: Document) -> bool:
    """Whether it is a translation of the original as it is now."""
    return (translation.table or {}).get(SOURCE_HASH) == source_hash(original.table, original.narrative)


def apply_translation(original: Document, translation: Document) -> tuple[Table, list[Problem]]:
    """The original's fields with the translated texts in their places, and what doesn't fit there."""
    reader = TableReader(translation.file)
    table = merge(original.table, translation.table, reader)
    reader.check_narrative(translation.narrative)
    if Counter(CITATION.findall(original.narrative)) != Counter(CITATION.findall(translation.narrative)):
        hint = "Give each statement the source that it has there."
        reader.add_problem("narrative", "doesn't cite what the original cites.", hint)
    return table, reader.problems
