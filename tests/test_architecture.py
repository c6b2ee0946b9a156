"""The architecture: which module may import what, and which way dependence points."""

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

PROJECT_ROOT = Path(__file__).parent.parent
MODULES = sorted((PROJECT_ROOT / "tour").rglob("*.py"))
ONLY_IN = {
    "streamlit": ("tour/ui/",),
    "streamlit_folium": ("tour/ui/",),
    "folium": ("tour/maps/live_map.py",),
    "PIL": tuple(f"tour/images/{name}.py" for name in ("safe_open", "convert", "social_cards", "typesetting")),
    "starlette": ("tour/web/",),
    "uvicorn": ("tour/web/server.py",),
    "brotli": ("tour/web/middleware/static_compression.py",),
    "geojson": ("tour/open_data/geojson.py",),
    "gpxpy": ("tour/open_data/gpx_kml.py",),
    "fastkml": ("tour/open_data/gpx_kml.py",),
    "segno": ("tour/views/standalone_pages.py",),
    "resvg_py": ("tour/curation/drawings.py",),
    "rapidfuzz": ("tour/search/expansion.py",),
    "snowballstemmer": ("tour/search/tokenizer.py",),
    "numpy": ("tour/search/",),
    "httpx2": ("tour/curation/",),
    "anyascii": ("tour/curation/scaffold/new_stop.py",),
}
# What is of one exhibition alone lies in its data/ and media/: the code shows any.
ONE_EXHIBITION = re.compile(
    "coventry|volgograd|stalingrad|tsaritsyn|ковентри|волгоград|сталинград|царицын"
    "|tablecloth|twinning|warwick|england|russia|cathedral-ruins|council-house",
    re.IGNORECASE,
)
TEXT_SUFFIXES = (".py", ".html", ".svg", ".xml", ".js", ".css", ".po", ".toml", ".md", ".geojson")
# From the bottom up: a module imports from its own layer and from those before it.
LAYERS = (
    *("__init__", "paths", "settings", "typography", "model", "i18n", "urls", "l10n", "content", "atomic_write"),
    *("images", "search", "validation", "templating", "maps", "open_data", "views", "folder_watch", "content_store"),
    *("static_export", "curation", "web", "ui", "__main__"),
)
# The only module of the running site that may import the curators' toolbox: it draws what a curator alone is shown.
EDITOR_PANEL = "tour/ui/editor_panel.py"
WALL_CLOCK = re.compile(r"\btime\.(time|time_ns|localtime|gmtime)\b|from time import (?!monotonic$)", re.MULTILINE)


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    from_names = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return (
        plain
        | {node.module for node in from_names}
        | {f"{node.module}.{n.name}" for node in from_names for n in node.names}
    )


IMPORTS = {path.relative_to(PROJECT_ROOT).as_posix(): imported(path) for path in MODULES}


def test_a_library_is_imported_only_where_it_belongs():
    misplaced = [
        f"{file} imports {name}"
        for file, names in IMPORTS.items()
        for name in names
        if not file.startswith(ONLY_IN.get(name.partition(".")[0], "tour/"))
    ]

    assert misplaced == []


def test_imports_point_down_the_layers():
    upward = [
        f"{file} imports {name}"
        for file, names in IMPORTS.items()
        for name in names
        if name.startswith("tour.") and name.split(".")[1] in LAYERS
        if LAYERS.index(name.split(".")[1]) > LAYERS.index(file.split("/")[1].removesuffix(".py"))
    ]

    assert upward == []


def test_modules_import_one_another_in_no_circle():
    modules = {
        file.removesuffix(".py").removesuffix("/__init__").replace("/", "."): names for file, names in IMPORTS.items()
    }
    graph = {
        module: {name for name in names if name in modules and name != module} for module, names in modules.items()
    }

    TopologicalSorter(graph).prepare()


def test_rendering_imports_no_validation():
    rendering = ("tour/templating.py", "tour/maps/", "tour/open_data/", "tour/views/", "tour/static_export/")
    faults = [file for file, names in IMPORTS.items() if file.startswith(rendering) and _imports(names, "validation")]

    assert faults == []


def test_lint_renders_no_html():
    lint = {name for file, names in IMPORTS.items() if file.startswith("tour/curation/lint/") for name in names}

    assert not _imports(lint, "views") and not _imports(lint, "templating")


def test_nothing_that_a_visitor_asks_for_imports_the_toolbox_of_curators():
    site = (file for file in IMPORTS if not file.startswith(("tour/curation/", "tour/__main__.py")))

    assert [file for file in site if _imports(IMPORTS[file], "curation")] == [EDITOR_PANEL]


def _imports(names: set[str], package: str) -> bool:
    return any(name.startswith(f"tour.{package}.") or name == f"tour.{package}" for name in names)


def test_nobody_waits_by_a_clock_that_may_jump():
    assert [str(path) for path in MODULES if WALL_CLOCK.search(path.read_text("utf-8"))] == [], "use time.monotonic()"


def test_the_model_needs_the_standard_library_alone():
    allowed = {"collections", "dataclasses", "datetime", "functools", "threading", "tour", "typing"}
    names = {name for file, names in IMPORTS.items() if file.startswith("tour/model/") for name in names}

    assert {name.split(".")[0] for name in names} <= allowed
    assert {name.split(".")[1] for name in names if name.startswith("tour.")} == {"model"}


def test_the_code_knows_nothing_of_the_exhibition_that_it_shows():
    texts = [path for path in sorted((PROJECT_ROOT / "tour").rglob("*.*")) if path.suffix in TEXT_SUFFIXES]
    lines = [
        f"{path.relative_to(PROJECT_ROOT)}:{number}: {line.strip()}"
        for path in texts
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if ONE_EXHIBITION.search(line)
    ]

    assert len(texts) > 100
    assert lines == []
