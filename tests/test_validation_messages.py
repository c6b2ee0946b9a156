"""Every error that curators make or may make is reported word for word, and none of them is published."""

import pytest

from tests import full_exhibition
from tests.invalid_content import (
    cities,
    encodings,
    fields,
    images,
    introduction,
    lesson_and_maps,
    places,
    sources,
    statements,
    stop_files,
    toml_syntax,
    translations,
)
from tour.content.problems import ContentError
from tour.validation.validate import load_all_languages

MODULES = (
    *(introduction, cities, stop_files, encodings, toml_syntax, fields, places, images, statements, sources),
    *(translations, lesson_and_maps),
)
CASES = [case for module in MODULES for case in module.CASES]


@pytest.fixture
def folders(tmp_path):
    """An exhibition in which every field is in use."""
    return full_exhibition.write(tmp_path)


def test_the_exhibition_is_valid_before_the_change(folders):
    assert list(load_all_languages(*folders)) == ["en", "de"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_report_for(folders, case):
    case.change(*folders)

    with pytest.raises(ContentError) as caught:
        load_all_languages(*folders)

    assert str(caught.value).rpartition("\n")[0] == case.report.replace("{data}", str(folders[0]))


def test_there_are_far_more_than_fifty_reports_each_with_a_text_of_its_own():
    reports = {case.report for case in CASES}
    names = {case.name for case in CASES}

    assert len(reports) >= 150
    assert len(names) == len(CASES)
