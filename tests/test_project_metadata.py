"""Version, supported Pythons and workflows: the same wherever they are stated, and every action pinned."""

import re
import tomllib

import pytest
import yaml

from tests.conftest import PROJECT_ROOT

WORKFLOWS = sorted((PROJECT_ROOT / ".github" / "workflows").glob("*.yml"))
PINNED_ACTION = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
each_workflow = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)


def text(file: str) -> str:
    return (PROJECT_ROOT / file).read_text("utf-8")


def jobs(workflow) -> dict[str, dict]:
    return yaml.safe_load(workflow.read_text("utf-8"))["jobs"]


def test_every_file_states_the_same_version():
    project = tomllib.loads(text("pyproject.toml"))["project"]
    citation = yaml.safe_load(text("CITATION.cff"))
    version, day = re.findall(r"^## \[(\d\S*)\] - (\S+)$", text("CHANGELOG.md"), re.MULTILINE)[0]

    assert (citation["version"], str(citation["date-released"])) == (version, day)
    assert project["version"] == version


def test_every_supported_python_is_tested():
    requires = tomllib.loads(text("pyproject.toml"))["project"]["requires-python"]
    first, end = map(int, re.fullmatch(r">=3\.(\d+),<3\.(\d+)", requires).groups())
    (matrix,) = [job["strategy"]["matrix"] for job in jobs(PROJECT_ROOT / ".github/workflows/tests.yml").values()]

    assert matrix["python"] == [f"3.{minor}" for minor in range(first, end)]


@each_workflow
def test_every_action_is_pinned_by_commit_beside_its_version(workflow):
    actions = re.findall(r"\buses: *(.+)$", workflow.read_text("utf-8"), re.MULTILINE)

    assert actions
    assert [action for action in actions if not PINNED_ACTION.fullmatch(action)] == []


@each_workflow
def test_a_workflow_may_only_read_and_ends_in_time(workflow):
    assert yaml.safe_load(workflow.read_text("utf-8"))["permissions"] == {"contents": "read"}
    assert all(0 < job["timeout-minutes"] <= 360 for job in jobs(workflow).values())


@each_workflow
def test_every_step_runs_a_make_target(workflow):
    commands = [step["run"] for job in jobs(workflow).values() for step in job["steps"] if "run" in step]
    targets = set(" ".join(re.findall(r"^([a-z -]+):(?!=)", text("Makefile"), re.MULTILINE)).split())

    assert commands
    assert {re.fullmatch(r"make ([a-z-]+) PYTHON=python", command)[1] for command in commands} <= targets
