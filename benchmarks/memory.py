"""What visitors cost in memory, and whether it is freed: python -m benchmarks.memory

Rounds of virtual users who come, take some steps and leave, the first of them to warm up: after it memory must not
grow, although garbage is not collected after every step. Then as many who stay, each at a stop. `make soak-test` is
this with many rounds.
"""

import asyncio
import sys

from benchmarks.load_generator import connected_users, short_visits
from benchmarks.metrics import LoadMetrics, details, measure_load, resource_usage
from benchmarks.results import Result, main
from benchmarks.servers import Server, tour_server

FULL = {"visitors": 1000, "rounds": 3, "steps": 2}
QUICK = {"visitors": 5, "rounds": 1}
SEED = 1943


def run(visitors: int, rounds: int, steps: int) -> list[Result]:
    with tour_server() as server:
        loads = asyncio.run(_short_visits(server, visitors, rounds + 1, steps))
        kibibytes, errors = asyncio.run(_memory_per_user(server, visitors))
    print(details(loads), file=sys.stderr)
    warm, peak = loads[0].memory, max(load.memory for load in loads[1:])
    gone, errors = f"{rounds} × {visitors:,} visitors have come and gone", errors + sum(load.errors for load in loads)
    return [
        Result(f"memory per visitor, {visitors:,} at a stop", kibibytes, "KiB", max_value=250),
        Result(f"peak memory after {gone}", peak, "MB", warm, "after the first round", max_ratio=1.1),
        Result("errors of these visitors", errors, "", max_value=0),
    ]


async def _short_visits(server: Server, users: int, rounds: int, steps: int) -> list[LoadMetrics]:
    loads = []
    for number in range(rounds):
        visits = short_visits(server.address, server.scenario, users, SEED + number, steps)
        loads.append(await measure_load(server, "visits", users, visits))
    return loads


async def _memory_per_user(server: Server, users: int) -> tuple[float, int]:
    """KiB of each user who is connected, and the errors that they met."""
    before = resource_usage(server.pids).memory
    async with connected_users(server.address, server.scenario, users, SEED) as (totals, _):
        megabytes = resource_usage(server.pids).memory - before
    return megabytes * 1e6 / 1024 / users, totals.errors.total() + len(totals.reconnect_times)


if __name__ == "__main__":
    main(run, __doc__, FULL, QUICK)
