"""Names say what a thing is: a past participle, which may stand for anything, names no variable."""

import ast
import re
from pathlib import Path

PROJECT_ROOT = Path(__file__).parent.parent
NAMELESS = {"told", "said", "held", "kept", "made", "found", "asked", "known", "given"}
ASSIGNED_IN_SCRIPT = re.compile(r"\b(?:const|let|var|function)\s+(\w+)|[(,]\s*(\w+)\s*(?=[,)][^;]*=>)|\b(\w+)\s*=>")
SET_IN_TEMPLATE = re.compile(r"\{%-?\s*(?:set|macro)\s+(\w+)|\{%-?\s*for\s+(\w+(?:\s*,\s*\w+)*)")


def assigned(path: Path) -> set[str]:
    """Names of variables, parameters, fields and functions that a module defines."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            names.add(node.id if isinstance(node, ast.Name) else node.attr)
        if isinstance(node, ast.arg):
            names.add(node.arg)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
    return names


def matched(pattern: re.Pattern, path: Path) -> set[str]:
    groups = (group for match in pattern.finditer(path.read_text("utf-8")) for group in match.groups() if group)
    return {name for group in groups for name in re.split(r"\s*,\s*", group)}


def test_no_variable_has_a_past_participle_for_a_name():
    python = [path for folder in ("tour", "tests", "benchmarks") for path in (PROJECT_ROOT / folder).rglob("*.py")]
    scripts = [*(PROJECT_ROOT / "tour").rglob("*.js")]
    templates = [*(PROJECT_ROOT / "tour" / "templates").iterdir()]
    names = {path: assigned(path) for path in python}
    names |= {path: matched(ASSIGNED_IN_SCRIPT, path) for path in scripts}
    names |= {path: matched(SET_IN_TEMPLATE, path) for path in templates}

    faults = [f"{path.relative_to(PROJECT_ROOT)}: {name}" for path in names for name in sorted(names[path] & NAMELESS)]

    assert len(names) > 200
    assert faults == []
