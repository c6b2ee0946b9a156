"""Plain files in, exhibition out: data/ as values, with the problems met while reading."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from tour.content.basemaps import load_maps
from tour.content.documents import (
    EXHIBITION_FILE,
    SOURCES_FILE,
    load_document,
    load_localized,
    load_table,
    relative_name,
)
from tour.content.files import Table
from tour.content.problems import Problem
from tour.content.schema import TableReader
from tour.content.stop_files import slug_of, stop_files
from tour.content.translations import languages, translation_path
from tour.model import Exhibition, Lesson, Source, Status, Stop
from tour.settings import DEFAULT_LANGUAGE

LESSON_FILE = "lesson.md"
Value = TypeVar("Value")
EMPTY_STATUS = Status("", date.min, "", "", "", (), date.min)
EMPTY_TEXTS = dict.fromkeys(("title", "short_title", "subtitle", "introduction"), "")


@dataclass(frozen=True)
class LoadResult:
    """All that could be read; the slugs and ids include what is there but faulty, None if nobody can tell."""

    exhibition: Exhibition
    problems: tuple[Problem, ...]
    slugs: frozenset[str]
    source_ids: frozenset[str] | None
    city_slugs: frozenset[str] | None


def load(data_dir: Path, language: str = DEFAULT_LANGUAGE) -> LoadResult:
    """Everything in `data_dir` that can be read, the stops by number, with translations where there are any."""
    return _Loader(data_dir, language).load()


class _Loader:
    def __init__(self, data_dir: Path, language: str):
        self.data_dir, self.language = data_dir, language
        self.problems: list[Problem] = []

    def load(self) -> LoadResult:
        exhibition = load_table(self.data_dir, EXHIBITION_FILE, self.language, self.problems)
        sources = load_table(self.data_dir, SOURCES_FILE, self.language, self.problems)
        files = stop_files(self.data_dir, self.problems)
        values = {
            "stops": tuple(filter(None, map(self._stop, files))),
            "sources": self._sources(sources or {}),
            "lesson": self._lesson(),
            "maps": load_maps(self.data_dir, self.problems),
            "language": self.language,
            "languages": languages(self.data_dir),
        }
        return LoadResult(
            self._exhibition(exhibition, values),
            tuple(self.problems),
            frozenset(map(slug_of, files)),
            None if sources is None else frozenset(sources),
            None if exhibition is None else _city_slugs(exhibition),
        )

    def _exhibition(self, table: Table | None, values: dict[str, Any]) -> Exhibition:
        """The exhibition with what could be read; a field that couldn't is a problem already and stays empty."""
        reader = TableReader(EXHIBITION_FILE, self.problems)
        fields = values if table is None else reader.valid_fields(Exhibition, table, **values)
        return Exhibition(**{"cities": (), "status": EMPTY_STATUS, **EMPTY_TEXTS, **fields})

    def _sources(self, tables: Table) -> dict[str, Source]:
        path = translation_path(self.data_dir / SOURCES_FILE, self.language)
        translations = load_document(self.data_dir, path, []).table or {}
        reader, sources = TableReader(SOURCES_FILE, self.problems), {}
        for id, table in tables.items():
            translation = translations.get(id)
            has_note = isinstance(translation, dict) and translation.get("note")
            language = self.language if has_note else DEFAULT_LANGUAGE
            sources[id] = reader.read(Source, table, id, id=id, note_language=language)
        return {id: source for id, source in sources.items() if source}

    def _stop(self, path: Path) -> Stop | None:
        file = relative_name(self.data_dir, path)
        return self._read(Stop, path, slug=slug_of(path), city=path.parent.name, file=file)

    def _lesson(self) -> Lesson | None:
        path = self.data_dir / LESSON_FILE
        return self._read(Lesson, path) if path.is_file() else None

    def _read(self, cls: type[Value], path: Path, **values: str) -> Value | None:
        document = load_localized(self.data_dir, path, self.language, self.problems)
        if document.table is None:
            return None
        reader = TableReader(document.file, self.problems)
        if cls is Stop:
            reader.check_narrative(document.narrative)
        return reader.read(cls, document.table, narrative=document.narrative, language=document.language, **values)


def _city_slugs(table: Table) -> frozenset[str]:
    """Slugs of all the cities that are there, faulty or not."""
    tables = table.get("cities")
    slugs = (city.get("slug") for city in tables if isinstance(city, dict)) if isinstance(tables, list) else ()
    return frozenset(slug for slug in slugs if isinstance(slug, str))
