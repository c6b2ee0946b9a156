"""What a load did: percentiles of its steps, and what processes took from the machine meanwhile."""

import math
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Use:
    """Seconds of processor so far, megabytes of memory now, and open files now, of some processes together."""

    cpu: float
    memory: float
    files: int


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
