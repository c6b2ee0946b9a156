"""Content that is copied, swapped or saved by a clock that is wrong, while it is read."""

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests import sample_exhibition
from tests.conftest import in_background, reload
from tests.sample_exhibition import QUAY, replace_once
from tour.content.problems import ContentError
from tour.content_store import ContentStore
from tour.content_store import store as shown
from tour.validation.validate import load_all_languages
from tour.web.app import routes

YEAR_1999, YEAR_2100 = 930_000_000, 4_100_000_000  # seconds since 1970


def cut_short(data: Path, media: Path) -> None:
    for path in sorted(data.rglob("*.md")):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def without_its_opening(data: Path, media: Path) -> None:
    (data / "exhibition.toml").unlink()


def half_of_the_files(data: Path, media: Path) -> None:
    for path in sorted(path for path in data.rglob("*") if path.is_file())[::2]:
        path.unlink()


def without_pictures(data: Path, media: Path) -> None:
    shutil.rmtree(media)


def gone(data: Path, media: Path) -> None:
    shutil.rmtree(data)


half_copied = pytest.mark.parametrize(
    "halve", [cut_short, without_its_opening, half_of_the_files, without_pictures, gone]
)


@half_copied
def test_while_content_is_half_copied_visitors_keep_the_last_good_one(content_store, folders, halve):
    before = content_store.renderer().exhibition

    halve(*folders)
    reload(content_store)

    assert content_store.renderer().exhibition is before


@half_copied
def test_a_start_amid_a_copy_is_being_prepared_until_all_is_there(folders, tmp_path, monkeypatch, halve):
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))
    monkeypatch.setenv("TOUR_MEDIA", str(folders[1]))
    client = TestClient(Starlette(routes=routes()))
    halve(*folders)
    early = client.get("/?stop=quay")

    (tmp_path / "whole").mkdir()
    for whole, folder in zip(sample_exhibition.write(tmp_path / "whole"), folders, strict=True):
        shutil.copytree(whole, folder, dirs_exist_ok=True)
    reload(shown())

    assert (early.status_code, "being prepared" in early.text) == (503, True)
    assert client.get("/?stop=quay").status_code == 200


def test_a_start_while_files_arrive_waits_for_them(folders, monkeypatch):
    def interrupted(data, media):
        exhibitions = load_all_languages(data, media)
        replace_once(folders[0], QUAY, 'title = "The Quay"', 'title = "The Old Quay"')
        monkeypatch.undo()
        return exhibitions

    content_store = ContentStore(*folders)
    monkeypatch.setattr("tour.content_store.load_all_languages", interrupted)
    with pytest.raises(ContentError):
        content_store.renderer()

    assert content_store.renderer().exhibition.stop("quay").title == "The Old Quay"


def test_a_folder_that_goes_while_it_is_read_is_read_again(content_store, folders, monkeypatch):
    def going(data, media):
        monkeypatch.undo()
        raise FileNotFoundError(data)

    replace_once(folders[0], QUAY, 'title = "The Quay"', 'title = "The Old Quay"')
    monkeypatch.setattr("tour.content_store.load_all_languages", going)
    reload(content_store)
    reload(content_store)

    assert content_store.renderer().exhibition.stop("quay").title == "The Old Quay"


def test_folders_that_are_swapped_again_and_again_cause_no_error(content_store, folders):
    data, whole = folders[0], folders[0].with_name("whole")
    shutil.copytree(data, whole)

    def swap():
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(whole, data)

    with in_background(swap):
        for _ in range(1000):
            content_store.poll()
    reload(content_store)

    assert [stop.slug for stop in content_store.renderer().exhibition.stops] == ["quay", "crane", "light"]
    assert content_store.problems == ()


def test_a_folder_that_the_system_cannot_read_is_being_prepared(folders):
    with pytest.raises(ContentError):
        ContentStore(folders[0] / ("long" * 100), folders[1]).renderer()


def test_a_log_on_a_full_disk_keeps_no_edit_from_visitors(content_store, folders, monkeypatch):
    replace_once(folders[0], QUAY, 'title = "The Quay"', 'title = ""')
    with suppress(OSError), Path("/dev/full").open("w") as full:  # it complains once more when it is closed
        monkeypatch.setattr(sys, "stderr", full)
        with suppress(OSError):
            reload(content_store)
        replace_once(folders[0], QUAY, 'title = ""', 'title = "Mended"')
        with suppress(OSError):
            reload(content_store)
        monkeypatch.undo()

    assert content_store.renderer().exhibition.stop("quay").title == "Mended"


@pytest.mark.parametrize("time", [YEAR_1999, YEAR_2100])
def test_an_edit_by_a_clock_that_is_wrong_is_seen(content_store, folders, time):
    replace_once(folders[0], QUAY, 'title = "The Quay"', 'title = "The Old Quay"')
    os.utime(folders[0] / QUAY, (time, time))
    reload(content_store)
    assert content_store.renderer().exhibition.stop("quay").title == "The Old Quay"

    replace_once(folders[0], QUAY, 'title = "The Old Quay"', 'title = "The Older Quay"')
    os.utime(folders[0] / QUAY, (YEAR_1999 - 1, YEAR_1999 - 1))
    reload(content_store)
    assert content_store.renderer().exhibition.stop("quay").title == "The Older Quay"


def test_an_edit_that_keeps_time_and_size_is_seen(content_store, folders):
    before = (folders[0] / QUAY).stat()

    replace_once(folders[0], QUAY, 'title = "The Quay"', 'title = "The Kuai"')
    os.utime(folders[0] / QUAY, ns=(before.st_atime_ns, before.st_mtime_ns))
    reload(content_store)

    assert content_store.renderer().exhibition.stop("quay").title == "The Kuai"


def test_a_new_derivative_is_no_edit(content_store, folders):
    number = content_store.version.number

    (folders[1] / "derivatives").mkdir()
    (folders[1] / "derivatives/quay-0123456789ab-480.avif").touch()
    reload(content_store)

    assert content_store.version.number == number
