"""Several processes of the site behind nginx, any of which can be ended and started again."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import free_port, running_server
from tests.nginx import running_nginx


@dataclass(frozen=True)
class Replicas:
    """The address that visitors ask, and the processes that answer there, by port."""

    address: str
    processes: dict[int, subprocess.Popen]
    running: ExitStack

    @property
    def ports(self) -> list[int]:
        return list(self.processes)

    def kill(self, port: int) -> None:
        """End it as a machine that loses its power would."""
        self.processes[port].kill()
        self.processes[port].wait(20)

    def end(self, port: int) -> None:
        """End it as systemd or Docker would."""
        self.processes[port].terminate()
        self.processes[port].wait(20)

    def start(self, port: int) -> None:
        """Start it on the port where it was."""
        _, self.processes[port] = self.running.enter_context(running_server(port, FORWARDED_ALLOW_IPS="127.0.0.1"))


@contextmanager
def running_replicas(folder: Path, count: int) -> Iterator[Replicas]:
    ports = [free_port() for _ in range(count)]
    with running_nginx(folder, ports) as nginx, ExitStack() as running:
        replicas = Replicas(nginx.address, {}, running)
        for port in ports:
            replicas.start(port)
        yield replicas
