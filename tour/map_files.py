"""Files of drawn maps, GeoJSON that curators keep in data/maps/, read and told what is wrong with them."""

import json
import math
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from tour.files import text
from tour.problems import Problem

# How deep the points lie in a geometry's coordinates (RFC 7946, section 3.1).
DEPTHS = {"Point": 0, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
KIND = re.compile(r"[a-z][a-z-]*")
ENOUGH = 3  # faults told of one file: a map spoilt by a program has thousands
DrawnMap = dict[str, Any]


def read_maps(data_dir: Path, problems: list[Problem]) -> dict[str, DrawnMap]:
    """Every sound map by its file's name without the ending."""
    paths = sorted((data_dir / "maps").glob("*.geojson"))
    read = {path.stem: _map(path, f"maps/{path.name}", problems) for path in paths}
    return {name: drawn for name, drawn in read.items() if drawn is not None}


def _map(path: Path, file: str, problems: list[Problem]) -> DrawnMap | None:
    written = text(path, file, problems)
    if written is None:
        return None
    drawn, faults = _parsed(file, written)
    problems.extend(faults)
    return drawn


@lru_cache(maxsize=64)
def _parsed(file: str, written: str) -> tuple[DrawnMap | None, tuple[Problem, ...]]:
    """Kept, for maps are large and seldom change."""
    try:
        drawn = json.loads(written)
    except (ValueError, RecursionError) as error:
        remedy = "Write it anew with a program for maps."
        return None, (Problem(file, "", f"is not valid JSON: {error}.", remedy),)
    faults = tuple(islice(_faults(file, drawn), ENOUGH))
    return (None if faults else drawn), faults


def _faults(file: str, drawn: Any) -> Iterator[Problem]:
    if not isinstance(drawn, dict) or not isinstance(drawn.get("features"), list):
        yield Problem(file, "features", "is missing.", "A map is a GeoJSON FeatureCollection.")
        return
    for name, value in drawn.items():
        if name.startswith("credit") and not isinstance(value, str):
            yield Problem(file, name, "is not text.", "Say whose data the map shows, like [Natural Earth](https://…).")
    for number, feature in enumerate(drawn["features"], 1):
        yield from _feature_faults(file, f"features[{number}]", feature)


def _feature_faults(file: str, field: str, feature: Any) -> Iterator[Problem]:
    geometry, properties = (_table(_table(feature).get(name)) for name in ("geometry", "properties"))
    kind = geometry.get("type")
    if kind not in DEPTHS:
        yield Problem(file, f"{field}.geometry", "can't be drawn.", f"Make it one of: {', '.join(DEPTHS)}.")
    elif not _are_points(geometry.get("coordinates"), DEPTHS[kind]):
        remedy = "Each point is longitude and latitude in degrees, the longitude first."
        yield Problem(file, f"{field}.geometry.coordinates", f"are not those of a {kind}.", remedy)
    if not KIND.fullmatch(str(properties.get("kind"))):
        yield Problem(file, f"{field}.properties.kind", "is missing.", "Say what is drawn, like water or street.")
    if kind == "Point" and not isinstance(properties.get("name"), str):
        yield Problem(file, f"{field}.properties.name", "is missing.", "Say what the map should write there.")
    for name in ("from_zoom", "to_zoom", "angle"):
        if name in properties and not _is_number(properties[name]):
            yield Problem(file, f"{field}.properties.{name}", "is not a number.", "Write it without quotation marks.")


def _are_points(found: Any, depth: int) -> bool:
    """Whether it is one point, or a list of such as are a level less deep; a drawn line has two points or more."""
    if depth:
        least = 2 if depth == 1 else 1
        return isinstance(found, list) and len(found) >= least and all(_are_points(each, depth - 1) for each in found)
    return (
        isinstance(found, list)
        and len(found) in (2, 3)
        and all(map(_is_number, found))
        and abs(found[0]) <= 180
        and abs(found[1]) <= 90
    )


def _is_number(found: Any) -> bool:
    return isinstance(found, int | float) and not isinstance(found, bool) and math.isfinite(found)


def _table(found: Any) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}
