"""Many visitors at once: python -m benchmarks.load

Visitors without a browser (benchmarks/visitor.py) press Next and look at each stop whether it is the right one. A step
lasts from the press until all of the stop has come. They load the websocket alone: files are not asked for.

    alone   one visitor at a time, who sets the measure, on a server that has shown the stops before
    turns   alone at one site after the other, again and again, both running: what counts is each one's middle turn
    steady  each steps every few seconds, whether or not others have to wait
    burst   all arrive within one second; timed until the first stop is there

The floor of what a step costs the server is the bare script with the faster libraries and without a garbage collection
after every step; that of the crowd, one visitor's step on the same server.
"""

import asyncio
import math
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from operator import attrgetter

from benchmarks.crowd import TURN, arrive_together, gathered, keep_stepping, step_in_turn
from benchmarks.figures import Figure, sizes, table
from benchmarks.measure import Row, details, row_of
from benchmarks.sites import Running, one_tour, tuned_bare_script, two_tours

FULL = {"steps": 200, "turns": 9, "crowd": 500, "burst": 300, "shared": 1000, "every": 10.0, "seconds": 60.0}
QUICK = {"steps": 20, "turns": 1, "crowd": 8, "burst": 5, "shared": 8, "every": 1.0, "seconds": 2.0}
SEED = 1943


def main() -> None:
    rows = measured(**sizes(__doc__, FULL, QUICK))
    print(details(rows.values()), table(told(rows)), sep="\n\n")


def figures(**asked: float) -> list[Figure]:
    return told(measured(**asked))


def measured(
    steps: int, turns: int, crowd: int, burst: int, shared: int, every: float, seconds: float
) -> dict[str, Row]:
    """Each crowd meets a server that has just begun, and one visitor before."""

    def steady(site: Running, count: int) -> Awaitable[Row]:
        walking = keep_stepping(site.address, site.way, count, every, seconds, SEED)
        return row_of(site, "steady", count, walking, every, seconds)

    def together(site: Running) -> Awaitable[Row]:
        return row_of(site, "burst", burst, arrive_together(site.address, site.way, burst, SEED))

    with tuned_bare_script() as floor, one_tour() as site:
        bare, tour = asyncio.run(by_turns((floor, site), steps, turns))
    unloaded, crowded = _measured(one_tour, steps, lambda site: steady(site, crowd))
    _, arrived = _measured(one_tour, TURN, together)
    _, divided = _measured(two_tours, TURN, lambda site: steady(site, shared))
    return {
        "bare": bare,
        "tour": tour,
        "unloaded": unloaded,
        "crowd": crowded,
        "burst": arrived,
        "shared": divided,
    }


def told(rows: dict[str, Row]) -> list[Figure]:
    names = ("bare", "tour", "unloaded", "crowd", "burst", "shared")
    bare, tour, unloaded, crowd, burst, shared = (rows[name] for name in names)
    walking, coming = f"{crowd.visitors:,} visitors who step on", f"{burst.visitors:,} who come within a second"
    two = f"{shared.visitors:,} visitors of two processes"
    cpu, alone = (bare.cpu_a_step, "bare, tuned"), (unloaded.p50, "one alone, median")
    return [
        Figure("a step, the server's processor", tour.cpu_a_step, "ms", *cpu, most_times=2.5),
        Figure(f"{walking}: a step, 95 of 100", crowd.p95, "ms", *alone, most_times=4),
        Figure(f"{walking}: faults", crowd.faults, "", most=0),
        Figure(f"{coming}: the last one's first stop", burst.most / 1000, "s", most=4),
        Figure(f"{coming}: faults", burst.faults, "", most=0),
        Figure(f"{two}: a step, 95 of 100", shared.p95, "ms"),
        Figure(f"{two}: wrong stops", shared.wrong, "", most=0),
        Figure(f"{two}: faults", shared.faults, "", most=0),
    ]


async def alone(site: Running, steps: int) -> Row:
    """One visitor after another, each from the first stop on; the cost of their arrival is not in it."""
    way, count = replace(site.way, starts=1), math.ceil(steps / TURN)
    async with gathered(site.address, way, count, SEED) as (tally, walkers):
        return await row_of(site, "alone", 1, step_in_turn(tally, walkers, steps))


async def by_turns(sites: Sequence[Running], steps: int, turns: int) -> list[Row]:
    """Of each site the turn that cost the middle of all: a machine that others share is now quick, now slow."""
    for site in sites:
        await alone(site, TURN)
    rows = [[await alone(site, steps) for site in sites] for _ in range(turns)]
    return [sorted(own, key=attrgetter("cpu_a_step"))[turns // 2] for own in zip(*rows, strict=True)]


def _measured(
    start: Callable[[], AbstractContextManager[Running]], steps: int, run: Callable[[Running], Awaitable[Row]]
) -> tuple[Row, Row]:
    async def measure() -> tuple[Row, Row]:
        await alone(site, TURN)
        return await alone(site, steps), await run(site)

    with start() as site:
        return asyncio.run(measure())


if __name__ == "__main__":
    main()
