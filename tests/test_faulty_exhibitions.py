"""Every fault that curators were seen or thought to make is reported word for word, and none of them is published."""

import pytest

from tests import full_exhibition
from tests.faulty import (
    cities,
    fields,
    lesson_and_maps,
    opening,
    pictures,
    places,
    saved,
    slips,
    sources,
    statements,
    stop_files,
    translations,
)
from tour.content.problems import ContentError
from tour.validation.validate import load_all_languages

KINDS = (opening, cities, stop_files, saved, slips, fields, places, pictures, statements, sources, translations)
FAULTS = [fault for kind in (*KINDS, lesson_and_maps) for fault in kind.FAULTS]


@pytest.fixture
def folders(tmp_path):
    """An exhibition in which every field is in use."""
    return full_exhibition.write(tmp_path)


def test_the_exhibition_is_sound_before_it_is_spoilt(folders):
    assert list(load_all_languages(*folders)) == ["en", "de"]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_what_a_curator_is_told_of(folders, fault):
    fault.spoil(*folders)

    with pytest.raises(ContentError) as caught:
        load_all_languages(*folders)

    assert str(caught.value).rpartition("\n")[0] == fault.report.replace("{data}", str(folders[0]))


def test_there_are_far_more_than_fifty_faults_each_told_in_words_of_its_own():
    reports = {fault.report for fault in FAULTS}
    names = {fault.name for fault in FAULTS}

    assert len(reports) >= 150
    assert len(names) == len(FAULTS)
