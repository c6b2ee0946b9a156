"""Fields that had another name: read under the current one, and a problem until the curator renames them."""

from dataclasses import is_dataclass
from pathlib import PurePath
from typing import get_args, get_origin

from tour import model
from tour.content.characters import truncate
from tour.content.files import Table
from tour.content.problems import Problem
from tour.content.schema import field_types

FILE_TYPES: dict[str, type] = {
    "exhibition": model.Exhibition,
    "sources": dict[str, model.Source],
    "lesson": model.Lesson,
}
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
    model.TileLayer: {"on": "visible"},
    model.Redirect: {"was": "old", "now": "new"},
    model.Exhibition: {"renamed": "redirects", "same_names": "synonyms", "streets": "tile_layer", **HASH_NAMES},
    model.Stop: {"pairs": "comparisons", "close_views": "detail_images", **HASH_NAMES},
    model.Lesson: HASH_NAMES,
    dict: HASH_NAMES,  # sources.toml, whose tables are sources
}


def with_current_names(table: Table, file: str, problems: list[Problem]) -> Table:
    """The table of a file of that name with its fields by their current names; adds each old name to `problems`."""
    cls = FILE_TYPES.get(PurePath(file).name.partition(".")[0], model.Stop)
    return _renamed_table(cls, table, "", file, problems)


def _renamed(cls: type, value: object, field: str, file: str, problems: list[Problem]) -> object:
    if get_origin(cls) is tuple and isinstance(value, list):
        inner = get_args(cls)[0]
        return [_renamed(inner, entry, f"{field}[{n}]", file, problems) for n, entry in enumerate(value, 1)]
    if isinstance(value, dict) and (is_dataclass(cls) or get_origin(cls) is dict):
        return _renamed_table(cls, value, field, file, problems)
    return value


def _renamed_table(cls: type, value: Table, field: str, file: str, problems: list[Problem]) -> Table:
    table = {}
    for old, entry in value.items():
        path, name = ".".join(filter(None, (field, truncate(old)))), _current_name(cls, old, entry, file)
        if name != old and name in value:
            message = f"is called {name} now, and stands there by that name too."
            problems.append(Problem(file, path, message, f"Take {old} out."))
            continue
        if name != old:
            hint = f"Rename it: write {name} in place of {old}."
            problems.append(Problem(file, path, f"is called {name} now.", hint))
        inner = field_types(cls).get(name, object) if is_dataclass(cls) else get_args(cls)[1]
        table[name] = _renamed(inner, entry, path, file, problems)
    return table


def _current_name(cls: type, name: str, entry: object, file: str) -> str:
    # An original has no hash, and a table is no hash: it may be a source of that id.
    if name in HASH_NAMES and (isinstance(entry, dict) or "." not in PurePath(file).stem):
        return name
    return RENAMED_FIELDS.get(get_origin(cls) or cls, {}).get(name, name)
