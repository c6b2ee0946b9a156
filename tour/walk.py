"""Where a visitor stands, and what comes before and after."""

from dataclasses import dataclass

from tour.model import Exhibition, Stop

MOST_STITCHES = 40
MOST_WHOLE = 60  # stops of a city that are all shown on the map and in the list of each of them
MOST_AROUND = 20  # of a longer walk


@dataclass(frozen=True)
class Position:
    """A place in the tour; `number` counts from 1, `found` is False when another stop was asked for."""

    stop: Stop
    number: int
    total: int
    previous: Stop | None
    next: Stop | None
    found: bool = True


def position(exhibition: Exhibition, slug: str | None) -> Position:
    """The visitor's place; a slug that a stop once had means that stop, an unknown one the first."""
    stops, slug = exhibition.stops, exhibition.slug_now(slug)
    index = next((index for index, stop in enumerate(stops) if stop.slug == slug), None)
    at = index or 0
    return Position(
        stop=stops[at],
        number=at + 1,
        total=len(stops),
        previous=stops[at - 1] if at > 0 else None,
        next=stops[at + 1] if at + 1 < len(stops) else None,
        found=index is not None,
    )


def numbered(exhibition: Exhibition, city: str) -> list[tuple[int, Stop]]:
    """A city's stops with their numbers in the whole tour."""
    return [(number, stop) for number, stop in enumerate(exhibition.stops, 1) if stop.city == city]


def around(exhibition: Exhibition, here: Position) -> list[tuple[int, Stop]]:
    """The stops of the visitor's city with their numbers; of a very long walk those nearest before and after."""
    stops = numbered(exhibition, here.stop.city)
    if len(stops) <= MOST_WHOLE:
        return stops
    at = next(index for index, (number, _) in enumerate(stops) if number == here.number)
    first = max(0, min(at - MOST_AROUND // 2, len(stops) - MOST_AROUND))
    return stops[first : first + MOST_AROUND]


def stitch(number: int, total: int) -> int:
    """Which stitch stands for the stop of that number, counted from 0."""
    return (number - 1) * min(total, MOST_STITCHES) // total


def stitches(here: Position) -> list[str]:
    """One stitch a stop, sewn up to here, a knot where the visitor stands; long tours share stitches."""
    count, at = min(here.total, MOST_STITCHES), stitch(here.number, here.total)
    return ["sewn"] * at + ["knotted"] + ["pale"] * (count - at - 1)
