"""What visitors notice of attacks on the server: python -m benchmarks.attacks

Each attack (benchmarks/attackers.py) in turn, from a process of its own. Meanwhile one visitor steps, one arrives
anew, and one requests plain pages, all the time: before the attack, during it, and five seconds after its end.
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
from benchmarks.load_generator import VirtualUser
from benchmarks.metrics import percentile, resource_usage
from benchmarks.results import Options, Result, main
from benchmarks.servers import Server, tour_server
from benchmarks.streamlit_client import PageError, StreamlitClient

FULL: Options = {"seconds": 20.0, "only": ""}
QUICK: Options = {"seconds": 2.0, "only": "pings"}
PAUSE, STEP_PAUSE = 0.2, 1.0  # seconds between two actions of a visitor
RECOVERY_TIME = 5.0  # seconds after an attack until the server must be as before
DISTRIBUTED = "distributed "  # begins the names of attacks from many addresses


@dataclass
class Experience:
    """What visitors noticed: seconds of every step, first stop and plain page, peak megabytes, and errors."""

    steps: list[float] = field(default_factory=list)
    arrivals: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    memory: float = 0.0
    errors: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        times = ", ".join(
            f"{name} {_ms(times, 0.5):.0f}/{_ms(times, 0.95):.0f} of {len(times)}"
            for name, times in (("steps", self.steps), ("arrivals", self.arrivals), ("pages", self.pages))
        )
        return f"{times}, {self.memory:.0f} MB, errors {self.errors}"


def run(seconds: float, only: str) -> list[Result]:
    return [result for name in ATTACKS if not only or name == only for result in _results(name, seconds)]


def _results(name: str, seconds: float) -> list[Result]:
    with tour_server() as server:
        before, during, after = asyncio.run(_measure(server, name, seconds))
    for phase, experience in (("before", before), ("during", during), ("after", after)):
        print(f"{name}, {phase}: {experience}", file=sys.stderr, flush=True)
    step, usual = f"{name}: another visitor's step", (_ms(before.steps, 0.5), "before")
    errors = Result(f"{name}: errors of visitors", len(during.errors) + len(after.errors), "", max_value=0)
    if name.startswith(DISTRIBUTED):
        return [
            Result(f"{step}, 95th percentile", _ms(during.steps, 0.95), "ms", max_value=2000),
            Result(f"{name}: first stop, 95th percentile", _ms(during.arrivals, 0.95), "ms", max_value=2000),
            Result(f"{name}: plain page, 95th percentile", _ms(during.pages, 0.95), "ms", max_value=1000),
            Result(f"{step}, five seconds after", _ms(after.steps, 0.5), "ms", *usual, max_ratio=2),
            Result(f"{name}: peak memory", during.memory, "MB", max_value=400),
            errors,
        ]
    return [
        Result(step, _ms(during.steps, 0.5), "ms", *usual, max_ratio=3),
        Result(f"{name}: peak memory", during.memory, "MB", before.memory, "before", max_ratio=1.5),
        errors,
    ]


async def _measure(server: Server, name: str, seconds: float) -> tuple[Experience, Experience, Experience]:
    """Before, during and after the attack."""
    await _observe(server, 3)  # warms up the server's caches
    before = await _observe(server, min(seconds, 10))
    with running_attacks([name], server.address, seconds + 2):
        await asyncio.sleep(2)
        during = await _observe(server, seconds)
    await asyncio.sleep(RECOVERY_TIME)
    return before, during, await _observe(server, min(seconds, 5))


@contextmanager
def running_attacks(names: Sequence[str], site: str, seconds: float) -> Iterator[None]:
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


async def _observe(server: Server, seconds: float) -> Experience:
    """What visitors notice for so long; actions under way at its end are awaited."""
    experience, end = Experience(), clock() + seconds
    user = VirtualUser(server.address, server.scenario, 0)
    async with httpx2.AsyncClient(timeout=60) as client, asyncio.TaskGroup() as group:
        await _time(experience, experience.arrivals, user.arrive)
        page = f"{server.address}/?{server.scenario.queries[1]}"
        group.create_task(_repeat(experience, experience.steps, user.step, end, STEP_PAUSE))
        group.create_task(_repeat(experience, experience.pages, lambda: _get(client, page), end))
        group.create_task(_repeat(experience, experience.arrivals, lambda: _arrive(server), end))
        while clock() < end:
            experience.memory = max(experience.memory, resource_usage(server.pids).memory)
            await asyncio.sleep(0.1)
    await user.leave()
    return experience


async def _repeat(
    experience: Experience, times: list[float], action: Callable[[], Awaitable], end: float, pause: float = PAUSE
) -> None:
    while clock() < end:
        await _time(experience, times, action)
        await asyncio.sleep(pause)


async def _time(experience: Experience, times: list[float], action: Callable[[], Awaitable]) -> None:
    start = clock()
    try:
        await action()
    except (PageError, httpx2.HTTPError) as error:
        experience.errors.append(f"{type(error).__name__}: {error}")
    times.append(clock() - start)


async def _get(client: httpx2.AsyncClient, url: str) -> None:
    (await client.get(url)).raise_for_status()


async def _arrive(server: Server) -> None:
    client = StreamlitClient(server.address, server.scenario.queries[2])
    try:
        await client.open()
    finally:
        await client.close()


def _ms(times: list[float], share: float) -> float:
    return 1000 * percentile(times, share) if times else math.nan


if __name__ == "__main__":
    main(run, __doc__, FULL, QUICK)
