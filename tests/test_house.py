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
    "folium": ("tour/map.py",),
    "PIL": ("tour/images.py", "tour/card_images.py", "tour/lettering.py"),
    "starlette": (
        *("tour/web.py", "tour/page_routes.py", "tour/picture_routes.py"),
        *("tour/answers.py", "tour/asked_language.py", "tour/packing.py"),
    ),
    "geojson": ("tour/open_data.py",),
    "gpxpy": ("tour/tracks.py",),
    "fastkml": ("tour/tracks.py",),
    "segno": ("tour/booklet.py",),
    "resvg_py": ("tour/drawings.py",),
    "rapidfuzz": ("tour/spelling.py",),
    "httpx2": ("tour/photos/fetching.py", "tour/links/asking.py", "tour/links/requests.py"),
}
# What is of one exhibition alone lies in its data/ and media/: the code shows any.
ITS_OWN = re.compile(
    "coventry|volgograd|stalingrad|tsaritsyn|ковентри|волгоград|сталинград|царицын"
    "|tablecloth|twinning|warwick|england|russia|cathedral-ruins|council-house",
    re.IGNORECASE,
)
TEXTS = (".py", ".html", ".svg", ".xml", ".js", ".css", ".po", ".toml", ".md", ".geojson")
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


@pytest.mark.parametrize("path", [path for path in MODULES if "ui" not in path.parts], ids=lambda path: path.name)
def test_nothing_below_the_views_imports_them(path):
    assert not any(name.startswith("tour.ui") for name in imported(path))


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


def test_pins_are_exact():
    lines = [
        line for file in ("requirements.txt", "requirements-dev.txt") for line in (HOUSE / file).read_text().split("\n")
    ]
    named = [line for line in lines if line and not line.startswith(("#", "-r"))]

    assert [line for line in named if "==" not in line] == []
