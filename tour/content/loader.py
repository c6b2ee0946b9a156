"""Plain files in, exhibition out: data/ as values, with the problems met while reading."""

from dataclasses import dataclass
from pathlib import Path

from tour.content.documents import Table, load_localized, load_table, relative_name
from tour.content.files import read_toml
from tour.content.geojson import read_maps
from tour.content.problems import Problem
from tour.content.schema import TableReader
from tour.content.stop_files import slug_of, stop_files
from tour.content.translations import languages, translation_path
from tour.model import City, Exhibition, Lesson, Source, Status, Stop
from tour.urls import DEFAULT_LANGUAGE

LESSON_FILE = "lesson.md"


@dataclass(frozen=True)
class LoadResult:
    """All that could be read; `slugs` and `source_ids` also name what is there but faulty, None if nobody can tell."""

    exhibition: Exhibition
    problems: tuple[Problem, ...]
    slugs: frozenset[str]
    source_ids: frozenset[str] | None
    city_slugs: frozenset[str] | None


def load(data_dir: Path, language: str = DEFAULT_LANGUAGE) -> LoadResult:
    """Everything in `data_dir`, as far as it can be read: the stops by number, whatever their city.

    In another language than the original's its words lie over those of the original, wherever there are any.
    """
    problems: list[Problem] = []
    opening = load_table(data_dir, "exhibition.toml", language, problems)
    listed = load_table(data_dir, "sources.toml", language, problems)
    cities, status = _cities_and_status(opening, problems)
    sources = _sources(listed or {}, _with_notes(data_dir, language), language, problems)
    files = stop_files(data_dir, problems)
    stops = tuple(filter(None, (_stop(data_dir, file, language, problems) for file in files)))
    given = {
        "cities": cities,
        "status": status,
        "stops": stops,
        "sources": sources,
        "lesson": _lesson(data_dir, language, problems),
        "maps": read_maps(data_dir, problems),
        "language": language,
        "languages": languages(data_dir),
    }
    exhibition = _exhibition(opening, given, problems)
    return LoadResult(
        exhibition,
        tuple(problems),
        frozenset(slug_of(file) for file in files),
        None if listed is None else frozenset(listed),
        None if opening is None else _named_cities(opening),
    )


def _cities_and_status(opening: Table | None, problems: list[Problem]) -> tuple[tuple[City, ...], Status | None]:
    if opening is None:
        return (), None
    shape = TableReader("exhibition.toml")
    listed = opening.get("cities") or []
    if isinstance(listed, dict):
        shape.fault(
            "cities", "is one table, not a list of them.", "Head each with [[cities]], in double square brackets."
        )
    elif not isinstance(listed, list) or not listed:
        shape.fault("cities", "is missing.", "Add at least one city, under [[cities]].")
    listed = listed if isinstance(listed, list) else []
    cities = [shape.read(City, table, f"cities[{number}]") for number, table in enumerate(listed, 1)]
    if "status" not in opening:
        shape.fault("status", "is missing.", "Add the notice of how things stand, under [status].")
    status = shape.read(Status, opening["status"], "status") if "status" in opening else None
    problems.extend(shape.problems)
    return tuple(filter(None, cities)), status


def _named_cities(opening: Table) -> frozenset[str]:
    """Slugs of all the cities that are there, faulty or not."""
    listed = opening.get("cities")
    tables = listed if isinstance(listed, list) else []
    return frozenset(
        table["slug"] for table in tables if isinstance(table, dict) and isinstance(table.get("slug"), str)
    )


def _with_notes(data_dir: Path, language: str) -> set[str]:
    """The ids of sources whose note is said in that language."""
    words = read_toml(data_dir, translation_path(Path("sources.toml"), language).name, []) or {}
    return {id for id, said in words.items() if isinstance(said, dict) and said.get("note")}


def _sources(listed: Table, noted: set[str], language: str, problems: list[Problem]) -> dict[str, Source]:
    shape, read = TableReader("sources.toml"), {}
    for id, table in listed.items():
        speaks = language if id in noted else DEFAULT_LANGUAGE
        read[id] = shape.read(Source, table, id, id=id, note_language=speaks)
    problems.extend(shape.problems)
    return {name: source for name, source in read.items() if source}


def _exhibition(opening: Table | None, given: Table, problems: list[Problem]) -> Exhibition:
    """The exhibition with what could be read; a field that couldn't is a problem already and stays empty."""
    shape = TableReader("exhibition.toml")
    table = {name: value for name, value in (opening or {}).items() if name not in ("cities", "status")}
    read = shape.read(Exhibition, table, **given) if opening is not None else None
    problems.extend(shape.problems)
    return read or Exhibition("", "", "", "", **given)


def _stop(data_dir: Path, path: Path, language: str, problems: list[Problem]) -> Stop | None:
    written = load_localized(data_dir, path, language, problems)
    if written.table is None:
        return None
    given = {"slug": slug_of(path), "city": path.parent.name, "file": relative_name(data_dir, path)}
    shape = TableReader(written.file)
    if not written.narrative:
        shape.fault("narrative", "is empty.", "Tell the story below the second +++ line.")
    stop = shape.read(Stop, written.table, narrative=written.narrative, language=written.language, **given)
    problems.extend(shape.problems)
    return stop


def _lesson(data_dir: Path, language: str, problems: list[Problem]) -> Lesson | None:
    path = data_dir / LESSON_FILE
    if not path.is_file():
        return None
    written = load_localized(data_dir, path, language, problems)
    shape = TableReader(written.file)
    lesson = shape.read(Lesson, written.table or {}, narrative=written.narrative, language=written.language)
    problems.extend(shape.problems if written.table is not None else ())
    return lesson
