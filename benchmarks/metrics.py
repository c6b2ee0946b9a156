"""What a load did: percentiles of its steps, and what the server's processes took from the machine meanwhile."""

import asyncio
import math
import os
import sys
from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter as clock

from benchmarks.load_generator import WRONG_STOP, Totals
from benchmarks.servers import Server

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class ResourceUsage:
    """Seconds of CPU so far, megabytes of memory now, and open files now, of some processes together."""

    cpu: float
    memory: float
    open_files: int


@dataclass(frozen=True)
class LoadMetrics:
    """What one load did to one server: milliseconds, megabytes, per cent of one processor, bytes."""

    server: str
    load: str
    users: int
    steps: int
    p50: float
    p95: float
    p99: float
    slowest: float
    steps_per_second: float
    wrong_stops: int
    other_errors: int
    disconnects: int
    cpu_percent: float
    cpu_per_step: float
    bytes_per_step: float
    client_cpu_percent: float
    memory_before: float
    memory: float
    open_files: int

    @property
    def errors(self) -> int:
        """Of every kind that a visitor would notice."""
        return self.wrong_stops + self.other_errors + self.disconnects


async def measure_load(
    server: Server, load: str, users: int, run: Awaitable[Totals], delay: float = 0, duration: float | None = None
) -> LoadMetrics:
    """Run it; CPU time is counted from `delay` seconds on, for `duration` seconds or to the end."""
    running, memory = asyncio.ensure_future(run), resource_usage(server.pids).memory
    await asyncio.sleep(delay)
    before, client_before, start = resource_usage(server.pids), resource_usage([os.getpid()]).cpu, clock()
    await asyncio.wait([running], timeout=duration)
    after, client_cpu, seconds = (
        resource_usage(server.pids),
        resource_usage([os.getpid()]).cpu - client_before,
        clock() - start,
    )
    totals = await running
    for error, count in totals.errors.items():
        print(f"{server.name}, {load}: {count} × {error}", file=sys.stderr)
    wrong_stops = totals.errors[WRONG_STOP]
    times, cpu = [1000 * step for step in totals.step_times], after.cpu - before.cpu
    return LoadMetrics(
        server=server.name,
        load=load,
        users=users,
        steps=len(times),
        **{f"p{share}": percentile(times, share / 100) for share in (50, 95, 99)},
        slowest=max(times, default=math.nan),
        steps_per_second=len(times) / seconds,
        wrong_stops=wrong_stops,
        other_errors=totals.errors.total() - wrong_stops,
        disconnects=len(totals.reconnect_times),
        cpu_percent=100 * cpu / seconds,
        cpu_per_step=1000 * cpu / max(1, len(times)),
        bytes_per_step=totals.bytes_received / max(1, len(times)),
        client_cpu_percent=100 * client_cpu / seconds,
        memory_before=memory,
        memory=after.memory,
        open_files=after.open_files,
    )


def details(loads: Iterable[LoadMetrics]) -> str:
    """All metrics of each load. Near 100 % of `client %` the virtual users, not the server, were the bottleneck."""
    header = "server     load        users  steps     p50     p95     p99 ms steps/s wrong errors dropped"
    lines = [header + "  CPU %  ms/step client %     MB before → after  files"]
    for row in loads:
        lines.append(
            f"{row.server:10} {row.load:8} {row.users:8} {row.steps:6} {row.p50:7.0f} {row.p95:7.0f} {row.p99:7.0f}"
            f"    {row.steps_per_second:7.1f} {row.wrong_stops:5} {row.other_errors:6} {row.disconnects:7}"
            f"  {row.cpu_percent:5.0f}  {row.cpu_per_step:7.1f} {row.client_cpu_percent:8.0f}"
            f" {row.memory_before:13.0f} → {row.memory:5.0f}  {row.open_files:5}"
        )
    return "\n".join(lines)


def resource_usage(pids: Iterable[int]) -> ResourceUsage:
    pids = tuple(pids)
    return ResourceUsage(
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
