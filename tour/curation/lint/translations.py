"""What a curator hears of translations: which are missing, not whole, or older than their originals."""

from collections.abc import Iterator
from pathlib import Path

from tour import i18n
from tour.content.documents import Document, apply_translation, is_current, load, relative_name
from tour.content.files import read_toml
from tour.content.loader import LESSON_FILE
from tour.content.problems import Problem
from tour.content.stop_files import stop_files
from tour.content.translations import (
    OPTIONAL,
    SOURCE_HASH,
    languages,
    missing_translations,
    source_hash,
    stale_problem,
    translation_path,
)


def warnings(data_dir: Path) -> Iterator[Problem]:
    """All of them; a visitor is served all the same."""
    faults: list[Problem] = []
    paths = [data_dir / "exhibition.toml", data_dir / "sources.toml", *stop_files(data_dir, faults)]
    paths += [data_dir / LESSON_FILE] if (data_dir / LESSON_FILE).is_file() else []
    originals = {path: _read(data_dir, path, faults) for path in paths}
    for language in languages(data_dir)[1:]:
        yield from _interface(language)
        for path, original in originals.items():
            yield from _of_file(data_dir, original, translation_path(path, language), faults)


def _read(data_dir: Path, path: Path, faults: list[Problem]) -> Document:
    if path.suffix == ".md":
        return load(data_dir, path, faults)
    file = relative_name(data_dir, path)
    return Document(read_toml(data_dir, file, faults), "", file, "")


def _of_file(data_dir: Path, original: Document, path: Path, faults: list[Problem]) -> Iterator[Problem]:
    file = relative_name(data_dir, path)
    until_then = f"until then visitors read {original.file}, marked as another language."
    if not path.is_file():
        yield Problem(file, "", "is missing.", f"Translate {original.file}; {until_then}")
        return
    translation = _read(data_dir, path, faults)
    # The title of a work elsewhere stays what it is.
    kept = OPTIONAL | {"title"} if path.suffix == ".toml" else OPTIONAL
    for field in missing_translations(original.table, translation.table, kept):
        yield Problem(file, field, "is missing.", f"Say it in this language; {until_then}")
    if translation.table is not None and original.table is not None:
        yield from _of_older_words(original, translation)


def _of_older_words(original: Document, translation: Document) -> Iterator[Problem]:
    if not is_current(original, translation):
        yield stale_problem(
            translation.file, translation.table.get(SOURCE_HASH), source_hash(original.table, original.narrative)
        )
        # In the opening and the notes on sources it is a fault, and told already.
        yield from apply_translation(original, translation)[1] if original.file.endswith(".md") else ()


def _interface(language: str) -> Iterator[Problem]:
    if language not in i18n.languages():
        remedy = "Translate the interface's words; until then buttons and menus are in the language of the code."
        yield Problem(f"tour/locale/{language}.po", "", "is missing.", remedy)
