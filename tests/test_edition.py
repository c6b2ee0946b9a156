"""What visitors see while curators edit."""

import pytest

from tests.small import QUAY, spoil, translate
from tour import edition as editions
from tour.edition import Edition
from tour.problems import ContentError


@pytest.fixture
def edition(folders, monkeypatch):
    monkeypatch.setattr(editions, "PATIENCE", 0)
    return Edition(*folders)


def test_a_good_edit_is_taken_over(edition, folders):
    assert edition.current().stop("quay").title == "The Quay"

    spoil(folders[0], QUAY, 'title = "The Quay"', 'title = "The Old Quay"')

    assert edition.current().stop("quay").title == "The Old Quay"


def test_a_faulty_edit_leaves_visitors_with_the_last_good_content(edition, folders, capsys):
    before = edition.current()

    spoil(folders[0], QUAY, 'title = "The Quay"', 'title = ""')

    assert edition.current() is before
    assert f"{QUAY}: title is empty." in capsys.readouterr().err


def test_a_mended_edit_is_taken_over_again(edition, folders):
    edition.current()
    spoil(folders[0], QUAY, 'title = "The Quay"', 'title = ""')
    edition.current()

    spoil(folders[0], QUAY, 'title = ""', 'title = "Mended"')

    assert edition.current().stop("quay").title == "Mended"
    assert edition.problems == ()


def test_a_picture_that_goes_missing_is_a_faulty_edit(edition, folders):
    before = edition.current()

    (folders[1] / "quay.png").unlink()

    assert edition.current() is before
    assert edition.problems


def test_unchanged_files_are_not_read_again(edition):
    assert edition.current() is edition.current()


def test_content_that_was_never_good_is_a_content_error(edition, folders):
    spoil(folders[0], QUAY, 'title = "The Quay"', 'title = ""')

    with pytest.raises(ContentError):
        edition.current()


def test_two_languages_never_come_from_two_readings(edition, folders):
    translate(folders[0])
    before = edition.current()
    assert [each.language for each in edition.others(before)] == ["de"]

    spoil(folders[0], QUAY, 'title = "The Quay"', 'title = "The Old Quay"')

    assert edition.others(before) == ()
