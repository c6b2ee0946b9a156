"""Plain files in, exhibition out: data/ as values, with the problems met while reading."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tour.model import City, Exhibition, Source, Status, Stop
from tour.problems import Problem
from tour.shape import Shape

STOP_FILE = re.compile(r"(?P<number>\d+)-(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)\.md")
FENCE = "+++"


@dataclass(frozen=True)
class Reading:
    """All that could be read; `slugs` and `source_ids` also name what is there but faulty, None if nobody can tell."""

    exhibition: Exhibition
    problems: tuple[Problem, ...]
    slugs: frozenset[str]
    source_ids: frozenset[str] | None
    city_slugs: frozenset[str] | None


def read(data_dir: Path) -> Reading:
    """Everything in `data_dir`, as far as it can be read: the stops by number, whatever their city."""
    problems: list[Problem] = []
    head = _toml_file(data_dir, "exhibition.toml", problems)
    listed = _toml_file(data_dir, "sources.toml", problems)
    cities, status = _cities_and_status(head, problems)
    sources = _sources(listed or {}, problems)
    files = sorted(_stop_files(data_dir, problems), key=_number)
    stops = tuple(filter(None, (_stop(data_dir, file, problems) for file in files)))
    exhibition = _exhibition(head, cities, status, stops, sources, problems)
    return Reading(
        exhibition,
        tuple(problems),
        frozenset(_name(file)["slug"] for file in files),
        None if listed is None else frozenset(listed),
        None if head is None else _named_cities(head),
    )


def _toml_file(data_dir: Path, name: str, problems: list[Problem]) -> dict[str, Any] | None:
    """The file's table; None if it can't be read."""
    path = data_dir / name
    if not path.is_file():
        problems.append(Problem(name, "", "is missing.", f"The exhibition needs a file of this name in {data_dir}."))
        return None
    return _toml(_text(path, name, problems), name, problems)


def _text(path: Path, file: str, problems: list[Problem]) -> str | None:
    try:
        return path.read_text("utf-8-sig")
    except (UnicodeDecodeError, OSError):
        problems.append(Problem(file, "", "can't be read as text.", "Save it as plain text in UTF-8."))
        return None


def _toml(text: str | None, file: str, problems: list[Problem]) -> dict[str, Any] | None:
    try:
        return None if text is None else tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.append(
            Problem(
                file,
                "",
                f"is not valid TOML: {error}.",
                "Look for a missing quotation mark, bracket or equals sign there.",
            )
        )
        return None


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


def _exhibition(head, cities, status, stops, sources, problems: list[Problem]) -> Exhibition:
    """The exhibition with what could be read; a field that couldn't is a problem already and stays empty."""
    shape = Shape("exhibition.toml")
    table = {name: value for name, value in (head or {}).items() if name not in ("cities", "status")}
    given = {"cities": cities, "status": status, "stops": stops, "sources": sources}
    read = shape.read(Exhibition, table, **given) if head is not None else None
    problems.extend(shape.problems)
    return read or Exhibition("", "", "", "", **given)


def _stop_files(data_dir: Path, problems: list[Problem]) -> Iterator[Path]:
    for path in sorted((data_dir / "stops").glob("*/*.md")):
        if STOP_FILE.fullmatch(path.name):
            yield path
        else:
            problems.append(
                Problem(
                    _file(data_dir, path),
                    "",
                    "is not named like a stop.",
                    "Name it by number and slug, like 03-cathedral-ruins.md.",
                )
            )


def _stop(data_dir: Path, path: Path, problems: list[Problem]) -> Stop | None:
    file = _file(data_dir, path)
    fields, narrative = _parts(_text(path, file, problems), file, problems)
    table = _toml(fields, file, problems)
    if table is None:
        return None
    shape = Shape(file)
    if not narrative:
        shape.fault("narrative", "is empty.", "Tell the story below the second +++ line.")
    stop = shape.read(Stop, table, slug=_name(path)["slug"], city=path.parent.name, file=file, narrative=narrative)
    problems.extend(shape.problems)
    return stop


def _parts(text: str | None, file: str, problems: list[Problem]) -> tuple[str | None, str]:
    """The fields between the two +++ lines, and the narrative below them."""
    if text is None:
        return None, ""
    lines = text.splitlines()
    fences = [number for number, line in enumerate(lines) if line.strip() == FENCE]
    if len(fences) < 2 or fences[0] != 0:
        problems.append(
            Problem(
                file,
                "",
                "has no fields between two +++ lines.",
                "Begin with +++, then the fields, then +++, then the narrative.",
            )
        )
        return None, ""
    # The first line stays, empty, so that a fault's line number is the file's own.
    return "\n".join(["", *lines[1 : fences[1]]]), "\n".join(lines[fences[1] + 1 :]).strip()


def _name(path: Path) -> re.Match[str]:
    return STOP_FILE.fullmatch(path.name)


def _number(path: Path) -> tuple[int, str]:
    return int(_name(path)["number"]), path.as_posix()


def _file(data_dir: Path, path: Path) -> str:
    return path.relative_to(data_dir).as_posix()
