"""What visitors see while curators edit."""

import ctypes
import errno
import gc
import shutil
import threading
import time
import weakref
from datetime import datetime

import pytest
from PIL import Image
from watchdog.observers import inotify_c

from tests.conftest import is_drawn, reload, run_app, wait_until
from tests.sample_exhibition import QUAY, replace_once, translate
from tour.content.problems import ContentError
from tour.content_store import RECOVERED, ContentStore, store
from tour.folder_watch import FolderWatch
from tour.ui.map_component import map_arguments
from tour.validation.validate import load_all_languages
from tour.views.routing import all_pages, resolve
from tour.views.standalone_pages import standalone_pages


def test_a_valid_edit_is_published(content_store, folders):
    assert content_store.renderer().exhibition.stop("quay").title == "The Quay"

    replace_once(folders[0], QUAY, 'title = "The Quay"', 'title = "The Old Quay"')
    reload(content_store)

    assert content_store.renderer().exhibition.stop("quay").title == "The Old Quay"


def test_a_file_that_is_still_being_written_waits(content_store, folders):
    for written in ("Once more,", " and again,"):
        replace_once(folders[0], QUAY, "1899.[^ledger]", f"1899.[^ledger]{written}")
        content_store.poll()
        assert "nce" not in content_store.renderer().exhibition.stop("quay").narrative

    content_store.poll()
    assert "again," in content_store.renderer().exhibition.stop("quay").narrative


def test_an_edit_is_published_while_pictures_are_uploaded(content_store, folders):
    upload = folders[1] / "upload.png"
    replace_once(folders[0], QUAY, 'title = "The Quay"', 'title = "The Old Quay"')

    for size in (1, 2):
        upload.write_bytes(bytes(size))
        content_store.poll()

    assert content_store.renderer().exhibition.stop("quay").title == "The Old Quay"
    assert content_store.version.number == 2


def test_pictures_that_are_uploaded_are_no_reason_to_read_the_content_again_and_again(content_store, folders):
    before = content_store.renderer().exhibition

    for size in (1, 2, 3):
        (folders[1] / "upload.png").write_bytes(bytes(size))
        content_store.poll()
    assert content_store.renderer().exhibition is before

    content_store.poll()
    assert content_store.renderer().exhibition is not before


def test_a_picture_on_view_that_is_being_written_delays_an_edit(content_store, folders):
    replace_once(folders[0], QUAY, 'title = "The Quay"', 'title = "The Old Quay"')
    for shade in ("white", "grey", "black"):
        Image.new("RGB", (1200, 800), shade).save(folders[1] / "quay.png")
        content_store.poll()
        assert content_store.renderer().exhibition.stop("quay").title == "The Quay"

    content_store.poll()
    assert content_store.renderer().exhibition.stop("quay").title == "The Old Quay"


def test_a_picture_that_an_edit_adds_and_that_is_being_written_delays_it(content_store, folders):
    replace_once(folders[0], QUAY, "quay.png", "pier.png")
    for shade in ("white", "grey", "black"):
        Image.new("RGB", (1200, 800), shade).save(folders[1] / "pier.png")
        content_store.poll()
        assert content_store.version.number == 1

    content_store.poll()
    assert content_store.version.number == 2


def test_files_that_change_while_they_are_read_are_read_again(content_store, folders, monkeypatch):
    def interrupted(data, media):
        exhibitions = load_all_languages(data, media)
        replace_once(folders[0], "stops/south/03-light.md", "The Light", "The Lamp")
        monkeypatch.undo()
        return exhibitions

    replace_once(folders[0], QUAY, 'title = "The Quay"', 'title = "The Old Quay"')
    monkeypatch.setattr("tour.content_store.load_all_languages", interrupted)
    reload(content_store)
    assert content_store.renderer().exhibition.stop("quay").title == "The Quay"

    reload(content_store)
    titles = [stop.title for stop in content_store.renderer().exhibition.stops]
    assert titles == ["The Old Quay", "The Crane", "The Lamp"]


def test_an_invalid_edit_leaves_visitors_with_the_last_good_content(content_store, folders, caplog):
    before = content_store.renderer().exhibition

    replace_once(folders[0], QUAY, 'title = "The Quay"', 'title = ""')
    reload(content_store)

    assert content_store.renderer().exhibition is before
    assert f"{QUAY}: title is empty." in caplog.text


def test_a_corrected_edit_is_published(content_store, folders, caplog):
    replace_once(folders[0], QUAY, 'title = "The Quay"', 'title = ""')
    reload(content_store)

    replace_once(folders[0], QUAY, 'title = ""', 'title = "Mended"')
    reload(content_store)

    assert content_store.renderer().exhibition.stop("quay").title == "Mended"
    assert content_store.problems == ()
    assert RECOVERED in caplog.text


def test_a_picture_that_goes_missing_is_an_invalid_edit(content_store, folders):
    before = content_store.renderer().exhibition

    (folders[1] / "quay.png").unlink()
    reload(content_store)

    assert content_store.renderer().exhibition is before
    assert content_store.problems


def test_a_picture_that_is_replaced_is_a_valid_edit(content_store, folders):
    before = content_store.renderer().exhibition

    Image.new("RGB", (1200, 800), "white").save(folders[1] / "quay.png")
    reload(content_store)

    assert content_store.renderer().exhibition is not before


def test_unchanged_files_are_not_read_again(content_store):
    before = content_store.renderer().exhibition

    reload(content_store)

    assert content_store.renderer().exhibition is before


def test_a_stop_that_is_added_and_one_that_is_taken_out_are_valid_edits(content_store, folders):
    stops = folders[0] / "stops/north"
    quay = (stops / "01-quay.md").read_text("utf-8")

    (stops / "04-pier.md").write_text(quay.replace("The Quay", "The Pier"), "utf-8")
    (stops / "02-crane.md").unlink()
    reload(content_store)

    assert [stop.slug for stop in content_store.renderer().exhibition.stops] == ["quay", "light", "pier"]


def test_it_says_since_when_visitors_have_been_reading_it(content_store, folders):
    first = content_store.version.loaded_at

    replace_once(folders[0], QUAY, 'title = "The Quay"', 'title = "The Old Quay"')
    reload(content_store)

    assert first < content_store.version.loaded_at <= datetime.now()
    assert content_store.version.number == 2


def test_a_poll_that_fails_does_not_end_the_watching(content_store, folders, monkeypatch):
    published = threading.Event()

    def gone_and_back(data, media):
        monkeypatch.setattr("tour.content_store.load_all_languages", back)
        raise OSError("the disk is gone")

    def back(data, media):
        published.set()
        return load_all_languages(data, media)

    replace_once(folders[0], QUAY, 'title = "The Quay"', 'title = "The Old Quay"')
    monkeypatch.setattr("tour.content_store.load_all_languages", gone_and_back)
    monkeypatch.setattr("tour.content_store.RETRY_DELAY", 0)

    with content_store.watching():
        assert published.wait(10)


def test_content_that_was_never_valid_is_a_content_error(folders):
    replace_once(folders[0], QUAY, 'title = "The Quay"', 'title = ""')

    with pytest.raises(ContentError):
        ContentStore(*folders).renderer()


def test_content_that_was_never_valid_may_become_so(folders):
    replace_once(folders[0], QUAY, 'title = "The Quay"', 'title = ""')
    content_store = ContentStore(*folders)
    with pytest.raises(ContentError):
        content_store.exhibitions()

    replace_once(folders[0], QUAY, 'title = ""', 'title = "Mended"')
    reload(content_store)

    assert content_store.renderer().exhibition.stop("quay").title == "Mended"


def test_two_languages_never_come_from_two_readings(folders):
    translate(folders[0])
    content_store = ContentStore(*folders)
    before = content_store.renderer()
    assert [each.language for each in before.others] == ["de"]

    replace_once(folders[0], QUAY, 'title = "The Quay"', 'title = "The Old Quay"')
    reload(content_store)

    assert [each.stop("quay").title for each in (before.exhibition, *before.others)] == ["The Quay", "Der Kai"]


def test_old_versions_are_forgotten(content_store, folders):
    versions = []
    for _ in range(7):
        versions.append(weakref.ref(content_store.renderer().exhibition))
        draw_everything(content_store)
        replace_once(folders[0], QUAY, "Quay", "Quay again")
        reload(content_store)

    gc.collect()
    assert content_store.version.number == 8
    assert [version() for version in versions] == [None] * 7


def draw_everything(content_store: ContentStore) -> None:
    """All that a visitor may ask for of one version, which is cached somewhere."""
    renderer = content_store.renderer()
    for page in all_pages(renderer.exhibition):
        renderer.document(page, "https://example.org/")
        if page.position:
            renderer.progress(page.position)
            renderer.offline(page.position)
            map_arguments(renderer.exhibition, page.position)
    for render_page in standalone_pages(renderer, "").values():
        render_page()


def test_a_change_is_published_soon_and_an_idle_store_does_not_poll(content_store, folders, monkeypatch):
    polls = []
    monkeypatch.setattr("tour.content_store.INDEX_DELAY", 0)
    poll = content_store.poll
    monkeypatch.setattr(content_store, "poll", lambda: polls.append(time.monotonic()) or poll())

    with content_store.watching():
        wait_until(lambda: len(polls) >= 3)
        idle_since = len(polls)
        assert not threading.Event().wait(1)
        idle_polls = len(polls) - idle_since
        replace_once(folders[0], QUAY, 'title = "The Quay"', 'title = "The Old Quay"')
        wait_until(lambda: content_store.renderer().exhibition.stop("quay").title == "The Old Quay")

    assert idle_polls <= 1


def test_files_of_a_network_are_polled_and_the_log_says_so(content_store, folders, monkeypatch, caplog):
    monkeypatch.setattr("tour.content_store.INDEX_DELAY", 0)
    monkeypatch.setattr("tour.folder_watch._network_file_system", lambda folder: "nfs4")
    caplog.set_level("INFO")

    with content_store.watching():
        wait_until(lambda: "nfs4" in caplog.text)
        replace_once(folders[0], QUAY, 'title = "The Quay"', 'title = "The Old Quay"')
        wait_until(lambda: content_store.renderer().exhibition.stop("quay").title == "The Old Quay")


def test_a_folder_put_in_place_of_another_is_watched_as_well(content_store, folders, monkeypatch):
    monkeypatch.setattr("tour.content_store.INDEX_DELAY", 0)
    monkeypatch.setattr("tour.folder_watch.SAFETY_INTERVAL", 0.2)
    data = folders[0]

    with content_store.watching():
        shutil.copytree(data, data.with_name("new"))
        data.rename(data.with_name("old"))
        data.with_name("new").rename(data)
        replace_once(data, QUAY, 'title = "The Quay"', 'title = "The Old Quay"')
        wait_until(lambda: content_store.renderer().exhibition.stop("quay").title == "The Old Quay")


def test_searches_are_not_cached(content_store):
    renderer = content_store.renderer()

    def cached_after(words: str) -> int:
        renderer.document(resolve(renderer.exhibition, {"view": "find", "words": words}), "")
        return len(vars(renderer).get("_instance_cache", {}))

    assert cached_after("quay") == cached_after("crane") == cached_after("a light")


def test_a_folder_behind_a_link_is_watched(folders, monkeypatch):
    monkeypatch.setattr("tour.content_store.INDEX_DELAY", 0)
    monkeypatch.setattr("tour.folder_watch.SAFETY_INTERVAL", 60)
    data = folders[0].with_name("link")
    data.symlink_to(folders[0])
    content_store = ContentStore(data, folders[1])
    waits, wait = [], FolderWatch.wait
    monkeypatch.setattr(FolderWatch, "wait", lambda self, interval: waits.append(interval) or wait(self, interval))

    with content_store.watching():
        wait_until(lambda: len(waits) >= 2)  # the first one returns at once
        replace_once(folders[0], "exhibition.toml", "Two Harbours", "Three Harbours")
        wait_until(lambda: content_store.renderer().exhibition.title == "Three Harbours")


def test_a_folder_that_the_system_cannot_watch_is_polled_and_the_log_says_so(
    content_store, folders, monkeypatch, caplog
):
    def add_watch(descriptor: int, path: bytes, mask: int) -> int:
        if path.endswith(b"/north"):
            ctypes.set_errno(errno.ENOSPC)
            return -1
        return inotify_add_watch(descriptor, path, mask)

    inotify_add_watch = inotify_c.inotify_add_watch
    monkeypatch.setattr(inotify_c, "inotify_add_watch", add_watch)
    monkeypatch.setattr("tour.content_store.INDEX_DELAY", 0)
    monkeypatch.setattr("tour.folder_watch.SAFETY_INTERVAL", 60)

    with content_store.watching():
        wait_until(lambda: "inotify watch limit reached" in caplog.text)
        replace_once(folders[0], QUAY, 'title = "The Quay"', 'title = "The Old Quay"')
        wait_until(lambda: content_store.renderer().exhibition.stop("quay").title == "The Old Quay")


def test_a_folder_that_is_added_is_watched(content_store, folders, monkeypatch):
    monkeypatch.setattr("tour.content_store.INDEX_DELAY", 0)
    monkeypatch.setattr("tour.folder_watch.SAFETY_INTERVAL", 60)
    waits, wait = [], FolderWatch.wait
    monkeypatch.setattr(FolderWatch, "wait", lambda self, interval: waits.append(interval) or wait(self, interval))
    stops = folders[0] / "stops"

    with content_store.watching():
        wait_until(lambda: len(waits) >= 2)  # the first one returns at once
        (stops / "south/drafts").mkdir()
        wait_until(lambda: len(waits) >= 3)
        assert not threading.Event().wait(0.5)
        waits_before = len(waits)
        (stops / "south/drafts/note.txt").write_text("A draft.")
        wait_until(lambda: len(waits) > waits_before)


@pytest.mark.parametrize("query", [{}, {"stop": "quay"}, {"view": "stops"}])
def test_a_session_keeps_no_old_version(folders, monkeypatch, query):
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))
    monkeypatch.setenv("TOUR_MEDIA", str(folders[1]))
    page = run_app(**query)
    version = weakref.ref(store().renderer().exhibition)

    replace_once(folders[0], QUAY, "The Quay", "The Old Quay")
    store().poll()
    reload(store())
    gc.collect()

    assert store().version.number == 2
    assert version() is None
    assert is_drawn(page.run())
