"""The files of stops: which they are, in which order, and which are not named as they should be."""

import re
from collections.abc import Iterator
from pathlib import Path

from tour.content.problems import Problem

FOLDER = "stops"
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
STOP_FILE = re.compile(rf"(?P<number>[0-9]+)-(?P<slug>{SLUG.pattern})\.md")
# Words in another language: 03-name.ru.md.
TRANSLATION_FILE = re.compile(r"(?P<original>[^.]+)\.(?P<language>[a-z]{2,3})\.md")
WORD_PROCESSOR_SUFFIXES = frozenset({".rtf", ".doc", ".docx", ".odt"})
# What an editor may make of a stop's name; a file with any other ending, or such a beginning, is nobody's stop.
ENDINGS = frozenset({".md", ".markdown", ".txt", ".toml", *WORD_PROCESSOR_SUFFIXES})
IGNORED_PREFIXES = (".", "~", "README")
MAX_NUMBER = 9999  # the highest number
MAX_SLUG_LENGTH = 80  # letters of a slug: the names of files that are made of it must not grow too long for a disk
LANGUAGE_CODE = re.compile("[A-Za-z]{2,3}")
NAMING_HINT = "Name it by number and slug, like 03-name.md."

Finding = tuple[str, str, str]  # field, fault, remedy


def stop_files(data_dir: Path, problems: list[Problem]) -> list[Path]:
    """The files of stops in the order of the tour, the original's alone."""
    return sorted(_stop_files(data_dir, problems), key=_order)


def is_slug(words: str) -> bool:
    """Whether it can be a part of an address and of a file's name."""
    return bool(SLUG.fullmatch(words)) and len(words) <= MAX_SLUG_LENGTH


def slug_of(path: Path) -> str:
    """The slug in the name of a stop's file."""
    return STOP_FILE.fullmatch(path.name)["slug"]


def number_of(path: Path) -> int:
    """The number in it."""
    return int(STOP_FILE.fullmatch(path.name)["number"])


def filename_problems(file: str) -> Iterator[Problem]:
    """What is wrong with the name of a stop's file, relative to data/."""
    told = _misnamed(Path(file))
    yield from [Problem(file, *told)] if told else []


def _stop_files(data_dir: Path, problems: list[Problem]) -> Iterator[Path]:
    for path in sorted((data_dir / FOLDER).rglob("*")):
        if path.suffix.lower() not in ENDINGS or path.name.startswith(IGNORED_PREFIXES):
            continue
        file = path.relative_to(data_dir).as_posix()
        if told := _misplaced(data_dir, path) or _misnamed(path):
            problems.append(Problem(file, *told))
        elif STOP_FILE.fullmatch(path.name):
            yield path


def _misplaced(data_dir: Path, path: Path) -> Finding | None:
    is_in_a_city = path.parent.parent == data_dir / FOLDER
    return None if is_in_a_city else ("", "doesn't lie in a city's folder.", f"Move it into its city's, in {FOLDER}/.")


def _misnamed(path: Path) -> Finding | None:
    """What is wrong with a file's name."""
    if translation := TRANSLATION_FILE.fullmatch(path.name):
        return _orphan_translation(path.with_name(f"{translation['original']}.md"))
    if not STOP_FILE.fullmatch(path.name):
        return "", "is not named like a stop.", _suggestion(path.name)
    if not 1 <= number_of(path) <= MAX_NUMBER:
        return "", f"has the number {number_of(path)}.", f"Number the stops from 1 on, to {MAX_NUMBER} at most."
    if not is_slug(slug_of(path)):
        return (
            "slug",
            f"has {len(slug_of(path))} letters.",
            f"Give it a name of {MAX_SLUG_LENGTH} at most: it is an address.",
        )
    return None


def _orphan_translation(original: Path) -> Finding | None:
    """What is wrong with a translation of that file, if it isn't there."""
    remedy = "Rename it after the stop that it translates, or put the original beside it."
    return None if original.is_file() else ("", f"translates {original.name}, which is missing.", remedy)


def _suggestion(name: str) -> str:
    """The remedy: the same name as it should be, where it can be told."""
    stem, *endings = name.split(".")
    slug = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")
    language = f".{endings[0].lower()}" if len(endings) == 2 and LANGUAGE_CODE.fullmatch(endings[0]) else ""
    if not stem.isascii() or not STOP_FILE.fullmatch(f"{slug}.md"):
        return NAMING_HINT
    verb = "Save its words as plain text in" if f".{endings[-1]}" in WORD_PROCESSOR_SUFFIXES else "Rename it"
    return f"{verb} {slug}{language}.md."


def _order(path: Path) -> tuple[int, str]:
    return number_of(path), path.as_posix()
