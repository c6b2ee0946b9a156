"""Fields of the content that had another name: read under the new one, and each a problem until it is renamed."""

from collections.abc import Callable
from dataclasses import is_dataclass
from functools import cache
from pathlib import PurePath
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from tour import model
from tour.content.characters import truncate
from tour.content.problems import Problem

FILE_TYPES = {"exhibition": model.Exhibition, "sources": dict[str, model.Source], "lesson": model.Lesson}
HASH_NAMES = {"of": "source_hash"}  # of a translation
RENAMED_FIELDS: dict[type, dict[str, str]] = {
    model.Source: {"seen": "accessed"},
    model.Claim: {"ours": "our_position"},
    model.Event: {"what": "description"},
    model.Region: {"words": "text"},
    model.Prologue: {"words": "text"},
    model.AboutSection: {"words": "text"},
    model.LessonStep: {"words": "text"},
    model.Question: {"words": "text"},
    model.Status: {"words": "quote"},
    model.Redirect: {"was": "old", "now": "new"},
    model.Exhibition: {"renamed": "redirects", "same_names": "synonyms", "streets": "tile_layer", **HASH_NAMES},
    model.Stop: {"pairs": "comparisons", "close_views": "detail_images", **HASH_NAMES},
    model.Lesson: HASH_NAMES,
    dict: HASH_NAMES,  # sources.toml, whose tables are sources
}

_type_hints = cache(get_type_hints)


def with_current_names(table: dict[str, Any], file: str) -> tuple[dict[str, Any], list[Problem]]:
    """The table of a file of that name with its fields by their current names, and what to rename in the file."""
    problems = []

    def add_problem(field: str, old: str, new: str) -> None:
        problems.append(Problem(file, field, f"is called {new} now.", f"Rename it: write {new} in place of {old}."))

    kind = FILE_TYPES.get(PurePath(file).name.partition(".")[0], model.Stop)
    return _renamed(kind, table, "", add_problem), problems


def _renamed(kind: Any, value: Any, field: str, add_problem: Callable[[str, str, str], None]) -> Any:
    kind = get_args(kind)[0] if isinstance(kind, UnionType) else kind
    if get_origin(kind) is tuple and isinstance(value, list):
        inner = get_args(kind)[0]
        return [_renamed(inner, each, f"{field}[{number}]", add_problem) for number, each in enumerate(value, 1)]
    if not isinstance(value, dict) or not (is_dataclass(kind) or get_origin(kind) is dict):
        return value
    renamed, new_names = {}, RENAMED_FIELDS.get(get_origin(kind) or kind, {})
    for name, each in value.items():
        path = ".".join(filter(None, (field, truncate(name))))
        current = new_names.get(name, name)
        if current != name:
            add_problem(path, name, current)
        if current == name or current not in value:
            renamed[current] = _renamed(_kind_of(kind, current), each, path, add_problem)
    return renamed


def _kind_of(kind: Any, name: str) -> Any:
    return _type_hints(kind).get(name) if is_dataclass(kind) else get_args(kind)[1]
