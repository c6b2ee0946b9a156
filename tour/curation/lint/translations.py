"""Which translations are missing, incomplete, or older than their originals."""

from collections.abc import Iterator
from pathlib import Path

from tour import i18n
from tour.content import documents, translations
from tour.content.documents import EXHIBITION_FILE, SOURCES_FILE, Document, load_document, relative_name
from tour.content.loader import LESSON_FILE
from tour.content.problems import Problem
from tour.content.stop_files import stop_files


def warnings(data_dir: Path) -> Iterator[Problem]:
    """Problems that keep nothing from being published: visitors read the original instead."""
    paths = [data_dir / EXHIBITION_FILE, data_dir / SOURCES_FILE, *stop_files(data_dir, []), data_dir / LESSON_FILE]
    # What keeps a file from being read is reported where the content is loaded.
    originals = {path: load_document(data_dir, path, []) for path in paths if path.is_file()}
    for language in translations.languages(data_dir)[1:]:
        if language not in i18n.languages():
            hint = "Translate the interface's words; until then buttons and menus are in the language of the code."
            yield Problem(f"tour/locale/{language}/LC_MESSAGES/messages.po", "", "is missing.", hint)
        for path, original in originals.items():
            yield from _file_warnings(data_dir, original, translations.translation_path(path, language))


def _file_warnings(data_dir: Path, original: Document, path: Path) -> Iterator[Problem]:
    file = relative_name(data_dir, path)
    until_then = f"until then visitors read {original.file}, marked as another language."
    if not path.is_file():
        yield Problem(file, "", "is missing.", f"Translate {original.file}; {until_then}")
        return
    translation = load_document(data_dir, path, [])
    # The title of a work elsewhere stays what it is.
    optional = translations.OPTIONAL | ({"title"} if path.suffix == ".toml" else set())
    for field in translations.missing_translations(original.table, translation.table, optional):
        yield Problem(file, field, "is missing.", f"Say it in this language; {until_then}")
    if original.table is not None and translation.table is not None and not documents.is_current(original, translation):
        written_hash = translation.table.get(translations.SOURCE_HASH)
        yield translations.stale_problem(
            file, written_hash, translations.source_hash(original.table, original.narrative)
        )
        # In exhibition.toml and sources.toml what doesn't fit is an error, and reported as one.
        yield from documents.apply_translation(original, translation)[1] if path.suffix == ".md" else ()
