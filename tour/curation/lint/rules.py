"""What a lint rule and its warnings are, and how they are reported to a curator."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from tour.content.problems import Problem


@dataclass(frozen=True, order=True)
class Rule:
    """`why` says why it matters to a visitor or to later maintainers."""

    name: str
    why: str

    def warning(self, file: str, field: str, message: str, hint: str) -> "LintWarning":
        return LintWarning(self, Problem(file, field, message, hint))


@dataclass(frozen=True, order=True)
class LintWarning:
    """A problem that doesn't keep the content from being published."""

    rule: Rule
    problem: Problem


def report(warnings: Iterable[LintWarning]) -> str:
    """The warnings, which are sorted, rule by rule with the reason of each."""
    lines = []
    for rule, group in groupby(warnings, lambda warning: warning.rule):
        problems = (f"  {warning.problem}".replace("\n", "\n  ") for warning in group)
        lines += [f"{rule.name}: {rule.why}", *problems, ""]
    return "\n".join(lines)
