"""The curator's commands end with an error message where others would show a traceback."""

import ctypes
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests import generated_exhibition
from tests.conftest import PROJECT_ROOT, uncounted_environ
from tour.__main__ import main

PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2  # linux/prctl.h, linux/capability.h
FREE_BYTES = 100
NEW_STOP = ("new-stop", "--yes", "--city=crumbury", "--title=Mill", "--latitude=46.305", "--longitude=-29.61")
COMMANDS = {
    "check": ("check",),
    "draw": ("draw",),
    "export": ("export", "www"),
    "images": ("images",),
    "links": ("links", "--pause=0", "--timeout=0.1"),
    "new-exhibition": ("new-exhibition", "new"),
    "new-stop": NEW_STOP,
    "photos": ("photos", "--contact=a@example.org"),
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The working folder of the commands, with data/ and media/ of an exhibition."""
    data, media = generated_exhibition.write(tmp_path)
    monkeypatch.setenv("TOUR_DATA", str(data))
    monkeypatch.setenv("TOUR_MEDIA", str(media))
    monkeypatch.setenv("PYTHONPATH", str(PROJECT_ROOT))
    yield tmp_path
    for path in [tmp_path, *tmp_path.glob("*")]:
        path.chmod(0o700)


def without_privileges() -> None:
    """Give up what lets root read and write every file; another user has nothing to give up."""
    for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability)


def with_a_full_disk() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (FREE_BYTES, resource.RLIM_INFINITY))


def run(folder: Path, command: str, limit: Callable[[], None]) -> subprocess.CompletedProcess:
    words, environ = [sys.executable, "-B", "-m", "tour", *COMMANDS[command]], uncounted_environ()
    return subprocess.run(words, cwd=folder, env=environ, preexec_fn=limit, capture_output=True, text=True)


def outdate_drawings(folder: Path) -> None:
    for master in (folder / "media").glob("*.png"):
        os.utime(master, (0, 0))


@pytest.mark.parametrize(
    ("command", "protected"),
    [
        *((command, "data") for command in ("check", "export", "images", "links", "new-stop", "photos")),
        *((command, "media") for command in ("check", "draw", "export", "images", "links")),
    ],
)
def test_a_folder_that_may_not_be_read_is_an_error_message(folder, command, protected):
    (folder / protected).chmod(0)

    result = run(folder, command, without_privileges)

    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert protected in result.stderr and "Permission denied" in result.stderr


@pytest.mark.parametrize(
    ("command", "protected"),
    [("draw", "media"), ("export", "."), ("new-exhibition", "."), ("new-stop", "data/stops/crumbury")],
)
def test_a_folder_that_may_not_be_written_is_an_error_message(folder, command, protected):
    outdate_drawings(folder)
    (folder / protected).chmod(0o500)

    result = run(folder, command, without_privileges)
    (folder / protected).chmod(0o700)

    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "can't be written: Permission denied." in result.stderr


@pytest.mark.parametrize("command", ["draw", "links", "new-exhibition", "new-stop"])
def test_a_full_disk_is_an_error_message(folder, command):
    outdate_drawings(folder)

    result = run(folder, command, with_a_full_disk)

    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "can't be written: File too large." in result.stderr


def test_a_stop_that_finds_no_room_leaves_no_half_of_a_file(folder):
    run(folder, "new-stop", with_a_full_disk)

    assert not list((folder / "data").rglob("*mill*"))


def test_a_file_that_is_a_folder_is_an_error_message_with_file_error_and_hint(folder):
    kit = folder / "media" / "drawings" / "kit.svg"
    kit.unlink()
    kit.mkdir()

    result = CliRunner().invoke(main, ["draw"])

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"{kit}: can't be read or written: Is a directory.\n"
        "    See that it is there, and that whoever runs this may read and write it.\n"
    )
