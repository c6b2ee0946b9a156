"""A fault in the content, and how a list of them is told to a curator."""

from collections.abc import Iterable
from dataclasses import dataclass

MAX_REPORTED = 200  # problems: nobody reads more, and one file may have a hundred thousand
MAINTENANCE_MESSAGE = "The exhibition is being prepared."  # what a visitor hears while there is no sound content


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
    """The first problems in the order of files, and how many there are of all; empty when there is none."""
    ordered = sorted(set(problems))
    if not ordered:
        return ""
    count = "1 problem" if len(ordered) == 1 else f"{len(ordered):,} problems"
    rest = [f"… and {len(ordered) - MAX_REPORTED:,} more."] if len(ordered) > MAX_REPORTED else []
    return "\n".join([*map(str, ordered[:MAX_REPORTED]), *rest, f"{count} in the content."])
