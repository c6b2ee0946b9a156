"""The house stays in order: who may import what, and which way dependence points."""

import ast
import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
MODULES = sorted((HOUSE / "tour").rglob("*.py"))
ONLY_IN = {
    "streamlit": ("streamlit_app.py", "tour/ui/"),
    "streamlit_folium": ("tour/ui/",),
    "folium": ("tour/maps/map.py",),
    "PIL": tuple(f"tour/pictures/{name}.py" for name in ("opening", "images", "card_images", "lettering")),
    "starlette": ("tour/serving/",),
    "uvicorn": ("tour/serving/server.py",),
    "brotli": ("tour/serving/packing.py",),
    "geojson": ("tour/formats/open_data.py",),
    "gpxpy": ("tour/formats/tracks.py",),
    "fastkml": ("tour/formats/tracks.py",),
    "segno": ("tour/pages/booklet.py",),
    "resvg_py": ("tour/pictures/drawings.py",),
    "rapidfuzz": ("tour/search/spelling.py",),
    "numpy": ("tour/search/",),
    "httpx2": ("tour/photos/fetching.py", "tour/links/asking.py", "tour/links/requests.py"),
}
# What is of one exhibition alone lies in its data/ and media/: the code shows any.
ITS_OWN = re.compile(
    "coventry|volgograd|stalingrad|tsaritsyn|ковентри|волгоград|сталинград|царицын"
    "|tablecloth|twinning|warwick|england|russia|cathedral-ruins|council-house",
    re.IGNORECASE,
)
TEXTS = (".py", ".html", ".svg", ".xml", ".js", ".css", ".po", ".toml", ".md", ".geojson")
# From the ground up: whoever lives on a floor may know those below.
FLOORS = (
    *(
        "__init__",
        "house",
        "addresses",
        "languages",
        "problems",
        "retry_after",
        "writing",
        "geometry",
        "model",
        "typography",
        "words",
        "wordings",
        "markup",
    ),
    *(
        "plain",
        "walk",
        "twins",
        "content",
        "pictures",
        "photos",
        "search",
        "checks",
        "render",
        "maps",
        "formats",
        "pages",
    ),
    *("links", "advice", "edition", "starter", "serving", "ui", "commands", "__main__"),
)
WALL_CLOCK = re.compile(r"\btime\.(time|time_ns|localtime|gmtime)\b|from time import (?!monotonic$)", re.MULTILINE)
STANDARD_ONLY = ("tour/model/stop.py", "tour/model/exhibition.py", "tour/problems.py")


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    from_names = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return (
        plain
        | {node.module for node in from_names}
        | {f"{node.module}.{n.name}" for node in from_names for n in node.names}
    )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_a_library_is_imported_only_where_it_belongs(path):
    here = path.relative_to(HOUSE).as_posix()

    for name in imported(path):
        rooms = ONLY_IN.get(name.split(".")[0])
        assert rooms is None or any(here.startswith(room) for room in rooms), f"{here} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_what_is_imported_lies_further_down(path):
    here = FLOORS.index(path.relative_to(HOUSE / "tour").with_suffix("").parts[0])

    names = {name.split(".")[1] for name in imported(path) if name.startswith("tour.")}
    assert {name for name in names if name in FLOORS and FLOORS.index(name) > here} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_nobody_waits_by_a_clock_that_may_jump(path):
    assert not WALL_CLOCK.search(path.read_text("utf-8")), "time.monotonic() never goes back"


@pytest.mark.parametrize("name", STANDARD_ONLY)
def test_the_model_needs_the_standard_library_alone(name):
    allowed = {"dataclasses", "datetime", "collections", "typing"}

    assert {found.split(".")[0] for found in imported(HOUSE / name) if not found.startswith("tour.model")} <= allowed


def test_the_code_knows_nothing_of_the_exhibition_that_it_shows():
    texts = [path for path in sorted((HOUSE / "tour").rglob("*.*")) if path.suffix in TEXTS]
    told = [
        f"{path.relative_to(HOUSE)}:{number}: {line.strip()}"
        for path in texts
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if ITS_OWN.search(line)
    ]

    assert len(texts) > 100
    assert told == []
