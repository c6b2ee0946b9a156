"""What a thousand stops cost beside a few: python -m benchmarks.scaling

A generated exhibition (tests/generated_exhibition.py) in two sizes, each on servers of its own, where a virtual user
takes the same walk from the first stop on: to stops that nobody has been shown yet, on one start after another, then
alternating to stops that were shown before. Both have two cities. The start is that of the process, which loads and
validates all of the content before it answers. The search is for eight words, each misspelt, with its page of results.
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

from benchmarks.load import measure_alone, measure_alternating
from benchmarks.load_generator import STEPS_PER_USER, connected_users
from benchmarks.metrics import LoadMetrics
from benchmarks.results import Result, main
from benchmarks.servers import Server, tour_server
from tests import generated_exhibition
from tests.conftest import PROJECT_ROOT, load_valid
from tour.validation.validate import load_all_languages
from tour.views.renderer import SiteRenderer
from tour.views.routing import resolve

FULL = {"few": 22, "many": 1000, "steps": 200, "runs": 5}
QUICK = {"few": 4, "many": 30, "steps": 10, "runs": 1}
SEARCH = {"view": "find", "words": "Lanternhlm Crumbry stiars evenng ligthouse islnad sprnig smebody"}
SEARCHES = 20
CHECK = [sys.executable, "-m", "tour", "check"]

Folders = tuple[Path, Path]  # of content and of pictures


@dataclass(frozen=True)
class Start:
    """Seconds until the first page and the first stop in the app are there, and the walk to stops not shown before."""

    first_page: float
    first_stop: float
    cold_walk: LoadMetrics


@dataclass(frozen=True)
class SizeMetrics:
    """One size: every start, the walk to stops shown before, and the seconds to load, check and search all content."""

    starts: list[Start]
    warm_walk: LoadMetrics
    load_seconds: float
    check_seconds: float
    search_seconds: float

    @property
    def cold_step(self) -> float:
        """Milliseconds of CPU time of a step to a stop not shown before, the median of all starts."""
        return median(start.cold_walk.cpu_per_step for start in self.starts)

    @property
    def first_page(self) -> float:
        return max(start.first_page for start in self.starts)

    @property
    def first_stop(self) -> float:
        return max(start.first_stop for start in self.starts)

    @property
    def errors(self) -> int:
        return sum(walk.errors for walk in (*(start.cold_walk for start in self.starts), self.warm_walk))


def run(few: int, many: int, steps: int, runs: int) -> list[Result]:
    with TemporaryDirectory() as folder:
        sizes = [generated_exhibition.with_many_stops(Path(folder, str(count)), count) for count in (few, many)]
        small, large = _measure(sizes, min(few - 1, STEPS_PER_USER), steps, runs)

    def result(name: str, unit: str, value: Callable[[SizeMetrics], float], **target: float) -> Result:
        return Result(f"{many:,} stops: {name}", value(large), unit, value(small), f"{few} stops", **target)

    return [
        result("a step, server's CPU time", "ms", lambda size: size.warm_walk.cpu_per_step, max_ratio=1.3),
        result("a step over the websocket, median", "ms", lambda size: size.warm_walk.p50, max_ratio=1.3),
        result("a step, bytes", "KB", lambda size: size.warm_walk.bytes_per_step / 1000, max_ratio=1.3),
        result("a step to a new stop, CPU time", "ms", lambda size: size.cold_step, max_ratio=1.3),
        result("from start to the first page", "s", lambda size: size.first_page, max_value=5),
        result("from start to the first stop in the app", "s", lambda size: size.first_stop, max_value=5),
        result("memory after the same walk", "MB", lambda size: size.warm_walk.memory, max_ratio=2),
        result("all content loaded and validated", "s", lambda size: size.load_seconds, max_value=3),
        result("python -m tour check", "s", lambda size: size.check_seconds, max_value=3),
        result("a search", "ms", lambda size: size.search_seconds * 1000, max_value=20),
        Result(f"{many:,} stops: errors", small.errors + large.errors, "", max_value=0),
    ]


def _measure(sizes: list[Folders], cold_steps: int, warm_steps: int, runs: int) -> list[SizeMetrics]:
    starts = [[_start(*folders, cold_steps) for folders in sizes] for _ in range(runs)]
    with ExitStack() as running:
        servers = [running.enter_context(tour_server(*folders)) for folders in sizes]
        warm_walks = asyncio.run(measure_alternating(servers, warm_steps, runs))
    seconds = [(*_content_seconds(*folders), _search_seconds(*folders)) for folders in sizes]
    return [
        SizeMetrics(list(own_starts), warm_walk, *own_seconds)
        for *own_starts, warm_walk, own_seconds in zip(*starts, warm_walks, seconds, strict=True)
    ]


def _start(data: Path, media: Path, steps: int) -> Start:
    """On a server of its own: the first request for a stop comes once."""
    with tour_server(data, media) as server:
        with urlopen(f"{server.address}/?{server.scenario.queries[0]}") as page:
            page.read()
        first_page = clock() - server.started_at
        first_stop, walk = asyncio.run(_cold_walk(server, steps))
    return Start(first_page, first_stop, walk)


async def _cold_walk(server: Server, steps: int) -> tuple[float, LoadMetrics]:
    """Seconds from the start to the first stop, and the walk from there."""
    async with connected_users(server.address, replace(server.scenario, starts=1), 1, seed=0):
        first_stop = clock() - server.started_at
    return first_stop, await measure_alone(server, steps)


def _content_seconds(data: Path, media: Path) -> tuple[float, float]:
    """To load and validate all of it, and to have the command do so."""
    environment = {**os.environ, "TOUR_DATA": str(data), "TOUR_MEDIA": str(media)}
    return (
        _seconds(lambda: load_all_languages(data, media)),
        _seconds(
            lambda: subprocess.run(CHECK, cwd=PROJECT_ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)
        ),
    )


def _search_seconds(data: Path, media: Path) -> float:
    """The median of many; the first one builds the index and doesn't count."""
    exhibition = load_valid(data, media)
    page = resolve(exhibition, SEARCH)
    renderer = SiteRenderer(exhibition, media)
    _, *searches = (_seconds(lambda: renderer.view(page)) for _ in range(SEARCHES + 1))
    return median(searches)


def _seconds(action: Callable[[], object]) -> float:
    start = clock()
    action()
    return clock() - start


if __name__ == "__main__":
    main(run, __doc__, FULL, QUICK)
