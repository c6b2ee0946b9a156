"""What visitors see while curators edit."""

import threading
from datetime import datetime

import pytest
from PIL import Image

from tests.small import QUAY, spoil, translate
from tour.content.problems import ContentError
from tour.content_store import RECOVERED, ContentStore
from tour.validation.validate import load_all_languages


@pytest.fixture
def edition(folders):
    """As it is while the site runs: read once, and looked at."""
    held = ContentStore(*folders)
    held.every()
    held.look()
    return held


def saved(edition: ContentStore) -> None:
    """What the watcher does once a file was saved: it sees the change, and then that it lies still."""
    edition.look()
    edition.look()


def test_a_good_edit_is_taken_over(edition, folders):
    assert edition.current().stop("quay").title == "The Quay"

    spoil(folders[0], QUAY, 'title = "The Quay"', 'title = "The Old Quay"')
    saved(edition)

    assert edition.current().stop("quay").title == "The Old Quay"


def test_a_file_that_is_still_being_written_waits(edition, folders):
    for written in ("Once more,", " and again,"):
        spoil(folders[0], QUAY, "1899.[^ledger]", f"1899.[^ledger]{written}")
        edition.look()
        assert "nce" not in edition.current().stop("quay").narrative

    edition.look()
    assert "again," in edition.current().stop("quay").narrative


def test_files_that_change_while_they_are_read_are_read_again(edition, folders, monkeypatch):
    def interrupted(data, media):
        every = load_all_languages(data, media)
        spoil(folders[0], "stops/south/03-light.md", "The Light", "The Lamp")
        monkeypatch.undo()
        return every

    spoil(folders[0], QUAY, 'title = "The Quay"', 'title = "The Old Quay"')
    monkeypatch.setattr("tour.content_store.in_every_language", interrupted)
    saved(edition)
    assert edition.current().stop("quay").title == "The Quay"

    saved(edition)
    assert [stop.title for stop in edition.current().stops] == ["The Old Quay", "The Crane", "The Lamp"]


def test_a_faulty_edit_leaves_visitors_with_the_last_good_content(edition, folders, capsys):
    before = edition.current()

    spoil(folders[0], QUAY, 'title = "The Quay"', 'title = ""')
    saved(edition)

    assert edition.current() is before
    assert f"{QUAY}: title is empty." in capsys.readouterr().err


def test_a_mended_edit_is_taken_over_again(edition, folders, capsys):
    spoil(folders[0], QUAY, 'title = "The Quay"', 'title = ""')
    saved(edition)

    spoil(folders[0], QUAY, 'title = ""', 'title = "Mended"')
    saved(edition)

    assert edition.current().stop("quay").title == "Mended"
    assert edition.problems == ()
    assert RECOVERED in capsys.readouterr().err


def test_a_picture_that_goes_missing_is_a_faulty_edit(edition, folders):
    before = edition.current()

    (folders[1] / "quay.png").unlink()
    saved(edition)

    assert edition.current() is before
    assert edition.problems


def test_a_picture_that_is_replaced_is_a_good_edit(edition, folders):
    before = edition.current()

    Image.new("RGB", (1200, 800), "white").save(folders[1] / "quay.png")
    saved(edition)

    assert edition.current() is not before


def test_unchanged_files_are_not_read_again(edition):
    before = edition.current()

    saved(edition)

    assert edition.current() is before


def test_a_stop_that_is_added_and_one_that_is_taken_out_are_good_edits(edition, folders):
    stops = folders[0] / "stops/north"
    quay = (stops / "01-quay.md").read_text("utf-8")

    (stops / "04-pier.md").write_text(quay.replace("The Quay", "The Pier"), "utf-8")
    (stops / "02-crane.md").unlink()
    saved(edition)

    assert [stop.slug for stop in edition.current().stops] == ["quay", "light", "pier"]


def test_it_says_since_when_visitors_have_been_reading_it(edition, folders):
    first = edition.since

    spoil(folders[0], QUAY, 'title = "The Quay"', 'title = "The Old Quay"')
    saved(edition)

    assert first < edition.since <= datetime.now()
    assert edition.number == 2


def test_a_look_that_fails_does_not_end_the_watch(edition, folders, monkeypatch):
    taken_over = threading.Event()

    def gone_and_back(data, media):
        monkeypatch.setattr("tour.content_store.in_every_language", back)
        raise OSError("the disk is gone")

    def back(data, media):
        taken_over.set()
        return load_all_languages(data, media)

    spoil(folders[0], QUAY, 'title = "The Quay"', 'title = "The Old Quay"')
    monkeypatch.setattr("tour.content_store.in_every_language", gone_and_back)
    monkeypatch.setattr("tour.content_store.AFTER_A_FAULT", 0)

    with edition.watched():
        assert taken_over.wait(10)


def test_content_that_was_never_good_is_a_content_error(folders):
    spoil(folders[0], QUAY, 'title = "The Quay"', 'title = ""')

    with pytest.raises(ContentError):
        ContentStore(*folders).current()


def test_content_that_was_never_good_may_become_so(folders):
    spoil(folders[0], QUAY, 'title = "The Quay"', 'title = ""')
    edition = ContentStore(*folders)
    with pytest.raises(ContentError):
        edition.every()

    spoil(folders[0], QUAY, 'title = ""', 'title = "Mended"')
    saved(edition)

    assert edition.current().stop("quay").title == "Mended"


def test_two_languages_never_come_from_two_readings(folders):
    translate(folders[0])
    edition = ContentStore(*folders)
    before = edition.current()
    assert [each.language for each in edition.others(before)] == ["de"]

    spoil(folders[0], QUAY, 'title = "The Quay"', 'title = "The Old Quay"')
    saved(edition)

    assert edition.others(before) == ()
