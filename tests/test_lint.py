"""What `check` says as an editor: each rule has its reason, and speaks where it should and nowhere else."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from PIL import Image

from tests.small import GERMAN_QUAY, QUAY, spoil, translate
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


def asked(folders, today: date = TODAY) -> set[str]:
    """All advice, a line each: rule, file, field and fault."""
    every = load_all_languages(*folders)
    # That no link was ever asked for is told of every small exhibition.
    found = [(each.rule.name, each.problem) for each in lint(every, *folders, today) if each.rule.name != "link"]
    return {f"{rule}: {problem.file}: {problem.field} {problem.fault}" for rule, problem in found}


WORDS = [
    # file, what is replaced, by what, and the advice that comes of it
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
    ("file", "old", "new", "told"), WORDS, ids=[told.split(": ")[0] + " " + new[:20] for *_, new, told in WORDS]
)
def test_an_editor_marks(folders, file, old, new, told):
    before = asked(folders)

    spoil(folders[0], file, old, new)

    assert asked(folders) - before == {told}


@pytest.mark.parametrize(
    "words",
    [
        "It is closed today.[^ledger]",
        "Today, in 2026, it is closed.",
        f"> It is{' very' * 60} old.",
        "Mrs. Smith signed. Mr. Jones didn’t.",
    ],
    ids=["a source dates it", "a year dates it", "a quotation stays as it is", "short sentences"],
)
def test_an_editor_lets_stand(folders, words):
    before = asked(folders)

    spoil(folders[0], QUAY, STORY, f"{STORY}\n\n{words}")

    assert asked(folders) == before


def test_words_in_another_language_are_marked_in_their_own_file(folders):
    translate(folders[0])
    spoil(folders[0], GERMAN_QUAY, "Ein Bild des Kais", "kai.png")

    assert f"alt-name: {GERMAN_QUAY}: figures[1].alt is “kai.png”, a file's name." in asked(folders)


def test_a_missing_translation_is_advice(folders):
    translate(folders[0])

    assert "translation: stops/north/02-crane.de.md:  is missing." in asked(folders)


def test_a_twin_without_a_reason_is_advice_until_it_has_one(folders):
    spoil(folders[0], QUAY, 'lede = "', 'twin = "light"\nlede = "')
    riddle = f"twin-reason: {QUAY}: twin_reason is missing."
    assert riddle in asked(folders)

    spoil(folders[0], QUAY, 'lede = "', 'twin_reason = "Both stand by the water."\nlede = "')

    assert riddle not in asked(folders)


@pytest.mark.parametrize(
    ("size", "told"),
    [
        ((1199, 800), {f"small-picture: {QUAY}: figures[1].image names quay.png, which is 1199 pixels wide."}),
        ((1200, 800), set()),
        ((5000, 4200), {f"huge-picture: {QUAY}: figures[1].image names quay.png, which has 21 megapixels."}),
    ],
)
def test_a_picture_is_to_be_large_enough_and_no_larger(folders, size, told):
    Image.new("RGB", size, "white").save(folders[1] / "quay.png")

    assert {each for each in asked(folders) if "quay.png" in each} == told


def test_a_position_in_a_photograph_is_told(folders):
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (60.0, 30.0, 0.0)}
    Image.new("RGB", (1200, 800), "white").save(folders[1] / "quay.jpg", exif=exif)
    spoil(folders[0], QUAY, "quay.png", "quay.jpg")

    assert f"position: {QUAY}: figures[1].image names quay.jpg, whose EXIF has a position." in asked(folders)


def test_a_picture_in_no_stop_is_told(folders):
    Image.new("RGB", (9, 9)).save(folders[1] / "left-over.png")

    assert "unused-picture: media/left-over.png:  is in no stop." in asked(folders)


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


def test_check_tells_advice_with_its_reason_and_a_table_and_does_not_fail(folders, monkeypatch):
    told = run(folders, monkeypatch)

    assert told.exit_code == 0
    assert "link: Who follows a link should find there what the exhibition promises.\n  links.json" in told.stdout
    assert "\nquay   6      1        1 " in told.stdout
    assert told.stdout.rstrip().endswith("No fault. 4 pieces of advice.")


def test_check_tells_faults_alone_and_fails(folders, monkeypatch):
    spoil(folders[0], QUAY, 'title = "The Quay"', 'title = ""')

    told = run(folders, monkeypatch)

    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr == f"{QUAY}: title is empty.\n    Fill it in.\n1 problem in the content.\n"


def test_check_tells_another_program_the_same(folders, monkeypatch):
    told = json.loads(run(folders, monkeypatch, "--json").stdout)

    assert (told["faults"], len(told["advice"])) == ([], 4)
    assert told["coverage"][0] | {"stop": "quay", "languages": ["en"], "twin": False} == told["coverage"][0]
    assert told["advice"][0].keys() == {"rule", "why", "file", "field", "fault", "remedy"}

    spoil(folders[0], QUAY, 'title = "The Quay"', 'title = ""')
    broken = run(folders, monkeypatch, "--json")

    told = {"file": QUAY, "field": "title", "fault": "is empty.", "remedy": "Fill it in."}
    assert (broken.exit_code, json.loads(broken.stdout)["faults"]) == (1, [told])
