"""Which stops belong together, one in each city; one of the two names the other."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from tour.model import Exhibition, Stop


def twin(exhibition: Exhibition, stop: Stop) -> Stop | None:
    """The stop at the other end, whichever of the two names the other."""
    return next(filter(None, map(exhibition.stop, sorted(partners(exhibition).get(stop.slug, ())))), None)


@lru_cache(maxsize=8)
def partners(exhibition: Exhibition) -> Mapping[str, set[str]]:
    """The slugs that each stop names as its twin, or that name it; in sound content it is one."""
    found = defaultdict(set)
    for stop in exhibition.stops:
        if stop.twin:
            named = exhibition.slug_now(stop.twin)
            found[stop.slug].add(named)
            found[named].add(stop.slug)
    return dict(found)
