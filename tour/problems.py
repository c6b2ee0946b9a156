"""A fault in the content, and how a list of them is told to a curator."""

from collections.abc import Iterable
from dataclasses import dataclass

NOT_READY = "The exhibition is being prepared."  # what a visitor hears while there is no sound content


@dataclass(frozen=True, order=True)
class Problem:
    """`file` is relative to data/ or media/; `fault` reads on from `field`; `remedy` says what to do."""

    file: str
    field: str
    fault: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {' '.join(filter(None, (self.field, self.fault)))}\n    {self.remedy}"


class ContentError(Exception):
    """The content can't be shown; `problems` says why, every one of them."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(sorted(set(problems)))
        super().__init__(report(self.problems))


def report(problems: Iterable[Problem]) -> str:
    """All problems in the order of files, and how many there are; empty when there is none."""
    lines = [str(problem) for problem in sorted(set(problems))]
    if not lines:
        return ""
    count = "1 problem" if len(lines) == 1 else f"{len(lines)} problems"
    return "\n".join([*lines, f"{count} in the content."])
