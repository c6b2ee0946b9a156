"""Results of measurements, each beside its baseline and its target, as one table; and a benchmark's options."""

import argparse
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Options = Mapping[str, int | float | str | bool]
HEADER = "| benchmark | result | baseline | ratio | target | met |\n|---|--:|--:|--:|--:|---|"
NO_VALUE = "–"


@dataclass(frozen=True)
class Result:
    """One value measured, of which less is better, and what it is compared with.

    The target: at most `max_value`, in the value's unit, or at most `max_ratio` times the baseline.
    """

    name: str
    value: float
    unit: str
    baseline: float | None = None
    baseline_name: str = ""
    max_value: float | None = None
    max_ratio: float | None = None

    @property
    def ratio(self) -> float:
        return self.value / self.baseline if self.baseline else math.nan

    @property
    def is_met(self) -> bool | None:
        """None where there is no target; what could not be measured meets none."""
        if self.max_value is not None:
            return self.value <= self.max_value
        return None if self.max_ratio is None else self.ratio <= self.max_ratio


def main(run: Callable[..., Sequence[Result]], description: str, full: Options, quick: Options) -> None:
    """Run one benchmark with the options of the command line; prints its table."""
    print(table(run(**parse_options(description, full, quick))))


def table(results: Sequence[Result]) -> str:
    """As Markdown."""
    return "\n".join((HEADER, *map(_row, results)))


def parse_options(description: str, full: Options, quick: Options) -> Options:
    """Those of the command line: one for each size, and `--quick` for all of the small sizes."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small, to try it; its results mean nothing")
    for name, value in full.items():
        if value is False:
            parser.add_argument(f"--{name}", action="store_true")
        else:
            parser.add_argument(f"--{name}", type=type(value), help=f"default {value}")
    options = vars(parser.parse_args())
    defaults = {**full, **quick} if options.pop("quick") else full
    return {name: defaults[name] if value is None else value for name, value in options.items()}


def _row(result: Result) -> str:
    baseline = result.baseline
    cells = (
        result.name,
        _with_unit(result.value, result.unit),
        NO_VALUE if baseline is None else f"{_with_unit(baseline, result.unit)} ({result.baseline_name})",
        NO_VALUE if baseline is None else f"{result.ratio:.2f}",
        _target(result),
        {True: "met", False: "**not met**", None: NO_VALUE}[result.is_met],
    )
    return f"| {' | '.join(cells)} |"


def _target(result: Result) -> str:
    if result.max_value is not None:
        return f"≤ {_with_unit(result.max_value, result.unit)}"
    return NO_VALUE if result.max_ratio is None else f"≤ {result.max_ratio:g} times"


def _with_unit(value: float, unit: str) -> str:
    """With two or three significant digits."""
    digits = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return f"{digits} {unit}".strip()
