"""The servers that are measured, started and stopped: the tour, two processes of it behind nginx, the baseline."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter as clock

from benchmarks.baseline import baseline_server
from benchmarks.load_generator import Scenario, baseline_scenario, tour_scenario
from tests.conftest import PROJECT_ROOT, load_valid, running_server
from tests.replicas import running_replicas

# Virtual users claim addresses of their own, which the server believes as it would a proxy on this machine.
TRUSTED_PROXIES = "127.0.0.1,::1"


@dataclass(frozen=True)
class Server:
    """A running site: its name, address, scenario, the processes that serve it, and the clock at their start."""

    name: str
    address: str
    scenario: Scenario
    pids: tuple[int, ...]
    started_at: float


@contextmanager
def tour_server(data: Path = PROJECT_ROOT / "data", media: Path = PROJECT_ROOT / "media") -> Iterator[Server]:
    _raise_file_limit()
    scenario = tour_scenario(load_valid(data, media))
    start = clock()
    running = running_server(TOUR_DATA=str(data), TOUR_MEDIA=str(media), FORWARDED_ALLOW_IPS=TRUSTED_PROXIES)
    with running as (address, process):
        yield Server("tour", address, scenario, (process.pid,), start)


@contextmanager
def two_tour_servers() -> Iterator[Server]:
    """Any stop may come from either."""
    _raise_file_limit()
    scenario = tour_scenario(load_valid(PROJECT_ROOT / "data", PROJECT_ROOT / "media"))
    start = clock()
    with TemporaryDirectory() as folder, running_replicas(Path(folder), 2) as replicas:
        pids = tuple(process.pid for process in replicas.processes.values())
        yield Server("two tours", replicas.address, scenario, pids, start)


@contextmanager
def tuned_baseline() -> Iterator[Server]:
    start = clock()
    with baseline_server(tuned=True) as (address, process):
        yield Server("bare tuned", address, baseline_scenario(), (process.pid,), start)


def _raise_file_limit() -> None:
    """As many open files as we may have, for us and the servers that we start: each visitor takes some."""
    _, hard_limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard_limit, hard_limit))
