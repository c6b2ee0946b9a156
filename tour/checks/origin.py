"""What must hold of where a stop's pictures come from."""

from collections.abc import Iterator

from tour.checks.stop import address_problems
from tour.model import Stop
from tour.photos import commons
from tour.problems import Problem


def origin_problems(stop: Stop) -> Iterator[Problem]:
    """Problems with the names of files on Commons and with the addresses of the pages that pictures come from."""
    for number, figure in enumerate(stop.figures, 1):
        field = f"figures[{number}]"
        if figure.origin:
            yield from address_problems(stop.file, f"{field}.origin", figure.origin)
        if figure.commons and not commons.is_title(figure.commons):
            fault = f"is {figure.commons}, which is no name of a file."
            yield Problem(stop.file, f"{field}.commons", fault, commons.LIKE)
