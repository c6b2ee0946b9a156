"""A problem in the content, and the report of a list of them for a curator."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MAX_REPORTED = 200  # problems: nobody reads more, and one file may have a hundred thousand
MAINTENANCE_MESSAGE = "The exhibition is being prepared."  # for visitors, while no content is valid

Finding = tuple[str, str, str]  # a problem of a file that is known from the context: field, message, hint


@dataclass(frozen=True, order=True)
class Problem:
    """`file` is relative to data/ or media/; `field` and `message` make a sentence; `hint` says what to do."""

    file: str
    field: str
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.file}: {' '.join(filter(None, (self.field, self.message)))}\n    {self.hint}"


class ContentError(Exception):
    """The content, or one file of it, can't be used; `problems` has every reason."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(sorted(set(problems)))
        super().__init__(report(self.problems))


def in_file(file: str, findings: Iterable[Finding]) -> Iterator[Problem]:
    return (Problem(file, *finding) for finding in findings)


def report(problems: Iterable[Problem]) -> str:
    """The first problems in the order of files, and how many there are of all; empty when there is none."""
    ordered = sorted(set(problems))
    if not ordered:
        return ""
    count = "1 problem" if len(ordered) == 1 else f"{len(ordered):,} problems"
    rest = [f"… and {len(ordered) - MAX_REPORTED:,} more."] if len(ordered) > MAX_REPORTED else []
    return "\n".join([*map(str, ordered[:MAX_REPORTED]), *rest, f"{count} in the content."])
