"""Plain files in, exhibition out: data/ as values, with the problems met while reading."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tour.addresses import DEFAULT_LANGUAGE
from tour.files import parts, text, toml, toml_file
from tour.markup import CITATION
from tour.model import City, Exhibition, Source, Status, Stop
from tour.problems import Problem
from tour.shape import Shape
from tour.translations import OF, beside, laid_over, languages, outdated, stamp

STOP_FILE = re.compile(r"(?P<number>\d+)-(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)\.md")
# Its words in another language: 03-cathedral-ruins.ru.md.
TRANSLATION_FILE = re.compile(r"(?P<original>[^.]+)\.(?P<language>[a-z]{2,3})\.md")


@dataclass(frozen=True)
class Reading:
    """All that could be read; `slugs` and `source_ids` also name what is there but faulty, None if nobody can tell."""

    exhibition: Exhibition
    problems: tuple[Problem, ...]
    slugs: frozenset[str]
    source_ids: frozenset[str] | None
    city_slugs: frozenset[str] | None


def read(data_dir: Path, language: str = DEFAULT_LANGUAGE) -> Reading:
    """Everything in `data_dir`, as far as it can be read: the stops by number, whatever their city.

    In another language than the original's its words lie over those of the original, wherever there are any.
    """
    problems: list[Problem] = []
    head = _in_language(data_dir, "exhibition.toml", language, problems)
    listed = _in_language(data_dir, "sources.toml", language, problems)
    cities, status = _cities_and_status(head, problems)
    sources = _sources(listed or {}, problems)
    files = sorted(_stop_files(data_dir, problems), key=_number)
    stops = tuple(filter(None, (_stop(data_dir, file, language, problems) for file in files)))
    given = {"cities": cities, "status": status, "stops": stops, "sources": sources}
    spoken = {"language": language, "languages": languages(data_dir)}
    exhibition = _exhibition(head, given | spoken, problems)
    return Reading(
        exhibition,
        tuple(problems),
        frozenset(_name(file)["slug"] for file in files),
        None if listed is None else frozenset(listed),
        None if head is None else _named_cities(head),
    )


def _in_language(data_dir: Path, name: str, language: str, problems: list[Problem]) -> dict[str, Any] | None:
    """The file's table with its words in that language, if there are any."""
    table, path = toml_file(data_dir, name, problems), beside(data_dir / name, language)
    if table is None or language == DEFAULT_LANGUAGE or not path.is_file():
        return table
    words = toml_file(data_dir, path.name, problems)
    shape = Shape(path.name)
    table = laid_over(table, words or {}, shape)
    problems.extend(shape.problems)
    return table


def _cities_and_status(head: dict[str, Any] | None, problems: list[Problem]) -> tuple[tuple[City, ...], Status | None]:
    if head is None:
        return (), None
    shape = Shape("exhibition.toml")
    listed = head.get("cities", [])
    if not isinstance(listed, list) or not listed:
        shape.fault("cities", "is missing.", "Add at least one city, under [[cities]].")
        listed = []
    cities = [shape.read(City, table, f"cities[{number}]") for number, table in enumerate(listed, 1)]
    if "status" not in head:
        shape.fault("status", "is missing.", "Add the notice of how the twinning stands, under [status].")
    status = shape.read(Status, head["status"], "status") if "status" in head else None
    problems.extend(shape.problems)
    return tuple(filter(None, cities)), status


def _named_cities(head: dict[str, Any]) -> frozenset[str]:
    """Slugs of all the cities that are there, faulty or not."""
    listed = head.get("cities")
    tables = listed if isinstance(listed, list) else []
    return frozenset(
        table["slug"] for table in tables if isinstance(table, dict) and isinstance(table.get("slug"), str)
    )


def _sources(listed: dict[str, Any], problems: list[Problem]) -> dict[str, Source]:
    shape = Shape("sources.toml")
    read = {name: shape.read(Source, table, name, id=name) for name, table in listed.items()}
    problems.extend(shape.problems)
    return {name: source for name, source in read.items() if source}


def _exhibition(head: dict[str, Any] | None, given: dict[str, Any], problems: list[Problem]) -> Exhibition:
    """The exhibition with what could be read; a field that couldn't is a problem already and stays empty."""
    shape = Shape("exhibition.toml")
    table = {name: value for name, value in (head or {}).items() if name not in ("cities", "status")}
    read = shape.read(Exhibition, table, **given) if head is not None else None
    problems.extend(shape.problems)
    return read or Exhibition("", "", "", "", **given)


def _stop_files(data_dir: Path, problems: list[Problem]) -> Iterator[Path]:
    for path in sorted((data_dir / "stops").glob("*/*.md")):
        translation = TRANSLATION_FILE.fullmatch(path.name)
        if STOP_FILE.fullmatch(path.name):
            yield path
        elif translation and path.with_name(f"{translation['original']}.md").is_file():
            continue
        else:
            problems.append(
                Problem(
                    _file(data_dir, path),
                    "",
                    "is not named like a stop.",
                    "Name it by number and slug, like 03-cathedral-ruins.md.",
                )
            )


def _stop(data_dir: Path, path: Path, language: str, problems: list[Problem]) -> Stop | None:
    file = _file(data_dir, path)
    table, narrative = _fields_and_narrative(path, file, problems)
    if table is None:
        return None
    given = {"slug": _name(path)["slug"], "city": path.parent.name, "file": file, "language": DEFAULT_LANGUAGE}
    translation = beside(path, language)
    if language != DEFAULT_LANGUAGE and translation.is_file():
        file, given["language"] = _file(data_dir, translation), language
        table, narrative = _translated(table, narrative, translation, file, problems)
    shape = Shape(file)
    if not narrative:
        shape.fault("narrative", "is empty.", "Tell the story below the second +++ line.")
    stop = shape.read(Stop, table, narrative=narrative, **given)
    problems.extend(shape.problems)
    return stop


def _translated(table: dict[str, Any], narrative: str, path: Path, file: str, problems: list[Problem]) -> tuple:
    """The stop's fields and narrative with the words of that file."""
    words, told = _fields_and_narrative(path, file, problems)
    shape = Shape(file)
    table = laid_over(table, words or {}, shape)
    if Counter(CITATION.findall(narrative)) != Counter(CITATION.findall(told)):
        shape.fault(
            "narrative", "doesn't cite what the original cites.", "Give each statement the source that it has there."
        )
    problems.extend(shape.problems)
    return table, told


def _fields_and_narrative(path: Path, file: str, problems: list[Problem]) -> tuple[dict[str, Any] | None, str]:
    fields, narrative = parts(text(path, file, problems), file, problems)
    return toml(fields, file, problems), narrative


def _name(path: Path) -> re.Match[str]:
    return STOP_FILE.fullmatch(path.name)


def _number(path: Path) -> tuple[int, str]:
    return int(_name(path)["number"]), path.as_posix()


def _file(data_dir: Path, path: Path) -> str:
    return path.relative_to(data_dir).as_posix()


def remarks(data_dir: Path) -> Iterator[Problem]:
    """Translations that are missing or older than their originals: a visitor is served all the same."""
    faults: list[Problem] = []
    originals = {name: (toml_file(data_dir, name, faults), "") for name in ("exhibition.toml", "sources.toml")}
    for path in sorted(_stop_files(data_dir, faults), key=_number):
        originals[_file(data_dir, path)] = _fields_and_narrative(path, path.name, faults)
    for language in languages(data_dir)[1:]:
        for name, (table, narrative) in originals.items():
            path = beside(data_dir / name, language)
            if not path.is_file():
                remedy = f"Translate {name}; until then visitors read that, marked as another language."
                yield Problem(_file(data_dir, path), "", "is missing.", remedy)
            else:
                yield from outdated(_file(data_dir, path), _of(path, faults), stamp(table, narrative))


def _of(path: Path, faults: list[Problem]) -> str | None:
    """Which words of the original the file says it is a translation of."""
    is_stop = path.suffix == ".md"
    table = _fields_and_narrative(path, path.name, faults)[0] if is_stop else toml_file(path.parent, path.name, faults)
    return (table or {}).get(OF)
