"""Many visitors at once, beside a bare Streamlit app: python -m benchmarks.load [steady] [burst] [passing]

Visitors without a browser (benchmarks/visitor.py) press Next and look at each stop whether it is the right one. A step
lasts from the press until all of the stop has come. They load the websocket alone: files are not asked for.

    alone    one visitor, who sets the measure (always first, and warms the server)
    steady   each steps every few seconds, whether or not others have to wait
    burst    all arrive within one second; timed until the first stop is there
    passing  each comes, takes two steps and leaves

The floor is a script of one heading and one button, twice: stock, as `pip install streamlit` gives it (uvloop,
httptools and orjson are hidden from that process), and tuned, with them and without a garbage collection after a step.
`--site "two tours"` is two processes of the tour behind nginx (tests/nginx.py), together.
`client` is the processor that the visitors themselves took: near 100 % they, not the server, are what is measured.
"""

import argparse
import asyncio
import json
import os
import resource
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter as clock

from benchmarks.bare import bare_server
from benchmarks.crowd import (
    Tally,
    Way,
    arrive_together,
    bare_way,
    come_and_go,
    keep_stepping,
    tour_way,
    walk_alone,
)
from benchmarks.measure import percentile, use
from tests.conftest import HOUSE, running_server
from tests.replicas import running_replicas
from tour.checks.whole import published

LOADS = ("steady", "burst", "passing")
SITES = ("tour", "bare tuned", "bare stock")
BEHIND_NGINX = "two tours"
ALONE = 40  # steps


@dataclass(frozen=True)
class Row:
    """What one load did to one site: milliseconds, megabytes, per cent of one processor."""

    site: str
    load: str
    visitors: int
    steps: int
    p50: float
    p95: float
    p99: float
    a_second: float
    wrong: int
    errors: int
    dropped: int
    cpu: float
    cpu_a_step: float
    client: float
    memory_before: float
    memory: float
    files: int


@dataclass(frozen=True)
class Running:
    """A site that is up: its name, address, way, and the processes that answer."""

    name: str
    address: str
    way: Way
    pids: tuple[int, ...]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("loads", nargs="*", help="steady, burst, passing; default: all")
    arguments.add_argument("--visitors", type=int, default=100, help="default 100")
    arguments.add_argument("--every", type=float, default=10, help="seconds between two steps, default 10")
    arguments.add_argument("--seconds", type=float, default=30, help="how long steps are timed, default 30")
    arguments.add_argument(
        "--site", action="append", choices=(*SITES, BEHIND_NGINX), help="this one alone; may be given again"
    )
    arguments.add_argument("--seed", type=int, default=1943)
    arguments.add_argument("--json", type=Path, metavar="FILE", help="write the table there too")
    chosen = arguments.parse_args()
    if unknown := set(chosen.loads) - set(LOADS):
        arguments.error(f"no such load: {', '.join(unknown)}")
    _let_many_in()
    rows = [
        row
        for name in chosen.site or SITES
        for load in chosen.loads or LOADS
        for row in asyncio.run(_measured(name, load, chosen))
    ]
    print(table(rows))
    if chosen.json:
        chosen.json.write_text(json.dumps([_rounded(row) for row in rows], indent=1) + "\n", "utf-8")


async def _measured(name: str, load: str, chosen: argparse.Namespace) -> list[Row]:
    """Each load meets a server that has just begun, and one visitor before."""
    many, seed = chosen.visitors, chosen.seed
    with _site(name) as site:
        address, way = site.address, site.way
        runs = {
            "steady": lambda: keep_stepping(address, way, many, chosen.every, chosen.seconds, seed),
            "burst": lambda: arrive_together(address, way, many, seed),
            "passing": lambda: come_and_go(address, way, many, seed),
        }
        await walk_alone(address, way, ALONE)
        alone = await row_of(site, "alone", 1, lambda: walk_alone(address, way, ALONE))
        wait, lasting = (chosen.every, chosen.seconds) if load == "steady" else (0, None)
        return [alone, await row_of(site, load, many, runs[load], wait, lasting)]


async def row_of(
    site: Running,
    load: str,
    visitors: int,
    run: Callable[[], Awaitable[Tally]],
    wait: float = 0,
    lasting: float | None = None,
) -> Row:
    """Run it; the processor's time is counted from `wait` seconds on, for `lasting` seconds or to the end."""
    running, memory = asyncio.ensure_future(run()), use(site.pids).memory
    await asyncio.sleep(wait)
    before, own, begun = use(site.pids), use([os.getpid()]).cpu, clock()
    await asyncio.wait([running], timeout=lasting)
    after, own, length = use(site.pids), use([os.getpid()]).cpu - own, clock() - begun
    tally = await running
    wrong = tally.faults.pop("wrong stop", 0)
    times, cpu = [1000 * step for step in tally.steps], after.cpu - before.cpu
    for fault, count in tally.faults.items():
        print(f"{site.name}, {load}: {count} × {fault}")
    return Row(
        site=site.name,
        load=load,
        visitors=visitors,
        steps=len(times),
        **{f"p{share}": percentile(times, share / 100) for share in (50, 95, 99)},
        a_second=len(times) / length,
        wrong=wrong,
        errors=tally.faults.total(),
        dropped=len(tally.returns),
        cpu=100 * cpu / length,
        cpu_a_step=1000 * cpu / max(1, len(times)),
        client=100 * own / length,
        memory_before=memory,
        memory=after.memory,
        files=after.files,
    )


@contextmanager
def _site(name: str) -> Iterator[Running]:
    if name.startswith("bare"):
        with bare_server(tuned=name == "bare tuned") as (address, process):
            yield Running(name, address, bare_way(), (process.pid,))
        return
    way = tour_way(published(HOUSE / "data", HOUSE / "media"))
    if name == BEHIND_NGINX:
        with TemporaryDirectory() as folder, running_replicas(Path(folder), 2) as replicas:
            yield Running(name, replicas.address, way, tuple(each.pid for each in replicas.processes.values()))
    else:
        with running_server() as (address, process):
            yield Running(name, address, way, (process.pid,))


def _let_many_in() -> None:
    """As many open files as we may have, for us and the servers that we start: each visitor takes some."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _rounded(row: Row) -> dict[str, str | int | float]:
    return {name: round(value, 1) if isinstance(value, float) else value for name, value in asdict(row).items()}


def table(rows: list[Row]) -> str:
    heads = "site       load     visitors  steps     p50     p95     p99 ms steps/s wrong errors dropped"
    lines = [heads + "  CPU %  ms/step client %     MB before → after  files"]
    for row in rows:
        lines.append(
            f"{row.site:10} {row.load:8} {row.visitors:8} {row.steps:6} {row.p50:7.0f} {row.p95:7.0f} {row.p99:7.0f}"
            f"    {row.a_second:7.1f} {row.wrong:5} {row.errors:6} {row.dropped:7}"
            f"  {row.cpu:5.0f}  {row.cpu_a_step:7.1f} {row.client:8.0f} {row.memory_before:13.0f} → {row.memory:5.0f}"
            f"  {row.files:5}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
