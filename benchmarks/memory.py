"""What visitors cost in memory, and whether it comes back: python -m benchmarks.memory

Rounds of visitors who come, take some steps and leave, the first of them to warm up: after it memory is to stay where
it is, although the garbage is not collected after every step. Then as many who stay, each at a stop. `make soak` is
this with many rounds.
"""

import asyncio
import sys

from benchmarks.crowd import come_and_go, gathered
from benchmarks.figures import Figure, sizes, table
from benchmarks.measure import Row, details, row_of, use
from benchmarks.sites import Running, one_tour

FULL = {"visitors": 1000, "rounds": 3, "steps": 2}
QUICK = {"visitors": 5, "rounds": 1}
SEED = 1943


def main() -> None:
    print(table(figures(**sizes(__doc__, FULL, QUICK))))


def figures(visitors: int, rounds: int, steps: int) -> list[Figure]:
    with one_tour() as site:
        passing = asyncio.run(_passing(site, visitors, rounds + 1, steps))
        each, faults = asyncio.run(_staying(site, visitors))
    print(details(passing), file=sys.stderr)
    warm, later = passing[0].memory, max(row.memory for row in passing[1:])
    came, faults = f"{rounds} × {visitors:,} who come and go", faults + sum(row.faults for row in passing)
    return [
        Figure(f"memory of a visitor, of {visitors:,} at a stop", each, "KiB", most=250),
        Figure(f"memory at most after {came}", later, "MB", warm, "after the first round", most_times=1.1),
        Figure("faults that they met", faults, "", most=0),
    ]


async def _passing(site: Running, visitors: int, rounds: int, steps: int) -> list[Row]:
    return [
        await row_of(site, "passing", visitors, come_and_go(site.address, site.way, visitors, SEED + number, steps))
        for number in range(rounds)
    ]


async def _staying(site: Running, visitors: int) -> tuple[float, int]:
    """KiB of each visitor who is there, and the faults that they met."""
    before = use(site.pids).memory
    async with gathered(site.address, site.way, visitors, SEED) as (tally, _):
        more = use(site.pids).memory - before
    return more * 1e6 / 1024 / visitors, tally.faults.total() + len(tally.returns)


if __name__ == "__main__":
    main()
