"""What is measured: the tour, two processes of it behind nginx, the bare script; each running."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter as clock

from benchmarks.bare import bare_server
from benchmarks.crowd import Way, bare_way, tour_way
from tests.conftest import HOUSE, running_server
from tests.replicas import running_replicas
from tour.validation.validate import load_valid

# Visitors say that they come from many households, and are believed as a proxy on this machine would be.
PROXIES = "127.0.0.1 ::1"


@dataclass(frozen=True)
class Running:
    """A site that is up: its name, address, way, the processes that answer, and the clock when its start began."""

    name: str
    address: str
    way: Way
    pids: tuple[int, ...]
    begun: float


@contextmanager
def one_tour(data: Path = HOUSE / "data", media: Path = HOUSE / "media") -> Iterator[Running]:
    told = {"TOUR_DATA": str(data), "TOUR_MEDIA": str(media), "TOUR_PROXIES": PROXIES}
    _let_many_in()
    way = tour_way(load_valid(data, media))
    begun = clock()
    with running_server(**told) as (address, process):
        yield Running("tour", address, way, (process.pid,), begun)


@contextmanager
def two_tours() -> Iterator[Running]:
    """Any stop may come from either."""
    _let_many_in()
    way = tour_way(load_valid(HOUSE / "data", HOUSE / "media"))
    begun = clock()
    with TemporaryDirectory() as folder, running_replicas(Path(folder), 2) as replicas:
        pids = tuple(each.pid for each in replicas.processes.values())
        yield Running("two tours", replicas.address, way, pids, begun)


@contextmanager
def tuned_bare_script() -> Iterator[Running]:
    begun = clock()
    with bare_server(tuned=True) as (address, process):
        yield Running("bare tuned", address, bare_way(), (process.pid,), begun)


def _let_many_in() -> None:
    """As many open files as we may have, for us and the servers that we start: each visitor takes some."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
