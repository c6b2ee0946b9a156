"""An hour under attack: python -m benchmarks.soak

Visitors walk the tour, each at a pace of people, while attackers (benchmarks/attackers.py) do their worst: every minute
some other attacks at once, each from addresses of its own. Nobody is to see a wrong stop or to lose the page, and
memory is to stay where it is.
"""

import asyncio
import random
import sys
from time import perf_counter as clock

from benchmarks.attackers import ATTACKS
from benchmarks.attacks import attackers
from benchmarks.crowd import Tally, keep_stepping
from benchmarks.figures import Figure, sizes, table
from benchmarks.measure import percentile, use
from benchmarks.sites import Running, one_tour

FULL = {"minutes": 60, "minute": 60.0, "visitors": 50, "every": 10.0}
QUICK = {"minutes": 2, "minute": 3.0, "visitors": 3, "every": 1.0}
SEED = 1943
AT_ONCE = 3  # attacks


def main() -> None:
    print(table(figures(**sizes(__doc__, FULL, QUICK))))


def figures(minutes: int, minute: float, visitors: int, every: float) -> list[Figure]:
    with one_tour() as site:
        tally, memory = asyncio.run(_under_attack(site, minutes, minute, visitors, every))
    for fault, count in tally.faults.items():
        print(f"{count} × {fault}", file=sys.stderr)
    wrong, times = tally.faults["wrong stop"], [1000 * each for each in tally.steps]
    others = f"{visitors} visitors, {minutes} minutes of attacks"
    half = len(memory) // 2
    first, second = max(memory[:half]), max(memory[half:])
    return [
        Figure(f"{others}: wrong stops, faults", wrong, "", most=0),
        Figure(f"{others}: other faults", tally.faults.total() - wrong, "", most=0),
        Figure(f"{others}: lost pages, faults", len(tally.returns), "", most=0),
        Figure(f"{others}: a step, median of {len(times):,}", percentile(times, 0.5), "ms"),
        Figure(f"{others}: a step, 95 of 100", percentile(times, 0.95), "ms", most=2000),
        Figure(f"{others}: a step, the longest", max(times), "ms"),
        Figure(f"{others}: memory at most", max(first, second), "MB", most=400),
        Figure(f"{others}: memory, second half", second, "MB", first, "first half", most_times=1.1),
    ]


async def _under_attack(
    site: Running, minutes: int, minute: float, visitors: int, every: float
) -> tuple[Tally, list[float]]:
    walking = asyncio.create_task(keep_stepping(site.address, site.way, visitors, every, minutes * minute, SEED))
    await asyncio.sleep(every)
    chance, memory = random.Random(SEED), []
    for number in range(minutes):
        names = chance.sample(sorted(ATTACKS), AT_ONCE)
        with attackers(names, site.address, minute):
            memory.append(await _most_memory(site, minute))
        print(f"{number + 1}: {', '.join(names)}: {memory[-1]:.0f} MB", file=sys.stderr, flush=True)
    return await walking, memory


async def _most_memory(site: Running, seconds: float) -> float:
    """Megabytes at most, meanwhile."""
    end, most = clock() + seconds, 0.0
    while clock() < end:
        most = max(most, use(site.pids).memory)
        await asyncio.sleep(0.5)
    return most


if __name__ == "__main__":
    main()
