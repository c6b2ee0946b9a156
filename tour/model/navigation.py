"""Navigation: the position of a stop in the tour, its neighbours and its twin."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from tour.model import Exhibition, Stop
from tour.model.instance_cache import instance_cache

MAX_SEGMENTS = 40
MAX_STOPS_SHOWN_WHOLE = 60  # stops of a city that are all shown on the map and in the list of each of them
MAX_NEARBY_STOPS = 20  # of a city with more


@dataclass(frozen=True)
class Position:
    """A place in the tour; `number` counts from 1, `is_found` is False in place of an unknown stop."""

    stop: Stop
    number: int
    total: int
    previous: Stop | None
    next: Stop | None
    is_found: bool = True


def locate(exhibition: Exhibition, slug: str | None) -> Position:
    """The visitor's place; a slug that a stop once had means that stop, an unknown one the first."""
    stops, slug = exhibition.stops, exhibition.resolve_slug(slug or "")
    index = next((index for index, stop in enumerate(stops) if stop.slug == slug), None)
    at = index or 0
    before, after = (None, *stops)[at], (*stops[1:], None)[at]
    return Position(stops[at], at + 1, len(stops), before, after, is_found=index is not None)


def numbered(exhibition: Exhibition, city: str) -> list[tuple[int, Stop]]:
    """A city's stops with their numbers in the whole tour."""
    return [(number, stop) for number, stop in enumerate(exhibition.stops, 1) if stop.city == city]


def nearby_stops(exhibition: Exhibition, position: Position) -> list[tuple[int, Stop]]:
    """The stops of the visitor's city with their numbers; of a very long walk those nearest before and after."""
    stops = numbered(exhibition, position.stop.city)
    if len(stops) <= MAX_STOPS_SHOWN_WHOLE:
        return stops
    at = next(index for index, (number, _) in enumerate(stops) if number == position.number)
    first = max(0, min(at - MAX_NEARBY_STOPS // 2, len(stops) - MAX_NEARBY_STOPS))
    return stops[first : first + MAX_NEARBY_STOPS]


def progress_segment(number: int, total: int) -> int:
    """The index of the segment of the progress bar that stands for the stop of that number."""
    return (number - 1) * min(total, MAX_SEGMENTS) // total


def progress_segments(position: Position) -> list[str]:
    """Done, current or pending, segment by segment of the progress bar; in a long tour stops share segments."""
    count, at = min(position.total, MAX_SEGMENTS), progress_segment(position.number, position.total)
    return ["done"] * at + ["current"] + ["pending"] * (count - at - 1)


def twin(exhibition: Exhibition, stop: Stop) -> Stop | None:
    """The stop at the other end, whichever of the two names the other."""
    slugs = sorted(twin_slugs(exhibition).get(stop.slug, ()))
    return next(filter(None, map(exhibition.stop, slugs)), None)


@instance_cache
def twin_slugs(exhibition: Exhibition) -> Mapping[str, set[str]]:
    """The slugs that each stop names as its twin, or that name it; in valid content it is one."""
    twins: dict[str, set[str]] = defaultdict(set)
    for stop in exhibition.stops:
        if stop.twin:
            other = exhibition.resolve_slug(stop.twin)
            twins[stop.slug].add(other)
            twins[other].add(stop.slug)
    return dict(twins)
