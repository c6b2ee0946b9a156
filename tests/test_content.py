"""Every fault in the files is reported with file, field, message and hint; valid files become values."""

import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import PROJECT_ROOT, load_valid
from tests.sample_exhibition import QUAY, replace_once
from tour.content.loader import EMPTY_STATUS, load
from tour.content.problems import ContentError, Problem, report
from tour.curation.lint.lint import lint
from tour.model import Account, Claim, Comparison, ComparisonSide, DetailImage, Event, Figure, Link, Place, Region, Stop
from tour.urls import RESERVED_SLUGS, STANDALONE_PAGES, VIEWS
from tour.validation.validate import load_all_languages, validate

TODAY = date(2026, 11, 22)
ALMANAC = """[almanac]
title = "The almanac"
publisher = "The Board"
language = "en"
address = "https://example.org/almanac"
accessed = 2026-11-22

[ledger]"""
CRANE = "stops/north/02-crane.md"


def problems(data: Path, media: Path) -> str:
    reading = load(data)
    return report([*reading.problems, *validate(reading, media)])


def test_valid_files_have_no_problems(folders):
    assert problems(*folders) == ""


def test_stops_come_in_the_order_of_their_numbers(folders):
    assert [stop.slug for stop in load_valid(*folders).stops] == ["quay", "crane", "light"]


def test_all_errors_are_reported_at_once(folders):
    data, media = folders

    replace_once(data, QUAY, "[^ledger]", "[^diary]")
    replace_once(data, CRANE, 'title = "The Crane"', "title = 1")
    replace_once(data, "sources.toml", 'publisher = "The Board"', 'publisher = ""')

    assert problems(data, media).endswith("3 problems in the content.")


def test_a_status_that_cannot_be_read_is_empty(folders):
    data, _ = folders
    replace_once(data, "exhibition.toml", "[status]", "[notice]")

    assert load(data).exhibition.status == EMPTY_STATUS


def test_no_stop_takes_the_name_of_another_page():
    assert {*VIEWS, *STANDALONE_PAGES} < set(RESERVED_SLUGS)


def test_a_byte_order_mark_is_not_an_error(folders):
    data, media = folders
    (data / QUAY).write_bytes(b"\xef\xbb\xbf" + (data / QUAY).read_bytes())

    assert problems(data, media) == ""


def test_line_ends_of_windows_are_not_an_error(folders):
    data, media = folders
    (data / QUAY).write_bytes((data / QUAY).read_bytes().replace(b"\n", b"\r\n"))

    assert problems(data, media) == ""
    assert load_valid(data, media).stop("quay").narrative == "The quay was built in 1899.[^ledger]"


@pytest.mark.parametrize("name", [".01-quay.md.swp", "~$01-quay.docx", "README.md", "01-quay.md~", "Thumbs.db"])
def test_files_that_an_editor_leaves_behind_are_not_an_error(folders, name):
    data, media = folders
    (data / "stops" / "north" / name).write_bytes(b"\0")

    assert problems(data, media) == ""


def test_signs_that_part_lines_elsewhere_part_none_here(folders):
    data, media = folders
    replace_once(data, QUAY, 'title = "The Quay"', 'title = "The\u2028Quay"')

    assert load_valid(data, media).stop("quay").title == "The\u2028Quay"


def test_an_invalid_exhibition_is_not_published(folders):
    data, media = folders
    replace_once(data, QUAY, "[^ledger]", "[^diary]")

    with pytest.raises(ContentError) as error:
        load_valid(data, media)

    assert [problem.file for problem in error.value.problems] == [QUAY]


def test_the_stop_explained_to_curators_is_valid(folders):
    data, media = folders
    guide = (PROJECT_ROOT / "data/README.md").read_text("utf-8")
    explained = re.search(r"```\n(\+\+\+.*?)```", guide, re.DOTALL)[1]
    (data / "stops/north/04-old-harbour.md").write_text(explained, "utf-8")
    replace_once(data, "sources.toml", "[ledger]", ALMANAC)
    Image.new("RGB", (1600, 900), "white").save(media / "old-harbour.png")

    assert problems(data, media) == ""
    assert [
        each for each in lint(load_all_languages(data, media), data, media, TODAY) if "harbour" in each.problem.file
    ] == []


def test_every_field_of_a_stop_is_explained_to_curators():
    guide = (PROJECT_ROOT / "data/README.md").read_text("utf-8")
    kinds = (Stop, Place, Figure, Link, Claim, Account, Event, Comparison, ComparisonSide, DetailImage, Region)
    unset = {"slug", "city", "file", "narrative"}  # what the file's place and the story say

    named = {each.name for kind in kinds for each in fields(kind)} - unset
    assert {name for name in named if not re.search(rf"\b{name}\b", guide)} == set()


def test_a_report_names_the_first_errors_and_counts_them_all():
    reported = report(Problem("quay.md", f"figures[{number}]", "is empty.", "Fill it in.") for number in range(1, 1001))

    assert reported.count("is empty.") == 200
    assert reported.endswith("… and 800 more.\n1,000 problems in the content.")
