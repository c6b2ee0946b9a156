"""The disk is full, not writable, or loses derivatives: visitors see every picture, operators a message."""

import io
import re
import resource
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import httpx2
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from tests.conftest import APP, PROJECT_ROOT, in_background, load_valid, running_server, uncounted_environ
from tests.sitemap import page_urls
from tour.images import convert, derivative_cache, derivatives, social_cards

FREE_BYTES = 1000  # enough for a small file, and for half of any image


@pytest.fixture
def pictures(folders):
    """The URLs of all derivatives and social cards."""
    exhibition, media = load_valid(*folders), folders[1]
    urls = [f"/images/{each.name}" for each in derivatives.needed(exhibition, media)]
    return urls + [f"/cards/{each.name}" for each in social_cards.needed(exhibition, media)]


@pytest.fixture
def unwritable(folders):
    """Derivatives can't be written, not even by root: a file has the name of their folder."""
    path = folders[1] / derivatives.FOLDER
    path.touch()
    return path


@pytest.fixture
def conversions(monkeypatch):
    """The calls that create a derivative."""
    calls, create = [], convert.derivative
    monkeypatch.setattr(convert, "derivative", lambda *of: calls.append(of) or create(*of))
    return calls


def tour(folders, *words: str, free_bytes: int = resource.RLIM_INFINITY) -> subprocess.CompletedProcess:
    """Run a command while no file may exceed `free_bytes`."""
    environ = {**uncounted_environ(), "TOUR_DATA": str(folders[0]), "TOUR_MEDIA": str(folders[1])}
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (free_bytes, resource.RLIM_INFINITY))
    command = [sys.executable, "-B", "-m", "tour", *words]
    return subprocess.run(command, cwd=PROJECT_ROOT, env=environ, preexec_fn=limit, capture_output=True, text=True)


@contextmanager
def full_disk(process: subprocess.Popen):
    limit = partial(resource.prlimit, process.pid, resource.RLIMIT_FSIZE)
    before = limit()
    limit((FREE_BYTES, before[1]))
    try:
        yield
    finally:
        limit(before)


def written(folders) -> set[str]:
    """The URLs of the images that are on the disk."""
    files = [path for path in (folders[1] / derivatives.FOLDER).rglob("*") if path.is_file()]
    return {
        f"/cards/{path.name}" if path.parent.name == social_cards.Card.folder else f"/images/{path.name}"
        for path in files
    }


def is_complete(picture: bytes) -> bool:
    with Image.open(io.BytesIO(picture)) as image:
        image.load()
    return True


@pytest.mark.parametrize("words", [["images"], ["export", "www"]], ids=lambda words: words[0])
def test_a_full_disk_is_reported_with_file_message_and_hint(folders, tmp_path, words):
    result = tour(folders, words[0], *(str(tmp_path / each) for each in words[1:]), free_bytes=FREE_BYTES)

    assert result.returncode == 1
    assert re.search(r"^/\S+: can't be written: File too large\.\n    Make room there", result.stderr, re.MULTILINE)
    assert "Traceback" not in result.stderr


def test_a_full_disk_leaves_no_half_of_a_picture_and_the_rest_follows_when_there_is_room(folders, pictures):
    tour(folders, "images", free_bytes=FREE_BYTES)
    before = written(folders)
    again = tour(folders, "images")

    assert before < set(pictures)
    assert f"{len(pictures) - len(before)} made, 0 removed" in again.stdout
    assert written(folders) == set(pictures)
    assert all(is_complete(path.read_bytes()) for path in (folders[1] / derivatives.FOLDER).rglob("*.*"))


def test_what_a_killed_writer_left_behind_is_deleted(folders, pictures):
    folder = folders[1] / derivatives.FOLDER
    (folder / social_cards.Card.folder).mkdir(parents=True)
    for unfinished in (".quay-0123456789ab-480.avif.0123", "cards/.card-quay-en-0123456789ab.jpg.0123"):
        (folder / unfinished).write_bytes(b"content")

    assert "2 removed" in tour(folders, "images").stdout
    assert written(folders) == set(pictures)


def test_a_site_on_a_full_disk_shows_every_picture_and_keeps_them_once_there_is_room(folders, pictures):
    server = running_server(TOUR_DATA=str(folders[0]), TOUR_MEDIA=str(folders[1]))
    with server as (site, process), httpx2.Client(base_url=site, timeout=60) as visitor:
        with full_disk(process):
            responses = [visitor.get(address) for address in (*pictures, *pictures)]
            written_files = written(folders)
        responses += [visitor.get(address) for address in pictures]

    assert {response.status_code for response in responses} == {200}
    assert all(is_complete(response.content) for response in responses)
    assert written_files < set(pictures)
    assert written(folders) == set(pictures)


def test_where_nothing_can_be_written_every_address_answers(client, unwritable, pictures):
    urls = [*page_urls(client), *pictures, "/text", "/print", "/tour.json", "/iiif/manifest.json"]

    assert {client.get(address).status_code for address in urls} == {200}


def test_a_picture_that_cannot_be_written_is_generated_once(client, unwritable, pictures, conversions):
    first, again = client.get(pictures[0]), client.get(pictures[0])

    assert first.content == again.content
    assert len(conversions) == 1


def test_a_disk_that_takes_nothing_is_logged_once_and_not_at_every_picture(client, unwritable, pictures, caplog):
    for address in pictures:
        client.get(address)

    (message,) = caplog.messages
    assert "can't be written: " in message
    assert "shown pictures from memory" in message


def test_a_disk_that_takes_nothing_again_is_logged_again(client, unwritable, pictures, caplog):
    client.get(pictures[0])
    unwritable.unlink()
    client.get(pictures[0])
    shutil.rmtree(unwritable)
    unwritable.touch()
    client.get(pictures[1])

    assert len(caplog.messages) == 2


def test_memory_has_the_last_pictures_alone(monkeypatch):
    monkeypatch.setattr(derivative_cache, "MAX_FALLBACK_BYTES", 10)
    fallback = derivative_cache.MemoryFallback()

    for name in ("first", "second", "third"):
        fallback.add(name, b"12345", derivative_cache.WriteError(28, "No space left on device", name))

    assert [fallback.get(name) for name in ("first", "second", "third")] == [None, b"12345", b"12345"]


def test_an_empty_file_after_a_power_loss_is_generated_anew(client, folders, pictures):
    path = folders[1] / derivatives.FOLDER / pictures[0].removeprefix("/images/")
    path.parent.mkdir()
    path.touch()

    assert is_complete(client.get(pictures[0]).content)
    assert is_complete(path.read_bytes())


@pytest.mark.parametrize("suffix", ["avif", "webp", "jpg", "card"])
@pytest.mark.parametrize("fraction", [0.001, 0.5, 0.99])
def test_a_file_cut_short_by_a_crash_is_generated_anew(client, folders, pictures, suffix, fraction):
    url = next(url for url in pictures if (suffix if suffix != "card" else "/cards/") in url)
    path = folders[1] / derivatives.FOLDER / url.removeprefix("/").removeprefix("images/")
    whole = client.get(url).content
    path.write_bytes(whole[: int(len(whole) * fraction)])

    assert client.get(url).content == whole
    assert path.read_bytes() == whole


def test_a_file_cut_short_by_a_crash_is_missing_for_the_command_and_the_export(folders):
    wanted = derivatives.needed(load_valid(*folders), folders[1])[:3]
    cache = derivative_cache.DerivativeCache(folders[1])
    path = cache.get_or_create_file(wanted[0])
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])

    assert wanted[0] in cache.missing(wanted)
    assert cache.get_or_create_file(wanted[0]).read_bytes() == whole


def test_derivatives_that_are_deleted_during_visits_are_generated_again(client, folders, pictures):
    delete = partial(shutil.rmtree, folders[1] / derivatives.FOLDER, ignore_errors=True)
    fast = [address for address in pictures if address.endswith(".jpg")]

    with in_background(delete), ThreadPoolExecutor(4) as visitors:
        responses = list(visitors.map(client.get, fast * 5))

    assert {response.status_code for response in responses} == {200}
    assert all(is_complete(response.content) for response in responses)


def test_concurrent_requests_for_a_deleted_picture_cause_one_generation(client, pictures, conversions):
    with ThreadPoolExecutor(8) as visitors:
        responses = list(visitors.map(client.get, [pictures[0]] * 16))

    assert {response.status_code for response in responses} == {200}
    assert len(conversions) == 1


def test_the_site_writes_derivatives_and_nothing_else(client, folders, pictures):
    def state() -> dict[Path, tuple[int, int]]:
        paths = [*folders[0].rglob("*"), *folders[1].glob("*.*")]
        return {path: (path.stat().st_mtime_ns, path.stat().st_ctime_ns) for path in paths}

    before = state()
    for address in (*page_urls(client), *pictures, "/text", "/print", "/evidence", "/tour.json", "/sitemap.xml"):
        client.get(address)
    assert not AppTest.from_file(str(APP), default_timeout=60).run().exception

    assert state() == before
    assert sorted(path.name for path in folders[1].parent.iterdir()) == ["data", "media"]
