"""The warnings of `check`: each rule has its reason, and warns where it should and nowhere else."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from PIL import Image

from tests.sample_exhibition import GERMAN_QUAY, QUAY, replace_once, translate
from tour.__main__ import main
from tour.curation.lint.lint import lint
from tour.curation.lint.prose import count_words, sentences
from tour.validation.validate import load_all_languages

TODAY = date(2026, 11, 22)
CLAIM = """
[[claims]]
about = "When was it built?"
accounts = [{ says = "In 1899.", sources = ["ledger"] }, { says = "In 1900.", sources = ["ledger"] }]

[[figures]]"""
DIARY = """[diary]
title = "The diary"
publisher = "The Board"
language = "en"
address = "https://example.org"
accessed = 2026-01-01

[ledger]"""
STORY = "The quay was built in 1899.[^ledger]"


def warnings(folders, today: date = TODAY) -> set[str]:
    """All warnings, a line each: rule, file, field and message."""
    problems = [(each.rule.name, each.problem) for each in lint(load_all_languages(*folders), *folders, today)]
    # The links of a sample exhibition have never been checked.
    problems = [(rule, problem) for rule, problem in problems if rule != "link"]
    return {f"{rule}: {problem.file}: {problem.field} {problem.message}" for rule, problem in problems}


EDITS = [
    # file, what is replaced, by what, and the warning that comes of it
    (
        QUAY,
        "A picture of The Quay",
        "IMG_2034.JPG",
        f"alt-name: {QUAY}: figures[1].alt is “IMG_2034.JPG”, a file's name.",
    ),
    (QUAY, "A picture of The Quay", "dsc 0042", f"alt-name: {QUAY}: figures[1].alt is “dsc 0042”, a file's name."),
    (
        QUAY,
        "A picture of The Quay",
        "A long look. " * 20,
        f"alt-long: {QUAY}: figures[1].alt has 260 characters, more than 250.",
    ),
    (QUAY, "[[figures]]", CLAIM, f"one-source: {QUAY}: claims[1] rests on ledger alone."),
    (QUAY, '"A page"', '"here"', f"empty-link: {QUAY}: links[1].title is “here”."),
    (QUAY, '"A page"', '"Подробнее…"', f"empty-link: {QUAY}: links[1].title is “Подробнее…”."),
    (
        QUAY,
        'language = "ru"',
        'language = "xx"',
        f"link-language: {QUAY}: links[2].language is xx, which is no language that we know.",
    ),
    (QUAY, STORY, f"{STORY} {'So it stood. ' * 120}", f"long-text: {QUAY}: narrative has 366 words."),
    (
        QUAY,
        STORY,
        f"{STORY} It is{' very' * 39} old.",
        f"long-sentence: {QUAY}: narrative has a sentence of 42 words: “It is{' very' * 12} ver…”",
    ),
    (
        QUAY,
        STORY,
        f"{STORY} It is closed today.",
        f"undated: {QUAY}: narrative says “today” without a date: “It is closed today.”",
    ),
    (
        QUAY,
        'lede = "A',
        'lede = "Now a',
        f"undated: {QUAY}: lede says “Now” without a date: “Now a place by the water.”",
    ),
    (
        "exhibition.toml",
        "checked = 2026",
        "checked = 2024",
        "old-status: exhibition.toml: status.checked is 730 days ago.",
    ),
    (
        "sources.toml",
        "[ledger]",
        DIARY,
        "uncited: sources.toml: diary is cited nowhere.",
    ),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "warning"),
    EDITS,
    ids=[warning.split(": ")[0] + " " + new[:20] for *_, new, warning in EDITS],
)
def test_what_an_editor_would_mark_is_a_warning(folders, file, old, new, warning):
    before = warnings(folders)

    replace_once(folders[0], file, old, new)

    assert warnings(folders) - before == {warning}


@pytest.mark.parametrize(
    "text",
    [
        "It is closed today.[^ledger]",
        "Today, in 2026, it is closed.",
        f"> It is{' very' * 60} old.",
        "Mrs. Smith signed. Mr. Jones didn’t.",
    ],
    ids=["a source dates it", "a year dates it", "a quotation stays as it is", "short sentences"],
)
def test_what_an_editor_lets_stand_is_none(folders, text):
    before = warnings(folders)

    replace_once(folders[0], QUAY, STORY, f"{STORY}\n\n{text}")

    assert warnings(folders) == before


def test_text_in_another_language_is_marked_in_its_own_file(folders):
    translate(folders[0])
    replace_once(folders[0], GERMAN_QUAY, "Ein Bild des Kais", "kai.png")

    assert f"alt-name: {GERMAN_QUAY}: figures[1].alt is “kai.png”, a file's name." in warnings(folders)


def test_a_missing_translation_is_a_warning(folders):
    translate(folders[0])

    assert "translation: stops/north/02-crane.de.md:  is missing." in warnings(folders)


def test_a_twin_without_a_reason_is_a_warning_until_it_has_one(folders):
    replace_once(folders[0], QUAY, 'lede = "', 'twin = "light"\nlede = "')
    warning = f"twin-reason: {QUAY}: twin_reason is missing."
    assert warning in warnings(folders)

    replace_once(folders[0], QUAY, 'lede = "', 'twin_reason = "Both stand by the water."\nlede = "')

    assert warning not in warnings(folders)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1199, 800), {f"small-picture: {QUAY}: figures[1].image names quay.png, which is 1199 pixels wide."}),
        ((1200, 800), set()),
        ((5000, 4200), {f"huge-picture: {QUAY}: figures[1].image names quay.png, which has 21 megapixels."}),
    ],
)
def test_a_picture_is_to_be_large_enough_and_no_larger(folders, size, expected):
    Image.new("RGB", size, "white").save(folders[1] / "quay.png")

    assert {each for each in warnings(folders) if "quay.png" in each} == expected


def test_a_position_in_a_photograph_is_a_warning(folders):
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (60.0, 30.0, 0.0)}
    Image.new("RGB", (1200, 800), "white").save(folders[1] / "quay.jpg", exif=exif)
    replace_once(folders[0], QUAY, "quay.png", "quay.jpg")

    assert f"position: {QUAY}: figures[1].image names quay.jpg, whose EXIF has a position." in warnings(folders)


def test_a_picture_in_no_stop_is_a_warning(folders):
    Image.new("RGB", (9, 9)).save(folders[1] / "left-over.png")

    assert "unused-picture: media/left-over.png:  is in no stop." in warnings(folders)


def test_a_citation_after_the_full_stop_belongs_to_its_sentence():
    assert sentences("It stands.[^a][^b] It fell.[^c]\n\nAgain “it rose.”[^d] So.") == [
        "It stands[^a][^b].",
        "It fell[^c].",
        "Again “it rose[^d].”",
        "So.",
    ]


def test_only_what_a_visitor_reads_counts_as_a_word():
    assert count_words("The {en:“in Friendship”} plaque’s 1,200 letters.[^museum-plaque]") == 6


def run(folders, monkeypatch, *options: str):
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))
    monkeypatch.setenv("TOUR_MEDIA", str(folders[1]))
    return CliRunner().invoke(main, ["check", *options])


def test_check_prints_warnings_with_their_reasons_and_a_table_and_does_not_fail(folders, monkeypatch):
    result = run(folders, monkeypatch)

    assert result.exit_code == 0
    assert "link: Who follows a link should find there what the exhibition promises.\n  links.json" in result.stdout
    assert "\nquay   6      1        1 " in result.stdout
    assert result.stdout.rstrip().endswith("No errors, 4 warnings.")


def test_check_prints_errors_alone_and_fails(folders, monkeypatch):
    replace_once(folders[0], QUAY, 'title = "The Quay"', 'title = ""')

    result = run(folders, monkeypatch)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"{QUAY}: title is empty.\n    Fill it in.\n1 problem in the content.\n"


def test_check_reports_the_same_to_another_program(folders, monkeypatch):
    result = json.loads(run(folders, monkeypatch, "--json").stdout)

    assert (result["errors"], len(result["warnings"])) == ([], 4)
    assert result["coverage"][0] | {"stop": "quay", "languages": ["en"], "twin": False} == result["coverage"][0]
    assert result["warnings"][0].keys() == {"rule", "why", "file", "field", "message", "hint"}

    replace_once(folders[0], QUAY, 'title = "The Quay"', 'title = ""')
    broken = run(folders, monkeypatch, "--json")

    error = {"file": QUAY, "field": "title", "message": "is empty.", "hint": "Fill it in."}
    assert (broken.exit_code, json.loads(broken.stdout)["errors"]) == (1, [error])
