"""What a thousand stops cost beside a few: python -m benchmarks.growth

The invented exhibition (tests/invented.py) in two sizes, each on a server of its own, where a visitor takes the same
walk from the first stop on: to stops that nobody has been shown yet, on one start after another, then to those that
were. Both have two cities. The start is that of the process, which reads and checks all of the content before it
answers.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter as clock
from urllib.request import urlopen

from benchmarks.crowd import TURN, gathered
from benchmarks.figures import Figure, sizes, table
from benchmarks.load import alone
from benchmarks.measure import Row
from benchmarks.sites import Running, one_tour
from tests import invented
from tests.conftest import HOUSE
from tour.checks.whole import in_every_language

FULL = {"few": 22, "many": 1000, "steps": 200, "starts": 5}
QUICK = {"few": 4, "many": 30, "steps": 10, "starts": 1}
CHECK = [sys.executable, "-m", "tour", "check"]


@dataclass(frozen=True)
class Grown:
    """Seconds until things are there, and the walks to new stops, start by start, and to known ones."""

    page: float
    stop: float
    new: list[Row]
    known: Row
    reading: float
    check: float

    @property
    def newness(self) -> float:
        """Milliseconds of processor that a step to a new stop takes: the middle one of all starts."""
        return median(row.cpu_a_step for row in self.new)

    @property
    def faults(self) -> int:
        return sum(row.faults for row in (*self.new, self.known))


def main() -> None:
    print(table(figures(**sizes(__doc__, FULL, QUICK))))


def figures(few: int, many: int, steps: int, starts: int) -> list[Figure]:
    small, large = (_measured(count, min(few - 1, TURN), steps, starts) for count in (few, many))
    beside = f"{few} stops"

    def grown(what: str, unit: str, of: Callable[[Grown], float], **target: float) -> Figure:
        return Figure(f"{many:,} stops: {what}", of(large), unit, of(small), beside, **target)

    return [
        grown("a step, the server's processor", "ms", lambda each: each.known.cpu_a_step, most_times=1.3),
        grown("a step over the websocket, median", "ms", lambda each: each.known.p50, most_times=1.3),
        grown("a step, bytes", "KB", lambda each: each.known.bytes_a_step / 1000, most_times=1.3),
        grown("a step to a new stop, processor", "ms", lambda each: each.newness, most_times=1.3),
        grown("start to the first page", "s", lambda each: each.page, most=5),
        grown("start to the first stop in the app", "s", lambda each: each.stop, most=5),
        grown("memory after the same walk", "MB", lambda each: each.known.memory, most_times=2),
        grown("all of it read and checked", "s", lambda each: each.reading, most=3),
        grown("python -m tour check", "s", lambda each: each.check, most=3),
        Figure(f"{many:,} stops: faults", sum(each.faults for each in (small, large)), "", most=0),
    ]


def _measured(stops: int, new: int, steps: int, starts: int) -> Grown:
    with TemporaryDirectory() as folder:
        data, media = invented.with_many_stops(Path(folder), stops)
        walks = [_new_walk(data, media, new) for _ in range(starts - 1)]
        with one_tour(data, media) as site:
            with urlopen(f"{site.address}/?{site.way.queries[0]}") as page:
                page.read()
            paged = clock() - site.begun
            stopped, first, known = asyncio.run(_walked(site, new, steps))
        reading = _seconds(lambda: in_every_language(data, media))
        told = {**os.environ, "TOUR_DATA": str(data), "TOUR_MEDIA": str(media)}
        checking = _seconds(lambda: subprocess.run(CHECK, cwd=HOUSE, env=told, stdout=subprocess.DEVNULL, check=True))
    return Grown(paged, stopped, [*walks, first], known, reading, checking)


def _new_walk(data: Path, media: Path, steps: int) -> Row:
    """On a server of its own: a stop is new once."""
    with one_tour(data, media) as site:
        return asyncio.run(alone(site, steps))


async def _walked(site: Running, new: int, steps: int) -> tuple[float, Row, Row]:
    """Seconds from the start to the first stop; the walk to new stops, and to stops that were all shown before."""
    async with gathered(site.address, replace(site.way, starts=1), 1, seed=0):
        stopped = clock() - site.begun
    first = await alone(site, new)
    await alone(site, TURN)
    return stopped, first, await alone(site, steps)


def _seconds(run: Callable[[], object]) -> float:
    begun = clock()
    run()
    return clock() - begun


if __name__ == "__main__":
    main()
