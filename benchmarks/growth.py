"""What a thousand stops cost beside a few: python -m benchmarks.growth

The invented exhibition (tests/invented.py) in two sizes, each on servers of its own, where a visitor takes the same
walk from the first stop on: to stops that nobody has been shown yet, on one start after another, then by turns to those
that were. Both have two cities. The start is that of the process, which reads and checks all of the content before it
answers. The search is for eight words, each misspelt, with the page that shows what was found.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter as clock
from urllib.request import urlopen

from benchmarks.crowd import TURN, gathered
from benchmarks.figures import Figure, sizes, table
from benchmarks.load import alone, by_turns
from benchmarks.measure import Row
from benchmarks.sites import Running, one_tour
from tests import invented
from tests.conftest import PROJECT_ROOT
from tour.validation.validate import load_all_languages, load_valid
from tour.views.routing import resolve

FULL = {"few": 22, "many": 1000, "steps": 200, "turns": 5}
QUICK = {"few": 4, "many": 30, "steps": 10, "turns": 1}
SEARCH = {"view": "find", "words": "Lanternhlm Crumbry stiars evenng ligthouse islnad sprnig smebody"}
SEARCHES = 20
CHECK = [sys.executable, "-m", "tour", "check"]

Folders = tuple[Path, Path]  # of content and of pictures


@dataclass(frozen=True)
class Start:
    """Seconds until the first page and the first stop in the app are there, and the walk to new stops."""

    page: float
    stop: float
    walk: Row


@dataclass(frozen=True)
class Grown:
    """One size: every start, the walk to known stops, and the seconds that all the content and a search take."""

    starts: list[Start]
    known: Row
    reading: float
    check: float
    search: float

    @property
    def newness(self) -> float:
        """Milliseconds of processor that a step to a new stop takes: the middle one of all starts."""
        return median(each.walk.cpu_a_step for each in self.starts)

    @property
    def faults(self) -> int:
        return sum(row.faults for row in (*(each.walk for each in self.starts), self.known))


def main() -> None:
    print(table(figures(**sizes(__doc__, FULL, QUICK))))


def figures(few: int, many: int, steps: int, turns: int) -> list[Figure]:
    with TemporaryDirectory() as folder:
        both = [invented.with_many_stops(Path(folder, str(count)), count) for count in (few, many)]
        small, large = _measured(both, min(few - 1, TURN), steps, turns)
    beside = f"{few} stops"

    def grown(what: str, unit: str, of: Callable[[Grown], float], **target: float) -> Figure:
        return Figure(f"{many:,} stops: {what}", of(large), unit, of(small), beside, **target)

    return [
        grown("a step, the server's processor", "ms", lambda each: each.known.cpu_a_step, most_times=1.3),
        grown("a step over the websocket, median", "ms", lambda each: each.known.p50, most_times=1.3),
        grown("a step, bytes", "KB", lambda each: each.known.bytes_a_step / 1000, most_times=1.3),
        grown("a step to a new stop, processor", "ms", lambda each: each.newness, most_times=1.3),
        grown("start to the first page", "s", lambda each: max(start.page for start in each.starts), most=5),
        grown("start to the first stop in the app", "s", lambda each: max(start.stop for start in each.starts), most=5),
        grown("memory after the same walk", "MB", lambda each: each.known.memory, most_times=2),
        grown("all of it read and checked", "s", lambda each: each.reading, most=3),
        grown("python -m tour check", "s", lambda each: each.check, most=3),
        grown("a search", "ms", lambda each: each.search * 1000, most=20),
        Figure(f"{many:,} stops: faults", sum(each.faults for each in (small, large)), "", most=0),
    ]


def _measured(both: list[Folders], new: int, steps: int, turns: int) -> list[Grown]:
    starts = [[_start(*folders, new) for folders in both] for _ in range(turns)]
    with ExitStack() as running:
        sites = [running.enter_context(one_tour(*folders)) for folders in both]
        known = asyncio.run(by_turns(sites, steps, turns))
    seconds = [(*_content_seconds(*folders), _search_seconds(*folders)) for folders in both]
    return [Grown(list(own), row, *spent) for *own, row, spent in zip(*starts, known, seconds, strict=True)]


def _start(data: Path, media: Path, steps: int) -> Start:
    """On a server of its own: a stop is new once."""
    with one_tour(data, media) as site:
        with urlopen(f"{site.address}/?{site.way.queries[0]}") as page:
            page.read()
        paged = clock() - site.begun
        stopped, walk = asyncio.run(_new_walk(site, steps))
    return Start(paged, stopped, walk)


async def _new_walk(site: Running, steps: int) -> tuple[float, Row]:
    """Seconds from the start to the first stop, and the walk from there."""
    async with gathered(site.address, replace(site.way, starts=1), 1, seed=0):
        stopped = clock() - site.begun
    return stopped, await alone(site, steps)


def _content_seconds(data: Path, media: Path) -> tuple[float, float]:
    """To read and check all of it, and to have the command do so."""
    told = {**os.environ, "TOUR_DATA": str(data), "TOUR_MEDIA": str(media)}
    return (
        _seconds(lambda: load_all_languages(data, media)),
        _seconds(lambda: subprocess.run(CHECK, cwd=PROJECT_ROOT, env=told, stdout=subprocess.DEVNULL, check=True)),
    )


def _search_seconds(data: Path, media: Path) -> float:
    """The middle one of many; before the first one, all words are gathered."""
    exhibition = load_valid(data, media)
    page = resolve(exhibition, SEARCH)
    renderer = SiteRenderer(exhibition, media)
    _, *searches = (_seconds(lambda: renderer.view(page)) for _ in range(SEARCHES + 1))
    return median(searches)


def _seconds(run: Callable[[], object]) -> float:
    begun = clock()
    run()
    return clock() - begun


if __name__ == "__main__":
    main()
