"""Drawn maps: GeoJSON files (RFC 7946) that curators keep in data/maps/, and what is wrong with them."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from tour.content.characters import find_unprintable, truncate
from tour.content.files import read_text
from tour.content.problems import ContentError, Finding, Problem, in_file
from tour.model import FeatureCollection

MAX_BYTES = 3_000_000
MAX_REPORTED = 3  # problems of one file: a map that a program wrote wrongly has thousands
# How deep the points lie in a geometry's coordinates (RFC 7946, section 3.1).
DEPTH = {"Point": 0, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
KIND = re.compile(r"[a-z0-9-]+")
NUMBERS = ("from_zoom", "to_zoom", "angle", "accuracy_m")
TEXTS = ("side", "source")


def load_maps(data_dir: Path, problems: list[Problem]) -> dict[str, FeatureCollection]:
    """Every valid map by its file's name without the ending; adds to `problems`."""
    maps = {}
    # Editors and systems keep hidden files of their own beside those that they write.
    for path in sorted((data_dir / "maps").glob("[!.]*.geojson")):
        file = f"maps/{path.name}"
        try:
            collection, findings = _parsed(read_text(path, file, MAX_BYTES))
        except ContentError as error:
            problems.extend(error.problems)
            continue
        problems.extend(in_file(file, findings))
        if not findings:
            maps[path.stem] = collection
    return maps


@lru_cache(maxsize=64)
def _parsed(text: str) -> tuple[FeatureCollection, tuple[Finding, ...]]:
    """Cached, for maps are large and seldom change: nobody may change the result."""
    try:
        collection = json.loads(text)
    except json.JSONDecodeError as error:
        line = truncate(text.split("\n")[error.lineno - 1])
        hint = "Look for a missing comma, quotation mark or bracket there or just above."
        return {}, ((f"line {error.lineno}", f"can't be read: {line}" if line else "can't be read.", hint),)
    except (ValueError, RecursionError):
        return {}, (("", "can't be read.", "Save it afresh as GeoJSON from the program that drew it."),)
    return collection, tuple(islice(_findings(collection), MAX_REPORTED))


def _findings(collection: object) -> Iterator[Finding]:
    if not isinstance(collection, dict) or not isinstance(collection.get("features"), list):
        yield "features", "is missing.", "Save it as a GeoJSON FeatureCollection."
        return
    for name, value in collection.items():
        if name.startswith("credit") and not (isinstance(value, str) and not find_unprintable(value)):
            hint = "Say whose data the map shows, like [Natural Earth](https://…)."
            yield name, "is no text that a page can show.", hint
    for number, feature in enumerate(collection["features"], 1):
        yield from _feature_findings(feature, f"features[{number}]")


def _feature_findings(feature: object, field: str) -> Iterator[Finding]:
    feature = feature if isinstance(feature, dict) else {"type": "Feature"}
    # A browser's map would stop at it, and draw nothing of what follows.
    if feature.get("type") != "Feature":
        yield f"{field}.type", f"is {truncate(str(feature.get('type')))}.", "Write “Feature” there, as GeoJSON asks."
    geometry, properties = feature.get("geometry"), feature.get("properties")
    if not isinstance(geometry, dict) or not isinstance(properties, dict):
        yield field, "has no geometry or no properties.", "Draw it afresh, or take it out."
        return
    geometry_type = geometry.get("type")
    yield from _property_findings(properties, f"{field}.properties", has_name=geometry_type == "Point")
    depth = DEPTH.get(geometry_type) if isinstance(geometry_type, str) else None
    if depth is None:
        yield f"{field}.geometry.type", f"is {truncate(str(geometry_type))}.", f"Draw it as one of: {', '.join(DEPTH)}."
    elif not _is_coordinates(geometry.get("coordinates"), depth):
        hint = "Give each point as [longitude, latitude], in degrees."
        yield f"{field}.geometry.coordinates", "hold what is not a point.", hint


def _property_findings(properties: dict[str, object], field: str, has_name: bool) -> Iterator[Finding]:
    kind = properties.get("kind")
    if not isinstance(kind, str) or not KIND.fullmatch(kind):
        yield f"{field}.kind", "is missing, or no word.", "Say how it is drawn, like water or street."
    if has_name and not isinstance(properties.get("name"), str):
        yield f"{field}.name", "is missing.", "Name what is written there."
    for name, value in properties.items():
        if isinstance(value, str) and find_unprintable(value):
            yield f"{field}.{truncate(name)}", "holds a sign that no page can show.", "Type it afresh."
        if name in NUMBERS and not _is_number(value):
            yield f"{field}.{name}", "is not a number.", "Write it without quotation marks."
        elif (name in TEXTS or name.startswith("name_")) and not isinstance(value, str):
            yield f"{field}.{truncate(name)}", "is not text.", "Write it between quotation marks."


def _is_coordinates(value: object, depth: int) -> bool:
    """Whether it is a point (longitude, latitude), or a list of lists of points so many levels deep, none empty."""
    if not isinstance(value, list):
        return False
    if depth:
        return bool(value) and all(_is_coordinates(inner, depth - 1) for inner in value)
    return len(value) >= 2 and all(map(_is_number, value)) and abs(value[0]) <= 180 and abs(value[1]) <= 90


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9
