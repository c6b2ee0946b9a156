"""Every benchmark runs, and its table has baseline and target of each result."""

import math
import subprocess
import sys
from types import SimpleNamespace

import pytest

from benchmarks.__main__ import BENCHMARKS, run_all
from benchmarks.load_generator import STEPS_PER_USER
from benchmarks.results import Result, parse_options, table
from tests.conftest import PROJECT_ROOT
from tour.web.clients import WebSocketLimits

FULL, QUICK = {"steps": 20, "every": 10.0, "stop": "quay", "slow": False}, {"steps": 2}


@pytest.mark.slow
@pytest.mark.timed
@pytest.mark.parametrize("name", BENCHMARKS)
def test_a_benchmark_gives_its_results(name):
    assert_results("benchmarks", name, "--quick")


@pytest.mark.slow
@pytest.mark.timed
@pytest.mark.parametrize("name", ["attacks", "soak"])
def test_a_benchmark_under_attack_gives_its_results(name):
    assert_results(f"benchmarks.{name}", "--quick")


def assert_results(module: str, *options: str) -> None:
    command = [sys.executable, "-m", module, *options]
    output = subprocess.run(command, cwd=PROJECT_ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    lines = output.splitlines()

    assert lines[0].startswith("| benchmark ")
    assert len(lines) > 2
    assert [line for line in lines if "nan" in line or line.count("|") != 7] == []
    assert [line for line in lines if ("errors" in line or "failures" in line) and "| met |" not in line] == []


def test_a_benchmark_that_fails_is_reported_and_costs_no_other_its_results():
    def fail(steps: int) -> list[Result]:
        raise TimeoutError(f"{steps} steps")

    failing = SimpleNamespace(FULL={"steps": 20}, QUICK={}, run=fail)
    sound = SimpleNamespace(FULL={"steps": 20}, QUICK={"steps": 2}, run=lambda steps: [Result("", steps, "")])

    results = run_all({"step": failing, "other": sound}, quick=True)

    assert results == [Result("step: failures", 1, "", max_value=0), Result("", 2, "")]


def test_a_result_meets_its_target_or_that_of_its_ratio():
    assert Result("weight", 10, "KB", 5, "bare", max_value=10).is_met
    assert not Result("weight", 11, "KB", 5, "bare", max_value=10).is_met
    assert Result("step", 6, "ms", 10, "bare", max_ratio=0.6).is_met
    assert not Result("step", 7, "ms", 10, "bare", max_ratio=0.6).is_met


def test_what_could_not_be_measured_meets_no_target():
    assert not Result("step", math.nan, "ms", 10, "bare", max_ratio=0.6).is_met
    assert not Result("step", 1, "ms", 0, "bare", max_ratio=0.6).is_met
    assert not Result("step", 1, "ms", max_ratio=0.6).is_met
    assert not Result("step", math.nan, "ms", max_value=4).is_met


def test_a_row_has_result_baseline_ratio_target_and_whether_it_is_met():
    rows = table(
        [
            Result("a step", 117.4, "ms", 195.6, "bare", max_ratio=0.6),
            Result("a visit", 1391.2, "KB", 2693, "bare", max_value=1200),
            Result("errors", 0, "", max_value=0),
            Result("two", 2.5, "s"),
        ]
    ).splitlines()

    assert rows[2:] == [
        "| a step | 117 ms | 196 ms (bare) | 0.60 | ≤ 0.6 times | **not met** |",
        "| a visit | 1,391 KB | 2,693 KB (bare) | 0.52 | ≤ 1,200 KB | **not met** |",
        "| errors | 0 | – | – | ≤ 0 | met |",
        "| two | 2.5 s | – | – | – | – |",
    ]


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], FULL),
        (["--quick"], {**FULL, "steps": 2}),
        (["--quick", "--steps", "7", "--slow"], {**FULL, "steps": 7, "slow": True}),
        (["--every", "2.5", "--stop", "crane"], {**FULL, "every": 2.5, "stop": "crane"}),
    ],
)
def test_sizes_are_options_one_by_one_or_all_small(monkeypatch, arguments, options):
    monkeypatch.setattr(sys, "argv", ["benchmarks.step", *arguments])

    assert parse_options("Steps.", FULL, QUICK) == options


def test_one_user_alone_is_not_delayed_by_the_limits_of_a_connection():
    arrival = 1

    assert WebSocketLimits().burst >= arrival + STEPS_PER_USER
