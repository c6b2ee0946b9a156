"""The exhibition's words in another language."""

import re

import pytest
from lxml import html

from tests.conftest import PROJECT_ROOT, load_valid
from tests.sample_exhibition import GERMAN_QUAY, QUAY, replace_once, translate
from tour.content.problems import ContentError, report
from tour.curation.lint.lint import translation_problems
from tour.validation.validate import load_all_languages
from tour.views.renderer import SiteRenderer
from tour.views.routing import resolve

DIARY = """
[diary]
title = "The diary"
publisher = "The Board"
language = "en"
address = "https://example.org/diary"
accessed = 2026-11-22
note = "Read once."
"""
MORE = """
[[links]]
title = "A third"
publisher = "The Board"
address = "https://example.org/c"
language = "en"
kind = "page"
"""


@pytest.fixture
def data(folders):
    """The folder of the sample exhibition with a German title, notice and first stop."""
    return translate(folders[0])


def problems(folders) -> str:
    with pytest.raises(ContentError) as caught:
        load_valid(*folders)
    return report(caught.value.problems)


def test_a_language_needs_files_alone(data, folders):
    assert load_valid(*folders).languages == ("en", "de")


def test_translated_words_lie_over_the_original(data, folders):
    german = load_valid(*folders, "de")

    assert (german.language, german.title, german.status.sentence) == ("de", "Zwei Häfen", "Die Freundschaft ruht.")
    assert german.stops[0].narrative == "Der Kai wurde 1899 gebaut.[^ledger]"
    assert german.stops[0].figures[0].alt == "Ein Bild des Kais"


def test_what_is_the_same_in_every_language_comes_from_the_original(data, folders):
    english, german = load_all_languages(*folders).values()

    assert german.stops[0].places[0].latitude == english.stops[0].places[0].latitude
    assert german.stops[0].figures[0].image == english.stops[0].figures[0].image
    assert german.status.quote == english.status.quote


def test_a_stop_without_a_translation_keeps_its_words_and_says_whose_language_they_are(data, folders):
    german = load_valid(*folders, "de")

    assert [stop.language for stop in german.stops] == ["de", "en", "en"]
    assert german.stops[1].title == "The Crane"


FAULTS = [
    (
        'title = "Der Kai"',
        'titel = "Der Kai"',
        "titel is not in the original.\n    Take it out, or add it",
    ),
    (
        'alt = "Ein',
        'image = "kai.png"\nalt = "Ein',
        "figures[1].image holds no words.\n    Take it out: it is",
    ),
    (
        '[[places]]\nlabel = "Der Kai"',
        'places = ["Kai"]',
        "places holds no words.\n    Take it out: it is",
    ),
    (
        "[[figures]]",
        "[[figures]]\n[[figures]]",
        "figures has 2 entries, the original 1.\n    Give each its words, in order.",
    ),
    ("gebaut.[^ledger]", "gebaut.", "narrative doesn't cite what the original cites.\n    Give each statement"),
    ("Der Kai wurde 1899 gebaut.[^ledger]", "", "narrative is empty."),
    ('title = "Der Kai"', 'title = "Der Kai', "line 3 can't be read: title = \"Der Kai\n    Close the text"),
    ('title = "Der Kai"', "title = 7", "title is not text."),
]


@pytest.mark.parametrize(("old", "new", "message"), FAULTS, ids=[message.split(".\n")[0] for *_, message in FAULTS])
def test_an_error_in_a_translation_names_its_file(data, folders, old, new, message):
    replace_once(data, GERMAN_QUAY, old, new)

    assert re.search(re.escape(GERMAN_QUAY) + ":? .*" + re.escape(message), problems(folders))


def test_a_translation_without_an_original_is_reported(data, folders):
    (data / GERMAN_QUAY).rename(data / "stops/north/07-lamp.de.md")

    assert "stops/north/07-lamp.de.md: translates 07-lamp.md, which is missing.\n    Rename it" in problems(folders)


def test_what_is_not_translated_is_a_warning_and_no_error(data):
    missing = [remark.file for remark in translation_problems(data) if remark.message == "is missing."]

    crane, light = "stops/north/02-crane.de.md", "stops/south/03-light.de.md"
    assert missing == ["tour/locale/de/LC_MESSAGES/messages.po", "sources.de.toml", crane, light]


def test_a_source_has_the_language_of_its_note(data, folders):
    replace_once(data, "sources.toml", "accessed = 2026-11-22", 'accessed = 2026-11-22\nnote = "Read twice."')
    with (data / "sources.toml").open("a", encoding="utf-8") as file:
        file.write(DIARY)
    (data / "sources.de.toml").write_text('[ledger]\nnote = "Zweimal gelesen."\n', "utf-8")

    english, german = (each.sources for each in load_all_languages(*folders).values())

    assert [(each.note, each.note_language) for each in german.values()] == [
        ("Zweimal gelesen.", "de"),
        ("Read once.", "en"),
    ]
    assert [(each.note, each.note_language) for each in english.values()] == [
        ("Read twice.", "en"),
        ("Read once.", "en"),
    ]


def test_the_page_of_sources_marks_a_note_in_another_language(data, folders):
    replace_once(data, "sources.toml", "accessed = 2026-11-22", 'accessed = 2026-11-22\nnote = "Read twice."')
    german = load_valid(*folders, "de")

    page = SiteRenderer(german, folders[1]).view(resolve(german, {"view": "sources"}))

    assert [each.text for each in html.fromstring(page).xpath("//li//span[@lang='en']")] == ["Read twice."]


def test_half_a_translation_shows_the_original_until_it_is_whole(data, folders):
    replace_once(data, GERMAN_QUAY, 'caption = "Der Kai, gezeichnet."', "")

    stop = load_valid(*folders, "de").stops[0]

    assert (stop.title, stop.language) == ("The Quay", "en")
    assert (GERMAN_QUAY, "figures[1].caption") in [(remark.file, remark.field) for remark in translation_problems(data)]


def test_a_language_begins_with_a_complete_introduction(data, folders):
    replace_once(data, "exhibition.de.toml", 'about = "Noch einer."', "")

    assert "exhibition.de.toml: cities[2].about is missing.\n    Say it in this language." in problems(folders)


def test_a_translation_is_up_to_date_until_the_words_of_its_original_change(data):
    assert GERMAN_QUAY not in [remark.file for remark in translation_problems(data)]

    replace_once(data, QUAY, "latitude = 60.5", "latitude = 60.6")
    assert GERMAN_QUAY not in [remark.file for remark in translation_problems(data)]

    replace_once(data, QUAY, "built in 1899", "built of oak in 1899")
    assert [remark.field for remark in translation_problems(data) if remark.file == GERMAN_QUAY] == ["source_hash"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("+++\n\nThe quay", MORE + "+++\n\nThe quay", "links has 2 entries, the original 3."),
        ("[^ledger]", ".[^ledger] Again.[^ledger]", "narrative doesn't cite what the original cites."),
    ],
    ids=["a link added", "a citation added"],
)
def test_an_edit_of_the_original_is_no_error_in_its_translation(data, folders, old, new, message):
    replace_once(data, QUAY, old, new)

    stop = load_valid(*folders, "de").stops[0]

    assert (stop.title, stop.language) == ("The Quay", "en")
    assert message in report(translation_problems(data))


def test_every_published_stop_is_whole_in_every_language(exhibitions):
    for language, exhibition in exhibitions.items():
        assert {stop.slug for stop in exhibition.stops if stop.language != language} == set()


def test_nothing_that_is_published_waits_for_a_translation():
    waiting = [
        str(remark)
        for remark in translation_problems(PROJECT_ROOT / "data")
        if not remark.file.startswith("tour/locale/")
    ]

    assert waiting == []


def test_every_published_note_on_a_source_is_in_the_language_of_the_page(exhibitions):
    for language, exhibition in exhibitions.items():
        noted = [source for source in exhibition.sources.values() if source.note]
        assert {source.id for source in noted if source.note_language != language} == set()


def test_no_published_field_says_the_same_in_two_languages(exhibitions):
    english, russian = exhibitions.values()

    for one, other in zip(english.stops, russian.stops, strict=True):
        texts = [(stop.lede, stop.narrative, *(each.alt for each in stop.pictures())) for stop in (one, other)]
        assert set(texts[0]).isdisjoint(texts[1]), one.slug
