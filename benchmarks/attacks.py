"""What visitors notice while others mean harm: python -m benchmarks.attacks

Each attack (benchmarks/attackers.py) in turn, from a process of its own, beside one visitor who steps, one who comes
anew, and one who asks for plain pages, all the time: before it, while it lasts, and five seconds after its end.
"""

import asyncio
import math
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter as clock

import httpx2

from benchmarks.attackers import ATTACKS
from benchmarks.crowd import Walker
from benchmarks.figures import Figure, sizes, table
from benchmarks.measure import percentile, use
from benchmarks.sites import Running, one_tour
from benchmarks.visitor import Fault, Visitor

FULL = {"seconds": 20.0, "only": ""}
QUICK = {"seconds": 2.0, "only": "pings"}
PAUSE, BETWEEN_STEPS = 0.2, 1.0  # seconds between two things that a visitor does
AFTER = 5.0  # seconds after an attack until all is to be as before
MANY = " of many"


@dataclass
class Noticed:
    """Seconds of every step, first stop and plain page, megabytes at most, and what went wrong."""

    steps: list[float] = field(default_factory=list)
    arrivals: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    memory: float = 0.0
    faults: list[str] = field(default_factory=list)

    def told(self) -> str:
        each = ((name, getattr(self, name)) for name in ("steps", "arrivals", "pages"))
        times = ", ".join(
            f"{name} {_ms(times, 0.5):.0f}/{_ms(times, 0.95):.0f} of {len(times)}" for name, times in each
        )
        return f"{times}, {self.memory:.0f} MB, faults {self.faults}"


def main() -> None:
    print(table(figures(**sizes(__doc__, FULL, QUICK))))


def figures(seconds: float, only: str) -> list[Figure]:
    return [figure for name in ATTACKS if not only or name == only for figure in _figures(name, seconds)]


def _figures(name: str, seconds: float) -> list[Figure]:
    with one_tour() as site:
        calm, attacked, after = asyncio.run(_noticed(site, name, seconds))
    for when, noticed in (("before", calm), ("during", attacked), ("after", after)):
        print(f"{name}, {when}: {noticed.told()}", file=sys.stderr, flush=True)
    step, usual = f"{name}: another's step", (_ms(calm.steps, 0.5), "before")
    faults = Figure(f"{name}: faults of others", len(attacked.faults) + len(after.faults), "", most=0)
    if MANY in name:
        return [
            Figure(f"{step}, 95 of 100", _ms(attacked.steps, 0.95), "ms", most=2000),
            Figure(f"{name}: another's first stop, 95 of 100", _ms(attacked.arrivals, 0.95), "ms", most=2000),
            Figure(f"{name}: a plain page, 95 of 100", _ms(attacked.pages, 0.95), "ms", most=1000),
            Figure(f"{step}, five seconds after", _ms(after.steps, 0.5), "ms", *usual, most_times=2),
            Figure(f"{name}: memory at most", attacked.memory, "MB", most=400),
            faults,
        ]
    return [
        Figure(step, _ms(attacked.steps, 0.5), "ms", *usual, most_times=3),
        Figure(f"{name}: memory at most", attacked.memory, "MB", calm.memory, "before", most_times=1.5),
        faults,
    ]


async def _noticed(site: Running, name: str, seconds: float) -> tuple[Noticed, Noticed, Noticed]:
    await _looked(site, 3)  # the first looks load what is loaded once
    calm = await _looked(site, min(seconds, 10))
    with attackers([name], site.address, seconds + 2):
        await asyncio.sleep(2)
        attacked = await _looked(site, seconds)
    await asyncio.sleep(AFTER)
    return calm, attacked, await _looked(site, min(seconds, 5))


@contextmanager
def attackers(names: Sequence[str], site: str, seconds: float) -> Iterator[None]:
    """Those attacks at once, each from a process of its own; raises ChildProcessError if one has failed."""
    commands = [[sys.executable, "-m", "benchmarks.attackers", name, site, str(seconds)] for name in names]
    processes = [subprocess.Popen(command) for command in commands]
    try:
        yield
    finally:
        failed = [name for name, process in zip(names, processes, strict=True) if process.poll()]
        for process in processes:
            process.kill()
            process.wait()
    if failed:
        raise ChildProcessError(f"{', '.join(failed)}: the attacker failed, see above.")


async def _looked(site: Running, seconds: float) -> Noticed:
    """What visitors notice for so long; who waits at its end is waited for."""
    noticed, end = Noticed(), clock() + seconds
    walker = Walker(site.address, site.way, 0)
    async with httpx2.AsyncClient(timeout=60) as client, asyncio.TaskGroup() as group:
        await _timed(noticed, noticed.arrivals, walker.arrive)
        page = f"{site.address}/?{site.way.queries[1]}"
        group.create_task(_again(noticed, noticed.steps, walker.step, end, BETWEEN_STEPS))
        group.create_task(_again(noticed, noticed.pages, lambda: _read(client, page), end))
        group.create_task(_again(noticed, noticed.arrivals, lambda: _come(site), end))
        while clock() < end:
            noticed.memory = max(noticed.memory, use(site.pids).memory)
            await asyncio.sleep(0.1)
    await walker.visitor.leave()
    return noticed


async def _again(
    noticed: Noticed, times: list[float], act: Callable[[], Awaitable], end: float, pause: float = PAUSE
) -> None:
    while clock() < end:
        await _timed(noticed, times, act)
        await asyncio.sleep(pause)


async def _timed(noticed: Noticed, times: list[float], act: Callable[[], Awaitable]) -> None:
    began = clock()
    try:
        await act()
    except (Fault, httpx2.HTTPError) as fault:
        noticed.faults.append(f"{type(fault).__name__}: {fault}")
    times.append(clock() - began)


async def _read(client: httpx2.AsyncClient, page: str) -> None:
    (await client.get(page)).raise_for_status()


async def _come(site: Running) -> None:
    visitor = Visitor(site.address, site.way.queries[2])
    try:
        await visitor.arrive()
    finally:
        await visitor.leave()


def _ms(times: list[float], share: float) -> float:
    return 1000 * percentile(times, share) if times else math.nan


if __name__ == "__main__":
    main()
