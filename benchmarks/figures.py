"""What was measured, beside its floor and its target: rows of one table, and how large a measurement is asked for."""

import argparse
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Sizes = Mapping[str, int | float | str | bool]
HEAD = "| measured | figure | floor | ratio | target | met |\n|---|--:|--:|--:|--:|---|"
NONE = "–"


@dataclass(frozen=True)
class Figure:
    """One thing measured, of which less is better; `floor` is what it is held against, `beside` what that is.

    The target: `most` of the figure itself, in its unit, or `most_times` the floor.
    """

    name: str
    value: float
    unit: str
    floor: float | None = None
    beside: str = ""
    most: float | None = None
    most_times: float | None = None

    @property
    def ratio(self) -> float | None:
        if self.floor is None:
            return None
        return self.value / self.floor if self.floor else math.nan

    @property
    def is_met(self) -> bool | None:
        """None where there is no target; what could not be measured meets none."""
        if self.most is not None:
            return self.value <= self.most
        return None if self.most_times is None else self.ratio <= self.most_times


def table(figures: Sequence[Figure]) -> str:
    """As Markdown."""
    return "\n".join((HEAD, *map(_line, figures)))


def sizes(description: str, full: Sizes, quick: Sizes) -> Sizes:
    """Those of the command line: an option each, and `--quick` for all of the small ones."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small, to try it; its figures mean nothing")
    for name, value in full.items():
        if value is False:
            parser.add_argument(f"--{name}", action="store_true")
        else:
            parser.add_argument(f"--{name}", type=type(value), help=f"default {value}")
    chosen = vars(parser.parse_args())
    most = {**full, **quick} if chosen.pop("quick") else full
    return {name: most[name] if value is None else value for name, value in chosen.items()}


def _line(figure: Figure) -> str:
    floor = NONE if figure.floor is None else f"{_of(figure.floor, figure.unit)} ({figure.beside})"
    ratio = NONE if figure.ratio is None else f"{figure.ratio:.2f}"
    met = {True: "met", False: "**not met**", None: NONE}[figure.is_met]
    cells = (figure.name, _of(figure.value, figure.unit), floor, ratio, _target(figure), met)
    return f"| {' | '.join(cells)} |"


def _target(figure: Figure) -> str:
    if figure.most is not None:
        return f"≤ {_of(figure.most, figure.unit)}"
    return NONE if figure.most_times is None else f"≤ {figure.most_times:g} times"


def _of(value: float, unit: str) -> str:
    """Two or three digits that mean something, and the unit."""
    digits = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return f"{digits} {unit}".strip()
