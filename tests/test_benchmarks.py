"""Every benchmark runs, and says of each figure what it is held against and whether its target is met."""

import math
import subprocess
import sys
from types import SimpleNamespace

import pytest

from benchmarks.__main__ import EVERY, measured
from benchmarks.crowd import TURN
from benchmarks.figures import Figure, sizes, table
from tests.conftest import HOUSE
from tour.web.websocket_connection import Limits

FULL, QUICK = {"steps": 20, "every": 10.0, "stop": "quay", "slow": False}, {"steps": 2}


@pytest.mark.parametrize("name", EVERY)
def test_a_benchmark_gives_its_figures(name):
    are_sound_figures("benchmarks", name, "--quick")


@pytest.mark.parametrize("name", ["attacks", "soak"])
def test_a_benchmark_under_attack_gives_its_figures(name):
    are_sound_figures(f"benchmarks.{name}", "--quick")


def are_sound_figures(module: str, *options: str) -> None:
    command = [sys.executable, "-m", module, *options]
    told = subprocess.run(command, cwd=HOUSE, stdout=subprocess.PIPE, text=True, check=True).stdout
    lines = told.splitlines()

    assert lines[0].startswith("| measured ")
    assert len(lines) > 2
    assert [line for line in lines if "nan" in line or line.count("|") != 7] == []
    assert [line for line in lines if ("faults" in line or "failures" in line) and "| met |" not in line] == []


def test_a_benchmark_that_fails_is_told_and_costs_no_other_its_figures():
    def fail(steps: int) -> list[Figure]:
        raise TimeoutError(f"{steps} steps")

    failing = SimpleNamespace(FULL={"steps": 20}, QUICK={}, figures=fail)
    sound = SimpleNamespace(FULL={"steps": 20}, QUICK={"steps": 2}, figures=lambda steps: [Figure("", steps, "")])

    found = measured({"step": failing, "other": sound}, quick=True)

    assert found == [Figure("step: failures", 1, "", most=0), Figure("", 2, "")]


def test_a_figure_meets_its_target_or_that_of_its_ratio():
    assert Figure("weight", 10, "KB", 5, "bare", most=10).is_met
    assert not Figure("weight", 11, "KB", 5, "bare", most=10).is_met
    assert Figure("step", 6, "ms", 10, "bare", most_times=0.6).is_met
    assert not Figure("step", 7, "ms", 10, "bare", most_times=0.6).is_met


def test_what_could_not_be_measured_meets_no_target():
    assert not Figure("step", math.nan, "ms", 10, "bare", most_times=0.6).is_met
    assert not Figure("step", 1, "ms", 0, "bare", most_times=0.6).is_met
    assert not Figure("step", math.nan, "ms", most=4).is_met


def test_a_row_has_figure_floor_ratio_target_and_whether_it_is_met():
    rows = table(
        [
            Figure("a step", 117.4, "ms", 195.6, "bare", most_times=0.6),
            Figure("a visit", 1391.2, "KB", 2693, "bare", most=1200),
            Figure("faults", 0, "", most=0),
            Figure("two", 2.5, "s"),
        ]
    ).splitlines()

    assert rows[2:] == [
        "| a step | 117 ms | 196 ms (bare) | 0.60 | ≤ 0.6 times | **not met** |",
        "| a visit | 1,391 KB | 2,693 KB (bare) | 0.52 | ≤ 1,200 KB | **not met** |",
        "| faults | 0 | – | – | ≤ 0 | met |",
        "| two | 2.5 s | – | – | – | – |",
    ]


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ([], FULL),
        (["--quick"], {**FULL, "steps": 2}),
        (["--quick", "--steps", "7", "--slow"], {**FULL, "steps": 7, "slow": True}),
        (["--every", "2.5", "--stop", "crane"], {**FULL, "every": 2.5, "stop": "crane"}),
    ],
)
def test_sizes_are_asked_for_one_by_one_or_all_small(monkeypatch, given, asked):
    monkeypatch.setattr(sys, "argv", ["benchmarks.step", *given])

    assert sizes("Steps.", FULL, QUICK) == asked


def test_one_visitor_alone_is_not_held_up_by_the_limits_of_a_connection():
    arrival = 1

    assert Limits().at_once >= arrival + TURN
