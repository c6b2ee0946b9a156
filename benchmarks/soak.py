"""An hour under attack: python -m benchmarks.soak

Virtual users walk the tour at the pace of people while attackers (benchmarks/attackers.py) do their worst: every minute
some other attacks at once, each from addresses of its own. Nobody must see a wrong stop or lose the page, and memory
must not grow.
"""

import asyncio
import random
import sys
from time import perf_counter as clock

from benchmarks.attackers import ATTACKS
from benchmarks.attacks import running_attacks
from benchmarks.load_generator import WRONG_STOP, Totals, step_at_intervals
from benchmarks.metrics import percentile, resource_usage
from benchmarks.results import Result, main
from benchmarks.servers import Server, tour_server

FULL = {"minutes": 60, "minute": 60.0, "visitors": 50, "interval": 10.0}
QUICK = {"minutes": 2, "minute": 3.0, "visitors": 3, "interval": 1.0}
SEED = 1943
CONCURRENT_ATTACKS = 3


def run(minutes: int, minute: float, visitors: int, interval: float) -> list[Result]:
    with tour_server() as server:
        totals, memory = asyncio.run(_under_attack(server, minutes, minute, visitors, interval))
    for error, count in totals.errors.items():
        print(f"{count} × {error}", file=sys.stderr)
    wrong_stops, times = totals.errors[WRONG_STOP], [1000 * time for time in totals.step_times]
    load = f"{visitors} visitors, {minutes} minutes of attacks"
    half = len(memory) // 2
    first, second = max(memory[:half]), max(memory[half:])
    return [
        Result(f"{load}: errors, wrong stops", wrong_stops, "", max_value=0),
        Result(f"{load}: errors, other", totals.errors.total() - wrong_stops, "", max_value=0),
        Result(f"{load}: errors, lost connections", len(totals.reconnect_times), "", max_value=0),
        Result(f"{load}: a step, median of {len(times):,}", percentile(times, 0.5), "ms"),
        Result(f"{load}: a step, 95th percentile", percentile(times, 0.95), "ms", max_value=2000),
        Result(f"{load}: a step, slowest", max(times), "ms"),
        Result(f"{load}: peak memory", max(first, second), "MB", max_value=400),
        Result(f"{load}: peak memory, second half", second, "MB", first, "first half", max_ratio=1.1),
    ]


async def _under_attack(
    server: Server, minutes: int, minute: float, visitors: int, interval: float
) -> tuple[Totals, list[float]]:
    """What happened to the visitors, and the peak memory of each minute."""
    users = step_at_intervals(server.address, server.scenario, visitors, interval, minutes * minute, SEED)
    walking = asyncio.create_task(users)
    await asyncio.sleep(interval)
    chance, memory = random.Random(SEED), []
    for number in range(minutes):
        names = chance.sample(sorted(ATTACKS), CONCURRENT_ATTACKS)
        with running_attacks(names, server.address, minute):
            memory.append(await _peak_memory(server, minute))
        print(f"{number + 1}: {', '.join(names)}: {memory[-1]:.0f} MB", file=sys.stderr, flush=True)
    return await walking, memory


async def _peak_memory(server: Server, seconds: float) -> float:
    """Megabytes at most within so many seconds."""
    end, peak = clock() + seconds, 0.0
    while clock() < end:
        peak = max(peak, resource_usage(server.pids).memory)
        await asyncio.sleep(0.5)
    return peak


if __name__ == "__main__":
    main(run, __doc__, FULL, QUICK)
