"""Which language a visitor reads."""

import time

import pytest

from tour.web.accept_language import negotiate, parse

SPOKEN = ("en", "ru", "de")


def test_the_address_wins_over_the_browser():
    assert negotiate("ru", "de, en;q=0.5", SPOKEN) == "ru"


@pytest.mark.parametrize(
    "asked", [None, "", "xx", "RU", "ru-RU", "\0", "ru" * 50_000], ids=lambda asked: ascii(asked)[:9]
)
def test_an_address_that_names_no_language_of_ours_leaves_it_to_the_browser(asked):
    assert negotiate(asked, "de", SPOKEN) == "de"


WISHES = [
    ("ru", "ru"),
    ("RU", "ru"),
    ("ru-RU", "ru"),
    ("ru-Cyrl-RU", "ru"),
    ("de-CH,de;q=0.9,en;q=0.8", "de"),
    ("en;q=0.5, ru;q=0.8", "ru"),
    ("ru;q=0.5,en", "en"),
    ("ru;q=0.123, de;q=0.124", "de"),
    ("de , ru", "de"),
    ("fr, es;q=0.9, ru;q=0.1", "ru"),
    (" ru ; q = 0.3 ", "ru"),
]


@pytest.mark.parametrize(("accepted", "language"), WISHES)
def test_the_browsers_dearest_language_that_we_speak_is_chosen(accepted, language):
    assert negotiate(None, accepted, SPOKEN) == language


@pytest.mark.parametrize(
    ("accepted", "language"), [("ru;q=0", "en"), ("ru;q=0.000, de;q=0.1", "de"), ("ru;q=0,*", "en")]
)
def test_a_language_of_no_weight_is_never_chosen(accepted, language):
    assert negotiate(None, accepted, SPOKEN) == language


UNSPOKEN = [
    "",
    "*",
    "fr",
    "fr, *;q=0.5",
    "r",
    "rus",
    "ruru",
    "-ru",
    "ru_RU",
    ";;;,=q",
    "ru;q=2",
    "ru;q=-1",
    "ru;q=a",
    "ру",
]


@pytest.mark.parametrize(
    "accepted", [*UNSPOKEN, "\0", "ru\0", "\n\n", "ru" * 50_000], ids=lambda header: ascii(header)[:9]
)
def test_a_wish_that_we_cannot_read_or_meet_is_answered_in_the_originals_language(accepted):
    assert negotiate(None, accepted, SPOKEN) == "en"


def test_what_cannot_be_read_takes_nothing_from_the_rest():
    assert parse("ru_RU, de;q=x, ,, fr;q=0.2, en-GB;q=0.7") == ["en", "fr"]


def test_a_wish_for_everything_comes_at_its_weight():
    assert parse("*;q=0.5, ru;q=0.2, de") == ["de", "*", "ru"]


HOSTILE = {
    "letters": "a" * 100_000,
    "spaces": " " * 100_000,
    "regions": "a-" * 50_000,
    "commas": "," * 100_000,
    "weights": "ru;q=0." + "0" * 100_000,
    "many": "fr;q=0.5 ," * 10_000,
}


@pytest.mark.parametrize("accepted", HOSTILE.values(), ids=HOSTILE)
def test_a_hundred_thousand_characters_are_answered_at_once(accepted):
    begun = time.perf_counter()

    language = negotiate(None, accepted, SPOKEN)

    assert language == "en"
    assert time.perf_counter() - begun < 0.1


def test_what_comes_first_in_a_long_wish_still_counts():
    assert negotiate(None, "ru," + "de," * 33_333, SPOKEN) == "ru"


def test_what_comes_after_four_hundred_characters_is_not_read():
    assert negotiate(None, "fr," * 200 + "ru", SPOKEN) == "en"
