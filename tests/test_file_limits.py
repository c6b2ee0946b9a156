"""How many files the site may open at once, as it starts."""

import resource
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from tests.conftest import running_site

START = "import resource; from tour.web.file_limits import raise_file_limit; raise_file_limit()"
START += "; print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])"


def started(soft: int, hard: int) -> tuple[int, str]:
    """The limit of a process that has started under these, and its output."""
    done = subprocess.run(
        [sys.executable, "-c", START],
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard)),
    )
    return int(done.stdout), done.stderr


def test_a_low_limit_is_raised_as_far_as_it_may_be():
    assert started(256, 5000) == (5000, "")


def test_one_that_stays_too_low_is_logged_with_a_hint():
    limit, output = started(256, 1000)

    assert limit == 1000
    assert output.count("\n") == 1
    assert "At most 1000 files" in output
    assert "LimitNOFILE=65536" in output


@pytest.mark.parametrize("soft", [4096, 5000])
def test_a_sufficient_limit_is_not_logged(soft):
    assert started(soft, 5000) == (5000, "")


def test_the_site_raises_it_when_it_starts():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1000, hard))
    try:
        with running_site() as site:
            httpx2.get(f"{site}/_stcore/health")
            limit, _ = resource.prlimit(process_at(site.rpartition(":")[2]), resource.RLIMIT_NOFILE)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

    assert limit == hard


def process_at(port: str) -> int:
    """The process of the site at that port."""
    option = f"--server.port={port}".encode()
    return next(int(each.parent.name) for each in Path("/proc").glob("[0-9]*/cmdline") if option in each.read_bytes())
