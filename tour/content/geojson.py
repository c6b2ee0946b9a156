"""Files of drawn maps, GeoJSON that curators keep in data/maps/: read, and told what keeps them from being drawn."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from tour.content.characters import find_unprintable, truncate
from tour.content.files import read_text
from tour.content.problems import Problem

MAX_BYTES = 3_000_000  # bytes
MAX_REPORTED = 3  # faults told of one file: a map spoilt by a program has thousands
# How deep the points lie in a geometry's coordinates (RFC 7946, section 3.1).
DEPTH = {"Point": 0, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
KIND = re.compile(r"[a-z0-9-]+")
NUMBERS = ("from_zoom", "to_zoom", "angle", "accuracy_m")
TEXTS = ("side", "source")
FeatureCollection = dict[str, Any]
Finding = tuple[str, str, str]  # field, fault, remedy


def read_maps(data_dir: Path, problems: list[Problem]) -> dict[str, FeatureCollection]:
    """Every sound map by its file's name without the ending."""
    paths = sorted((data_dir / "maps").glob("*.geojson"))
    read = {path.stem: _map(path, f"maps/{path.name}", problems) for path in paths}
    return {name: drawn for name, drawn in read.items() if drawn is not None}


def _map(path: Path, file: str, problems: list[Problem]) -> FeatureCollection | None:
    written = read_text(path, file, problems, MAX_BYTES)
    if written is None:
        return None
    drawn, faults = _read(written)
    problems.extend(Problem(file, *fault) for fault in faults)
    return drawn


@lru_cache(maxsize=64)
def _read(written: str) -> tuple[FeatureCollection | None, tuple[Finding, ...]]:
    """Kept, for maps are large and seldom change; nobody may change what was read."""
    try:
        drawn = json.loads(written)
    except json.JSONDecodeError as error:
        line = truncate(written.split("\n")[error.lineno - 1])
        remedy = "Look for a missing comma, quotation mark or bracket there or just above."
        return None, ((f"line {error.lineno}", f"can't be read: {line}" if line else "can't be read.", remedy),)
    except (ValueError, RecursionError):
        return None, (("", "can't be read.", "Save it afresh as GeoJSON from the program that drew it."),)
    faults = tuple(islice(_faults(drawn), MAX_REPORTED))
    return (None if faults else drawn), faults


def _faults(drawn: Any) -> Iterator[Finding]:
    if not isinstance(drawn, dict) or not isinstance(drawn.get("features"), list):
        yield "features", "is missing.", "Save it as a GeoJSON FeatureCollection."
        return
    for name, value in drawn.items():
        if name.startswith("credit") and not _is_text(value):
            remedy = "Say whose data the map shows, like [Natural Earth](https://…)."
            yield name, "is no text that a page can show.", remedy
    for number, feature in enumerate(drawn["features"], 1):
        yield from _feature(feature, f"features[{number}]")


def _feature(feature: Any, field: str) -> Iterator[Finding]:
    if isinstance(feature, dict) and feature.get("type") != "Feature":
        # A browser's map would stop at it, and draw nothing of what follows.
        yield f"{field}.type", f"is {truncate(str(feature.get('type')))}.", "Write “Feature” there, as GeoJSON asks."
    geometry, properties = (
        feature.get(name) if isinstance(feature, dict) else None for name in ("geometry", "properties")
    )
    if not isinstance(geometry, dict) or not isinstance(properties, dict):
        yield field, "has no geometry or no properties.", "Draw it afresh, or take it out."
        return
    yield from _properties(properties, f"{field}.properties", is_named=geometry.get("type") == "Point")
    depth = DEPTH.get(geometry["type"]) if isinstance(geometry.get("type"), str) else None
    if depth is None:
        remedy = f"Draw it as one of: {', '.join(DEPTH)}."
        yield f"{field}.geometry.type", f"is {truncate(str(geometry.get('type')))}.", remedy
    elif not _is_coordinates(geometry.get("coordinates"), depth):
        remedy = "Give each point as [longitude, latitude], in degrees."
        yield f"{field}.geometry.coordinates", "hold what is not a point.", remedy


def _properties(properties: dict[str, Any], field: str, is_named: bool) -> Iterator[Finding]:
    kind = properties.get("kind")
    if not isinstance(kind, str) or not KIND.fullmatch(kind):
        yield f"{field}.kind", "is missing, or no word.", "Say how it is drawn, like water or street."
    if is_named and not isinstance(properties.get("name"), str):
        yield f"{field}.name", "is missing.", "Name what is written there."
    for name, value in properties.items():
        if isinstance(value, str) and find_unprintable(value):
            yield f"{field}.{truncate(name)}", "holds a sign that no page can show.", "Type it afresh."
        if name in NUMBERS and not _is_number(value):
            yield f"{field}.{name}", "is not a number.", "Write it without quotation marks."
        elif (name in TEXTS or name.startswith("name_")) and not isinstance(value, str):
            yield f"{field}.{truncate(name)}", "is not text.", "Write it between quotation marks."


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and not find_unprintable(value)


def _is_coordinates(found: Any, depth: int) -> bool:
    """Whether it is a point, or a list of lists of points so many levels deep, none of them empty."""
    if not isinstance(found, list):
        return False
    if depth:
        return bool(found) and all(_is_coordinates(each, depth - 1) for each in found)
    return len(found) >= 2 and all(map(_is_number, found)) and abs(found[0]) <= 180 and abs(found[1]) <= 90


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9
