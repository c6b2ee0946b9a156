"""What a curator hears of translations: which are missing, not whole, or older than their originals."""

from collections.abc import Iterator
from pathlib import Path

from tour import words
from tour.content.files import toml_file
from tour.content.reading import LESSON
from tour.content.stop_files import stop_files
from tour.content.translations import NAMES, OF, beside, languages, outdated, stamp, untold
from tour.content.written import Written, as_it_stands, fitted, is_current, name_of
from tour.problems import Problem


def remarks(data_dir: Path) -> Iterator[Problem]:
    """All of them; a visitor is served all the same."""
    faults: list[Problem] = []
    paths = [data_dir / "exhibition.toml", data_dir / "sources.toml", *stop_files(data_dir, faults)]
    paths += [data_dir / LESSON] if (data_dir / LESSON).is_file() else []
    originals = {path: _read(data_dir, path, faults) for path in paths}
    for language in languages(data_dir)[1:]:
        yield from _interface(language)
        for path, original in originals.items():
            yield from _of_file(data_dir, original, beside(path, language), faults)


def _read(data_dir: Path, path: Path, faults: list[Problem]) -> Written:
    if path.suffix == ".md":
        return as_it_stands(data_dir, path, faults)
    file = name_of(data_dir, path)
    return Written(toml_file(data_dir, file, faults), "", file, "")


def _of_file(data_dir: Path, original: Written, path: Path, faults: list[Problem]) -> Iterator[Problem]:
    file = name_of(data_dir, path)
    until_then = f"until then visitors read {original.file}, marked as another language."
    if not path.is_file():
        yield Problem(file, "", "is missing.", f"Translate {original.file}; {until_then}")
        return
    translation = _read(data_dir, path, faults)
    # The title of a work elsewhere stays what it is.
    kept = NAMES | {"title"} if path.suffix == ".toml" else NAMES
    for field in untold(original.table, translation.table, kept):
        yield Problem(file, field, "is missing.", f"Say it in this language; {until_then}")
    if translation.table is not None and original.table is not None:
        yield from _of_older_words(original, translation)


def _of_older_words(original: Written, translation: Written) -> Iterator[Problem]:
    if not is_current(original, translation):
        yield outdated(translation.file, translation.table.get(OF), stamp(original.table, original.narrative))
        # In the opening and the notes on sources it is a fault, and told already.
        yield from fitted(original, translation)[1] if original.file.endswith(".md") else ()


def _interface(language: str) -> Iterator[Problem]:
    if language not in words.languages():
        remedy = "Translate the interface's words; until then buttons and menus are in the language of the code."
        yield Problem(f"tour/locale/{language}.po", "", "is missing.", remedy)
