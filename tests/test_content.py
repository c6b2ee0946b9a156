"""Every fault in the files is told with file, field, fault and remedy; sound files become values."""

from pathlib import Path

import pytest

from tests.small import QUAY, spoil
from tour.addresses import KEPT
from tour.checks import check, published
from tour.content import read
from tour.pages import VIEWS
from tour.problems import ContentError, report

CRANE = "stops/north/02-crane.md"


def problems(data: Path, media: Path) -> str:
    reading = read(data)
    return report([*reading.problems, *check(reading, media)])


def test_sound_files_have_no_problems(folders):
    assert problems(*folders) == ""


def test_stops_come_in_the_order_of_their_numbers(folders):
    assert [stop.slug for stop in published(*folders).stops] == ["quay", "crane", "light"]


def test_all_faults_are_told_at_once(folders):
    data, media = folders

    spoil(data, QUAY, "[^ledger]", "[^diary]")
    spoil(data, CRANE, 'title = "The Crane"', "title = 1")
    spoil(data, "sources.toml", 'publisher = "The Board"', 'publisher = ""')

    assert problems(data, media).endswith("3 problems in the content.")


def test_every_view_keeps_its_name():
    assert set(VIEWS) < set(KEPT)


def test_a_byte_order_mark_is_not_a_fault(folders):
    data, media = folders
    (data / QUAY).write_bytes(b"\xef\xbb\xbf" + (data / QUAY).read_bytes())

    assert problems(data, media) == ""


def test_line_ends_of_windows_are_not_a_fault(folders):
    data, media = folders
    (data / QUAY).write_bytes((data / QUAY).read_bytes().replace(b"\n", b"\r\n"))

    assert problems(data, media) == ""
    assert published(data, media).stop("quay").narrative == "The quay was built in 1899.[^ledger]"


@pytest.mark.parametrize("name", [".01-quay.md.swp", "~$01-quay.docx", "README.md", "01-quay.md~", "Thumbs.db"])
def test_what_an_editor_leaves_behind_is_not_a_fault(folders, name):
    data, media = folders
    (data / "stops" / "north" / name).write_bytes(b"\0")

    assert problems(data, media) == ""


def test_signs_that_part_lines_elsewhere_part_none_here(folders):
    data, media = folders
    spoil(data, QUAY, 'title = "The Quay"', 'title = "The\u2028Quay"')

    assert published(data, media).stop("quay").title == "The\u2028Quay"


def test_a_faulty_exhibition_is_not_published(folders):
    data, media = folders
    spoil(data, QUAY, "[^ledger]", "[^diary]")

    with pytest.raises(ContentError) as error:
        published(data, media)

    assert [problem.file for problem in error.value.problems] == [QUAY]
