"""Where a visitor stands, and what comes before and after."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from tour.model import Exhibition, Stop
from tour.model.instance_cache import instance_cache

MAX_SEGMENTS = 40
MAX_STOPS_SHOWN_WHOLE = 60  # stops of a city that are all shown on the map and in the list of each of them
MAX_NEARBY_STOPS = 20  # of a longer walk


@dataclass(frozen=True)
class Position:
    """A place in the tour; `number` counts from 1, `found` is False when another stop was asked for."""

    stop: Stop
    number: int
    total: int
    previous: Stop | None
    next: Stop | None
    is_found: bool = True


def locate(exhibition: Exhibition, slug: str | None) -> Position:
    """The visitor's place; a slug that a stop once had means that stop, an unknown one the first."""
    stops, slug = exhibition.stops, exhibition.resolve_slug(slug)
    index = next((index for index, stop in enumerate(stops) if stop.slug == slug), None)
    at = index or 0
    return Position(
        stop=stops[at],
        number=at + 1,
        total=len(stops),
        previous=stops[at - 1] if at > 0 else None,
        next=stops[at + 1] if at + 1 < len(stops) else None,
        is_found=index is not None,
    )


def numbered(exhibition: Exhibition, city: str) -> list[tuple[int, Stop]]:
    """A city's stops with their numbers in the whole tour."""
    return [(number, stop) for number, stop in enumerate(exhibition.stops, 1) if stop.city == city]


def nearby_stops(exhibition: Exhibition, here: Position) -> list[tuple[int, Stop]]:
    """The stops of the visitor's city with their numbers; of a very long walk those nearest before and after."""
    stops = numbered(exhibition, here.stop.city)
    if len(stops) <= MAX_STOPS_SHOWN_WHOLE:
        return stops
    at = next(index for index, (number, _) in enumerate(stops) if number == here.number)
    first = max(0, min(at - MAX_NEARBY_STOPS // 2, len(stops) - MAX_NEARBY_STOPS))
    return stops[first : first + MAX_NEARBY_STOPS]


def progress_segment(number: int, total: int) -> int:
    """Which stitch stands for the stop of that number, counted from 0."""
    return (number - 1) * min(total, MAX_SEGMENTS) // total


def progress_segments(here: Position) -> list[str]:
    """Done, current or pending, segment by segment of the progress bar; in a long tour stops share segments."""
    count, at = min(here.total, MAX_SEGMENTS), progress_segment(here.number, here.total)
    return ["done"] * at + ["current"] + ["pending"] * (count - at - 1)


def twin(exhibition: Exhibition, stop: Stop) -> Stop | None:
    """The stop at the other end, whichever of the two names the other."""
    return next(filter(None, map(exhibition.stop, sorted(twin_slugs(exhibition).get(stop.slug, ())))), None)


@instance_cache
def twin_slugs(exhibition: Exhibition) -> Mapping[str, set[str]]:
    """The slugs that each stop names as its twin, or that name it; in sound content it is one."""
    found = defaultdict(set)
    for stop in exhibition.stops:
        if stop.twin:
            named = exhibition.resolve_slug(stop.twin)
            found[stop.slug].add(named)
            found[named].add(stop.slug)
    return dict(found)
