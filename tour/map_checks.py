"""What must hold of the drawn maps (GeoJSON): that their lines and names can be drawn."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from tour.drawn import COURSES
from tour.files import text
from tour.model import Exhibition
from tour.problems import Problem
from tour.signs import short, unshowable
from tour.stop_files import is_slug

CONTINENT = "europe"
LARGEST = 3_000_000  # bytes
KIND = re.compile(r"[a-z0-9-]+")
# A credit is HTML of words and links.
CREDIT = re.compile(r"(?:[^<>]|<a href=\"https?://[^\"<>\s]+\">[^<>]*</a>)*")
SAY_CREDIT = 'Write words and links alone, like <a href="https://example.org">name</a>.'
NUMBERS = ("from_zoom", "to_zoom", "angle", "accuracy_m")
TEXTS = ("side", "source")
DEPTH = {"Point": 0, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}

Fault = tuple[str, str, str]


def map_problems(data_dir: Path, exhibition: Exhibition) -> Iterator[Problem]:
    """Problems of the maps of the cities and of the land between them; a map that isn't there is none."""
    for name in dict.fromkeys((CONTINENT, *(city.slug for city in exhibition.cities if is_slug(city.slug)))):
        path = data_dir / "maps" / f"{name}.geojson"
        if path.is_file():
            stamp = path.stat()
            yield from _problems(path, f"maps/{path.name}", stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=64)
def _problems(path: Path, file: str, modified: int, size: int) -> tuple[Problem, ...]:
    problems: list[Problem] = []
    written = text(path, file, problems, LARGEST)
    faults = () if written is None else _faults(written, is_continent=path.stem == CONTINENT)
    return (*problems, *(Problem(file, *fault) for fault in faults))


def _faults(written: str, is_continent: bool) -> Iterator[Fault]:
    try:
        drawn = json.loads(written)
    except json.JSONDecodeError as error:
        line = written.split("\n")[error.lineno - 1]
        remedy = "Look for a missing comma, quotation mark or bracket there or just above."
        yield f"line {error.lineno}", f"can't be read: {short(line)}", remedy
        return
    except (ValueError, RecursionError):
        yield "", "can't be read.", "Save it afresh as GeoJSON from the program that drew it."
        return
    features = drawn.get("features") if isinstance(drawn, dict) else None
    if not isinstance(features, list):
        yield "features", "is missing.", "Save it as a GeoJSON FeatureCollection."
        return
    for name in (name for name in drawn if name.startswith("credit")):
        if not _is_credit(drawn[name]):
            yield short(name), "is not words and links.", SAY_CREDIT
    for number, feature in enumerate(features, 1):
        yield from _feature(feature, f"features[{number}]", is_continent)


def _feature(feature: Any, field: str, is_continent: bool) -> Iterator[Fault]:
    geometry, properties = (
        feature.get(name) if isinstance(feature, dict) else None for name in ("geometry", "properties")
    )
    if not isinstance(geometry, dict) or not isinstance(properties, dict):
        yield field, "has no geometry or no properties.", "Draw it afresh, or take it out."
        return
    yield from _properties(properties, f"{field}.properties", is_named=geometry.get("type") == "Point")
    depth = DEPTH.get(geometry["type"]) if isinstance(geometry.get("type"), str) else None
    if is_continent and properties.get("kind") == "land" and depth != DEPTH["Polygon"]:
        depth = None
    if depth is None:
        remedy = f"Draw it as one of: {', '.join(('Point', *COURSES))}; the land of {CONTINENT} as a Polygon."
        yield f"{field}.geometry.type", f"is {short(str(geometry.get('type')))}.", remedy
    elif not _is_course(geometry.get("coordinates"), depth):
        remedy = "Give each point as [longitude, latitude], in degrees."
        yield f"{field}.geometry.coordinates", "hold what is not a point.", remedy


def _properties(properties: dict[str, Any], field: str, is_named: bool) -> Iterator[Fault]:
    kind = properties.get("kind")
    if not isinstance(kind, str) or not KIND.fullmatch(kind):
        yield f"{field}.kind", "is missing, or no word.", "Say how it is drawn, like water or street."
    if is_named and not isinstance(properties.get("name"), str):
        yield f"{field}.name", "is missing.", "Name what is written there."
    for name, value in properties.items():
        if isinstance(value, str) and unshowable(value):
            yield f"{field}.{short(name)}", "holds a sign that no page can show.", "Type it afresh."
        if name in NUMBERS and not _is_number(value):
            yield f"{field}.{name}", "is not a number.", "Write it without quotation marks."
        elif (name in TEXTS or name.startswith("name_")) and not isinstance(value, str):
            yield f"{field}.{short(name)}", "is not text.", "Write it between quotation marks."


def _is_credit(value: Any) -> bool:
    return isinstance(value, str) and bool(CREDIT.fullmatch(value)) and not unshowable(value)


def _is_course(found: Any, depth: int) -> bool:
    """Whether it is a point, or a list of lists of points so many levels deep, none of them empty."""
    if not isinstance(found, list):
        return False
    if depth:
        return bool(found) and all(_is_course(each, depth - 1) for each in found)
    return len(found) >= 2 and all(map(_is_number, found)) and abs(found[0]) <= 180 and abs(found[1]) <= 90


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9
