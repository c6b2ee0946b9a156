"""The container of the tests: `make image` builds it, the command in docs/hosting.md runs it, by Docker or Podman."""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from tests.conftest import PROJECT_ROOT, free_port, wait_until

NAME = "exhibition-test"
DOCKERFILE = (PROJECT_ROOT / "deploy/Dockerfile").read_text("utf-8")
GUIDE = (PROJECT_ROOT / "docs/hosting.md").read_text("utf-8")
((BASE, VERSION, SUITE),) = re.findall(r"^ARG BASE=(python:(\S+)-slim-(\w+))$", DOCKERFILE, re.MULTILINE)
DEBIAN_BASE = f"{NAME}-base:{VERSION}-{SUITE}"
# How pip reaches its index from this machine.
PIP_FILES = ("/etc/pip.conf", "/etc/ssl/certs/ca-certificates.crt")


@dataclass(frozen=True)
class Engine:
    """Docker or Podman; `environment` has its settings."""

    command: str
    environment: dict[str, str]

    def run(self, *arguments: str) -> None:
        subprocess.run([self.command, *arguments], env=self.environment, check=True)

    def succeeds(self, *arguments: str) -> bool:
        return _succeeds(self.command, *arguments, environment=self.environment)


@dataclass(frozen=True)
class Container:
    engine: Engine
    address: str

    def is_healthy(self) -> bool:
        with suppress(OSError), urlopen(f"{self.address}/_stcore/health", timeout=5) as response:
            return bool(response.read() == b"ok")
        return False

    def run(self, *command: str, user: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command in it, as its own user or another; in another language its messages would differ."""
        options = ["--env", "LC_ALL=C", *(["--user", user] if user else [])]
        executed = [self.engine.command, "exec", *options, NAME, *command]
        return subprocess.run(executed, env=self.engine.environment, capture_output=True, text=True)


def engine(folder: Path) -> Engine:
    """The one that responds, with its settings in the folder; Podman is installed if there is none; or SystemExit."""
    if not _find():
        _install("podman", "runc")
    if command := _find():
        (folder / "containers.conf").write_text(_podman_settings(), "utf-8")
        return Engine(command, {**os.environ, "CONTAINERS_CONF": str(folder / "containers.conf")})
    raise SystemExit("The tests run the container image. Install Docker, or on Debian and Ubuntu: apt install podman")


def build(engine: Engine, folder: Path) -> None:
    """Build it as `make image` does; the label finds the previous image, which has lost its name."""
    options = f"OPTIONS=--label {NAME}=1 --build-arg BASE={_base(engine, folder)}"
    subprocess.run(["make", "image", f"IMAGE={NAME}", options], cwd=PROJECT_ROOT, env=engine.environment, check=True)
    engine.succeeds("image", "prune", "--force", "--filter", f"label={NAME}=1")


@contextmanager
def running_container(engine: Engine) -> Iterator[Container]:
    """Started by the guide's command, with another name, port and a new volume; removed at the end."""
    port = free_port()
    container = Container(engine, f"http://127.0.0.1:{port}")
    _remove(engine)
    engine.run(*guide_command(engine.command, port))
    try:
        wait_until(container.is_healthy)
        yield container
    finally:
        engine.run("logs", "--tail", "30", NAME)
        _remove(engine)


def guide_command(command: str, port: int) -> list[str]:
    (text,) = re.findall(r"^docker (run (?:.*\\\n)*.*)$", GUIDE, re.MULTILINE)
    for old, new in (
        ("--restart unless-stopped", ""),
        ("--name exhibition ", f"--name {NAME} "),
        ("exhibition-derivatives:", f"{NAME}:"),
        ("127.0.0.1:8501:", f"127.0.0.1:{port}:"),
        # Podman would let more folders be written than Docker does.
        ("--read-only ", "--read-only --read-only-tmpfs=false " if command == "podman" else "--read-only "),
    ):
        assert old in text
        text = text.replace(old, new)
    assert text.endswith(" exhibition")
    return shlex.split(f"{text}-test".replace("\\\n", ""))


def _find() -> str | None:
    """A Docker without its daemon doesn't respond."""
    installed = filter(shutil.which, ("docker", "podman"))
    return next((name for name in installed if _succeeds(name, "info")), None)


def _install(*packages: str) -> None:
    if shutil.which("apt-get"):
        sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
        _succeeds(*sudo, "apt-get", "update", "-q")
        _succeeds(*sudo, "apt-get", "install", "-q", "-y", "--no-install-recommends", *packages)


def _succeeds(*command: str, environment: dict[str, str] | None = None) -> bool:
    return subprocess.run(command, env=environment, capture_output=True).returncode == 0


def _podman_settings() -> str:
    """Limits like those of compose.yaml: Podman's own may be higher than this machine allows."""
    settings = '[containers]\ndefault_ulimits = ["nofile=16384:16384", "nproc=4096:4096"]\n'
    # crun refuses cgroups of both versions at once.
    return settings + ('[engine]\nruntime = "runc"\n' if Path("/sys/fs/cgroup/unified").exists() else "")


def _base(engine: Engine, folder: Path) -> str:
    """The Dockerfile's base image; where no registry has it, the same Python from Debian's packages."""
    if engine.succeeds("image", "inspect", BASE) or engine.succeeds("pull", BASE):
        return BASE
    if not engine.succeeds("image", "inspect", DEBIAN_BASE):
        if not shutil.which("mmdebstrap"):
            _install("mmdebstrap", "debian-archive-keyring")
        packages = f"python{VERSION},python3-pip,python-is-python3,ca-certificates"
        copied = [f"copy-in {file} {Path(file).parent}" for file in PIP_FILES if Path(file).exists()]
        hooks = [f"--customize-hook={hook}" for hook in ("rm $1/usr/lib/python3*/EXTERNALLY-MANAGED", *copied)]
        command = ["mmdebstrap", "--quiet", "--variant=minbase", f"--include={packages}", *hooks, SUITE]
        subprocess.run([*command, str(folder / "root.tar")], check=True)
        (folder / "Dockerfile").write_text("FROM scratch\nADD root.tar /\n", "utf-8")
        engine.run("build", "-t", DEBIAN_BASE, str(folder))
    return DEBIAN_BASE


def _remove(engine: Engine) -> None:
    engine.succeeds("rm", "--force", NAME)
    engine.succeeds("volume", "rm", "--force", NAME)
