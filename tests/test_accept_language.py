"""The language of a page, by its URL and the Accept-Language header."""

import time

import pytest

from tour.web.localized_routes import negotiate, parse_accept_language

SUPPORTED = ("en", "ru", "de")


def test_the_url_wins_over_the_browser():
    assert negotiate("ru", "de, en;q=0.5", SUPPORTED) == "ru"


@pytest.mark.parametrize(
    "requested", [None, "", "xx", "RU", "ru-RU", "\0", "ru" * 50_000], ids=lambda requested: ascii(requested)[:9]
)
def test_a_url_with_no_language_of_ours_leaves_it_to_the_browser(requested):
    assert negotiate(requested, "de", SUPPORTED) == "de"


PREFERENCES = [
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


@pytest.mark.parametrize(("accepted", "language"), PREFERENCES)
def test_the_supported_language_of_the_highest_weight_is_chosen(accepted, language):
    assert negotiate(None, accepted, SUPPORTED) == language


@pytest.mark.parametrize(
    ("accepted", "language"), [("ru;q=0", "en"), ("ru;q=0.000, de;q=0.1", "de"), ("ru;q=0,*", "en")]
)
def test_a_language_of_weight_zero_is_never_chosen(accepted, language):
    assert negotiate(None, accepted, SUPPORTED) == language


NOT_SUPPORTED = [
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
    "accepted", [*NOT_SUPPORTED, "\0", "ru\0", "\n\n", "ru" * 50_000], ids=lambda header: ascii(header)[:9]
)
def test_an_invalid_or_unsupported_header_means_the_originals_language(accepted):
    assert negotiate(None, accepted, SUPPORTED) == "en"


def test_an_invalid_range_does_not_affect_the_others():
    assert parse_accept_language("ru_RU, de;q=x, ,, fr;q=0.2, en-GB;q=0.7") == ["en", "fr"]


def test_a_wildcard_is_sorted_by_its_weight():
    assert parse_accept_language("*;q=0.5, ru;q=0.2, de") == ["de", "*", "ru"]


HOSTILE = {
    "letters": "a" * 100_000,
    "spaces": " " * 100_000,
    "regions": "a-" * 50_000,
    "commas": "," * 100_000,
    "weights": "ru;q=0." + "0" * 100_000,
    "many": "fr;q=0.5 ," * 10_000,
}


@pytest.mark.parametrize("accepted", HOSTILE.values(), ids=HOSTILE)
def test_a_hundred_thousand_characters_are_parsed_at_once(accepted):
    begun = time.thread_time()

    language = negotiate(None, accepted, SUPPORTED)

    assert language == "en"
    assert time.thread_time() - begun < 0.1


def test_the_beginning_of_a_long_header_counts():
    assert negotiate(None, "ru," + "de," * 33_333, SUPPORTED) == "ru"


def test_the_header_after_four_hundred_characters_is_ignored():
    assert negotiate(None, "fr," * 200 + "ru", SUPPORTED) == "en"
