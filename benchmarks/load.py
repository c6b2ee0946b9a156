"""Many visitors at once: python -m benchmarks.load

Virtual users without a browser (benchmarks/streamlit_client.py) press Next and check whether each stop is the right
one. A step lasts from the press until all of the stop has been received. They load the websocket alone: files are not
requested.

    alone       one user at a time, for the baselines, on a server that has shown the stops before
    alternating alone at one server after the other, repeatedly, both running: the median run of each counts
    steady      each steps every few seconds, whether or not others have to wait
    burst       all arrive within one second; timed until the first stop is there

The baseline of a step's CPU time is the bare script with the faster libraries and without a garbage collection after
every step; that of many users, one user's step on the same server.
"""

import asyncio
import math
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from operator import attrgetter

from benchmarks.load_generator import (
    STEPS_PER_USER,
    arrive_within_a_second,
    connected_users,
    step_at_intervals,
    step_sequentially,
)
from benchmarks.metrics import LoadMetrics, details, measure_load
from benchmarks.results import Result, main
from benchmarks.servers import Server, tour_server, tuned_baseline, two_tour_servers

FULL = {"steps": 200, "runs": 9, "users": 500, "burst": 300, "shared": 1000, "interval": 10.0, "seconds": 60.0}
QUICK = {"steps": 20, "runs": 1, "users": 8, "burst": 5, "shared": 8, "interval": 1.0, "seconds": 2.0}
SEED = 1943


def run(steps: int, runs: int, users: int, burst: int, shared: int, interval: float, seconds: float) -> list[Result]:
    """Each load meets a server that has just started, and one user before; `shared` users have two processes."""

    def steady(server: Server, count: int) -> Awaitable[LoadMetrics]:
        walking = step_at_intervals(server.address, server.scenario, count, interval, seconds, SEED)
        return measure_load(server, "steady", count, walking, interval, seconds)

    def arrivals(server: Server) -> Awaitable[LoadMetrics]:
        arriving = arrive_within_a_second(server.address, server.scenario, burst, SEED)
        return measure_load(server, "burst", burst, arriving)

    with tuned_baseline() as baseline_server, tour_server() as server:
        baseline, tour = asyncio.run(measure_alternating((baseline_server, server), steps, runs))
    alone, many = _measure(tour_server, steps, lambda server: steady(server, users))
    _, arrived = _measure(tour_server, STEPS_PER_USER, arrivals)
    _, replicated = _measure(two_tour_servers, STEPS_PER_USER, lambda server: steady(server, shared))
    print(details((baseline, tour, alone, many, arrived, replicated)), file=sys.stderr)
    on_one, together, on_two = (
        f"{users:,} visitors stepping",
        f"{burst:,} visitors arriving within a second",
        f"{shared:,} visitors, two processes",
    )
    cpu, p50 = (baseline.cpu_per_step, "bare, tuned"), (alone.p50, "one alone, median")
    return [
        Result("a step: server's CPU time", tour.cpu_per_step, "ms", *cpu, max_ratio=2.5),
        Result(f"{on_one}: a step, 95th percentile", many.p95, "ms", *p50, max_ratio=4),
        Result(f"{on_one}: errors", many.errors, "", max_value=0),
        Result(f"{together}: first stop of the last one", arrived.slowest / 1000, "s", max_value=4),
        Result(f"{together}: errors", arrived.errors, "", max_value=0),
        Result(f"{on_two}: a step, 95th percentile", replicated.p95, "ms"),
        Result(f"{on_two}: wrong stops", replicated.wrong_stops, "", max_value=0),
        Result(f"{on_two}: errors", replicated.errors, "", max_value=0),
    ]


async def measure_alone(server: Server, steps: int) -> LoadMetrics:
    """One user after another, each from the first stop on; the cost of their arrival is not in it."""
    scenario, count = replace(server.scenario, starts=1), math.ceil(steps / STEPS_PER_USER)
    async with connected_users(server.address, scenario, count, SEED) as (totals, users):
        return await measure_load(server, "alone", 1, step_sequentially(totals, users, steps))


async def measure_alternating(servers: Sequence[Server], steps: int, runs: int) -> list[LoadMetrics]:
    """Of each server the run with the median CPU time: a machine that others share is now quick, now slow."""
    for server in servers:
        await measure_alone(server, STEPS_PER_USER)
    rounds = [[await measure_alone(server, steps) for server in servers] for _ in range(runs)]
    return [sorted(loads, key=attrgetter("cpu_per_step"))[runs // 2] for loads in zip(*rounds, strict=True)]


def _measure(
    start: Callable[[], AbstractContextManager[Server]],
    steps: int,
    load: Callable[[Server], Awaitable[LoadMetrics]],
) -> tuple[LoadMetrics, LoadMetrics]:
    """One user alone, and then the load, on a server of its own."""

    async def measure() -> tuple[LoadMetrics, LoadMetrics]:
        await measure_alone(server, STEPS_PER_USER)
        return await measure_alone(server, steps), await load(server)

    with start() as server:
        return asyncio.run(measure())


if __name__ == "__main__":
    main(run, __doc__, FULL, QUICK)
