"""What an editor would ask for before a stop goes out: it stops nothing, and says why it matters."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from tour.content.problems import Problem


@dataclass(frozen=True, order=True)
class Rule:
    """What is looked for: its `name` among the rules, and why it matters to a visitor or to those after us."""

    name: str
    why: str


@dataclass(frozen=True, order=True)
class LintWarning:
    """One place that a rule speaks of; the problem's fault and remedy say what stands there and what to do."""

    rule: Rule
    problem: Problem


def report(advice: Iterable[LintWarning]) -> str:
    """All advice rule by rule, each with its reason."""
    lines = []
    for rule, group in groupby(sorted(set(advice)), lambda each: each.rule):
        lines += [f"{rule.name}: {rule.why}", *(f"  {each.problem}".replace("\n", "\n  ") for each in group), ""]
    return "\n".join(lines)
