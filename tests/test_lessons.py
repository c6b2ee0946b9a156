"""A lesson for one class: its questions, its evidence cards, and its error messages."""

import pytest
from lxml import html

from tests.conftest import load_valid
from tests.full_exhibition import LESSON
from tests.sample_exhibition import QUAY, replace_once
from tour import typography
from tour.content.cited_sources import lesson_sources
from tour.content.markdown import strip_markdown
from tour.content.problems import ContentError, report
from tour.model import Claim
from tour.views.lessons import evidence_cards
from tour.views.renderer import SiteRenderer
from tour.views.routing import all_pages, resolve
from tour.views.standalone_pages import evidence

CLAIMS = """
[[claims]]
about = "Who dug the quay?"
our_position = "We say that it was voles."
accounts = [{ says = "Badgers dug it.", sources = ["ledger"] }, { says = "Ants dug it.", sources = ["ledger"] }]

[[claims]]
about = "Who asked?"
accounts = [{ says = "Nobody.", sources = ["ledger"] }, { says = "Everybody.", sources = ["ledger"] }]

[[links]]"""
FILE = "lesson.md"


@pytest.fixture
def school(folders):
    """The folders of the sample exhibition with a lesson on one of two claims."""
    replace_once(folders[0], QUAY, "[[links]]", CLAIMS)
    (folders[0] / FILE).write_text(LESSON, "utf-8")
    return folders


def claims_asked_about(exhibition) -> list[Claim]:
    return [exhibition.stop(question.stop).claims[question.claim - 1] for question in exhibition.lesson.questions]


def problems(folders) -> str:
    with pytest.raises(ContentError) as caught:
        load_valid(*folders)
    return report(caught.value.problems)


def test_the_published_lesson_takes_fifty_minutes_and_asks_four_questions(exhibitions):
    for exhibition in exhibitions.values():
        assert (exhibition.lesson.minutes, len(exhibition.lesson.questions)) == (50, 4), exhibition.language


def test_the_published_lesson_is_there_in_every_language(exhibitions):
    assert {language: exhibition.lesson.language for language, exhibition in exhibitions.items()} == {
        language: language for language in exhibitions
    }


def test_the_page_says_how_long_the_lesson_and_each_step_is(school, client):
    page = html.fromstring(client.get("/?view=lesson").text)

    assert "The lesson, 20\xa0minutes" in page.xpath("//h2/text()")
    assert page.xpath("//span[@class='tour-lesson-minutes']/text()") == ["7\xa0minutes", "13\xa0minutes"]


def test_every_account_of_the_claims_asked_about_is_a_card(exhibitions):
    for exhibition in exhibitions.values():
        accounts = [account.says for claim in claims_asked_about(exhibition) for account in claim.accounts]
        assert [card.says for card in evidence_cards(exhibition, exhibition.lesson)] == accounts
        assert len(accounts) >= 8


def test_a_card_is_in_the_language_of_the_class(exhibitions):
    english, russian = ([card.says for card in evidence_cards(each, each.lesson)] for each in exhibitions.values())

    assert len(english) == len(russian)
    assert set(english).isdisjoint(russian)


def test_a_card_names_what_its_account_rests_on(exhibitions):
    for exhibition in exhibitions.values():
        wanted = [
            [exhibition.sources[id].title for id in account.sources]
            for claim in claims_asked_about(exhibition)
            for account in claim.accounts
        ]
        assert [
            [source.title for source in card.sources] for card in evidence_cards(exhibition, exhibition.lesson)
        ] == wanted


def test_the_cards_that_are_printed_hold_every_account_and_nothing_of_ours(school):
    exhibition = load_valid(*school)
    page = html.fromstring(evidence(SiteRenderer(exhibition, school[1]), exhibition.lesson))

    printed = page.xpath("//*[@class='tour-card']")
    assert [card.findtext(".//p[@class='tour-card-statement']") for card in printed] == [
        "Badgers dug it.",
        "Ants dug it.",
    ]
    assert "voles" not in page.text_content()


def test_no_published_card_shows_how_the_exhibition_words_it(published_site, exhibitions):
    for language, exhibition in exhibitions.items():
        printed = html.fromstring(published_site.get(f"/evidence?lang={language}").text).text_content()
        ours = [strip_markdown(claim.our_position) for claim in claims_asked_about(exhibition) if claim.our_position]

        assert len(ours) >= 3
        assert [each for each in ours if each in printed] == []


def test_the_status_of_the_twinning_is_on_every_card(published_site, exhibitions):
    for language, exhibition in exhibitions.items():
        page = html.fromstring(published_site.get(f"/evidence?lang={language}").text)
        feet = page.xpath("//*[@class='tour-card-footer']/text()")

        assert len(feet) == len(evidence_cards(exhibition, exhibition.lesson))
        assert all(typography.typeset_text(exhibition.status.sentence) in foot for foot in feet)


def test_a_step_names_the_stop_that_is_to_be_on_the_screen(school, client):
    (way,) = html.fromstring(client.get("/?view=lesson").text).xpath(
        "//ol[@class='tour-lesson-steps']//p[@class='tour-small']/a"
    )

    assert (way.get("href"), way.text) == ("./?stop=quay&lang=en", "The Quay")


def test_the_lesson_lists_what_it_cites(exhibition):
    assert set(lesson_sources(exhibition.lesson)) >= {"museum-cloth", "itv-2022"}


def test_a_valid_lesson_is_published(school):
    assert load_valid(*school).lesson.title == "Who dug?"


FAULTS = [
    (
        'text = "Look at the quay.[^ledger]"\nstop = "quay"',
        'text = "Look."\nstop = "quai"',
        "steps[1].stop is quai, which is not a stop.\n    Give the slug of a stop, as in the name of its file.",
    ),
    (
        'stop = "quay"\nclaim = 1',
        'stop = "quai"\nclaim = 1',
        "questions[1].stop is quai, which is not a stop.\n    Give the slug of a stop",
    ),
    ("claim = 1", "claim = 3", "questions[1].claim is 3, and quay has 2.\n    Count the stop's claims from one."),
    ("claim = 1", "claim = 0", "questions[1].claim is 0, and quay has 2."),
    ("claim = 1", "claim = -1", "questions[1].claim is -1, and quay has 2."),
    ('stop = "quay"\nclaim', 'stop = "crane"\nclaim', "questions[1].claim is 1, and crane has 0."),
    ("who saw it.[^ledger]", "who saw it.[^diary]", "cites diary, which is not a source."),
    ("Print the cards.[^ledger]", "Print the cards.[^diary]", "cites diary, which is not a source."),
    ("quay.[^ledger]", "quay.[^diary]", "cites diary, which is not a source."),
    ("minutes = 7", 'minutes = "seven"', "steps[1].minutes is"),
    ('title = "Who dug?"', "", "title is missing."),
]


@pytest.mark.parametrize(("old", "new", "message"), FAULTS)
def test_an_error_in_the_lesson_is_reported(school, old, new, message):
    replace_once(school[0], FILE, old, new)

    assert f"{FILE}: {message}" in problems(school)


def test_an_exhibition_without_a_lesson_has_no_such_view(folders, client):
    harbours = load_valid(*folders)

    assert resolve(harbours, {"view": "lesson"}).name == "home"
    assert "lesson" not in [page.name for page in all_pages(harbours)]
    assert "view=lesson" not in client.get("/").text


def test_an_exhibition_without_a_lesson_has_no_cards(folders, client):
    assert client.get("/evidence").status_code == 404
