"""The files of stops: which they are, their order, and which have a wrong name."""

import re
from collections.abc import Iterator
from pathlib import Path

from tour.content.problems import Finding, Problem, in_file

FOLDER = "stops"
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
STOP_FILE = re.compile(rf"(?P<number>[0-9]+)-(?P<slug>{SLUG.pattern})\.md")
TRANSLATION_FILE = re.compile(r"(?P<original>[^.]+)\.(?P<language>[a-z]{2,3})\.md")  # 03-name.ru.md
WORD_PROCESSOR_SUFFIXES = frozenset({".rtf", ".doc", ".docx", ".odt"})
# What an editor may make of a stop's name; a file with any other ending, or such a beginning, is ignored.
SUFFIXES = frozenset({".md", ".markdown", ".txt", ".toml", *WORD_PROCESSOR_SUFFIXES})
IGNORED_PREFIXES = (".", "~", "README")
MAX_NUMBER = 9999
MAX_SLUG_LENGTH = 80  # characters: a disk limits the names of files that are made of a slug
LANGUAGE_CODE = re.compile("[A-Za-z]{2,3}")
NAMING_HINT = "Name it by number and slug, like 03-name.md."


def stop_files(data_dir: Path, problems: list[Problem]) -> list[Path]:
    """The files of stops in the order of the tour, the original's alone; adds to `problems`."""
    files = []
    for path in sorted((data_dir / FOLDER).rglob("*")):
        if path.suffix.lower() not in SUFFIXES or path.name.startswith(IGNORED_PREFIXES):
            continue
        findings = [*_place_findings(data_dir, path)] or [*_name_findings(path)]
        problems.extend(in_file(path.relative_to(data_dir).as_posix(), findings))
        if not findings and STOP_FILE.fullmatch(path.name):
            files.append(path)
    return sorted(files, key=lambda path: (number_of(path), path.as_posix()))


def is_slug(text: str) -> bool:
    """Whether it can be a part of a URL and of a file's name."""
    return bool(SLUG.fullmatch(text)) and len(text) <= MAX_SLUG_LENGTH


def slug_of(path: Path) -> str:
    """What follows the number in the name of a stop's file."""
    return path.stem.partition("-")[2]


def number_of(path: Path) -> int:
    return int(path.name.partition("-")[0])


def filename_problems(file: str) -> Iterator[Problem]:
    """What is wrong with the name of a stop's file, which is relative to data/."""
    return in_file(file, _name_findings(Path(file)))


def _place_findings(data_dir: Path, path: Path) -> Iterator[Finding]:
    if path.parent.parent != data_dir / FOLDER:
        yield "", "doesn't lie in a city's folder.", f"Move it into its city's, in {FOLDER}/."


def _name_findings(path: Path) -> Iterator[Finding]:
    if translation := TRANSLATION_FILE.fullmatch(path.name):
        original = path.with_name(f"{translation['original']}.md")
        if not original.is_file():
            hint = "Rename it after the stop that it translates, or put the original beside it."
            yield "", f"translates {original.name}, which is missing.", hint
    elif not STOP_FILE.fullmatch(path.name):
        yield "", "is not named like a stop.", _naming_hint(path.name)
    elif not 1 <= number_of(path) <= MAX_NUMBER:
        yield "", f"has the number {number_of(path)}.", f"Number the stops from 1 on, to {MAX_NUMBER} at most."
    elif not is_slug(slug_of(path)):
        hint = f"Give it a name of {MAX_SLUG_LENGTH} at most: it is an address."
        yield "slug", f"has {len(slug_of(path))} letters.", hint


def _naming_hint(name: str) -> str:
    """The same name as it should be, where that can be told."""
    stem, *suffixes = name.split(".")
    slug = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")
    language = f".{suffixes[0].lower()}" if len(suffixes) == 2 and LANGUAGE_CODE.fullmatch(suffixes[0]) else ""
    if not stem.isascii() or not STOP_FILE.fullmatch(f"{slug}.md"):
        return NAMING_HINT
    verb = "Save its words as plain text in" if f".{suffixes[-1]}" in WORD_PROCESSOR_SUFFIXES else "Rename it"
    return f"{verb} {slug}{language}.md."
