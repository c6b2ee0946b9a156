"""What a load did: percentiles of its steps, and what processes took from the machine meanwhile."""

import asyncio
import math
import os
import sys
from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter as clock

from benchmarks.crowd import Tally
from benchmarks.sites import Running

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Use:
    """Seconds of processor so far, megabytes of memory now, and open files now, of some processes together."""

    cpu: float
    memory: float
    files: int


@dataclass(frozen=True)
class Row:
    """What one load did to one site: milliseconds, megabytes, per cent of one processor, bytes."""

    site: str
    load: str
    visitors: int
    steps: int
    p50: float
    p95: float
    p99: float
    most: float
    a_second: float
    wrong: int
    errors: int
    dropped: int
    cpu: float
    cpu_a_step: float
    bytes_a_step: float
    client: float
    memory_before: float
    memory: float
    files: int

    @property
    def faults(self) -> int:
        """Of every kind that a visitor would notice."""
        return self.wrong + self.errors + self.dropped


async def row_of(
    site: Running, load: str, visitors: int, run: Awaitable[Tally], wait: float = 0, lasting: float | None = None
) -> Row:
    """Run it; the processor's time is counted from `wait` seconds on, for `lasting` seconds or to the end."""
    running, memory = asyncio.ensure_future(run), use(site.pids).memory
    await asyncio.sleep(wait)
    before, own, begun = use(site.pids), use([os.getpid()]).cpu, clock()
    await asyncio.wait([running], timeout=lasting)
    after, own, length = use(site.pids), use([os.getpid()]).cpu - own, clock() - begun
    tally = await running
    for fault, count in tally.faults.items():
        print(f"{site.name}, {load}: {count} × {fault}", file=sys.stderr)
    wrong = tally.faults["wrong stop"]
    times, cpu = [1000 * step for step in tally.steps], after.cpu - before.cpu
    return Row(
        site=site.name,
        load=load,
        visitors=visitors,
        steps=len(times),
        **{f"p{share}": percentile(times, share / 100) for share in (50, 95, 99)},
        most=max(times, default=math.nan),
        a_second=len(times) / length,
        wrong=wrong,
        errors=tally.faults.total() - wrong,
        dropped=len(tally.returns),
        cpu=100 * cpu / length,
        cpu_a_step=1000 * cpu / max(1, len(times)),
        bytes_a_step=tally.received / max(1, len(times)),
        client=100 * own / length,
        memory_before=memory,
        memory=after.memory,
        files=after.files,
    )


def details(rows: Iterable[Row]) -> str:
    """All that is known of each load; near 100 % of `client` the visitors, not the server, were what was measured."""
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


def use(pids: Iterable[int]) -> Use:
    pids = tuple(pids)
    return Use(
        sum(_cpu_seconds(pid) for pid in pids),
        sum(_memory(pid) for pid in pids),
        sum(len(list((PROC / str(pid) / "fd").iterdir())) for pid in pids),
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so great a share of all doesn't exceed; not a number if there are none."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)] if values else math.nan


def _cpu_seconds(pid: int) -> float:
    # The name, in parentheses, may hold spaces; user and system time are the 14th and 15th of all.
    after_name = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / TICKS


def _memory(pid: int) -> float:
    (line,) = [line for line in (PROC / str(pid) / "status").read_text().splitlines() if line.startswith("VmRSS:")]
    return int(line.split()[1]) * 1024 / 1e6
