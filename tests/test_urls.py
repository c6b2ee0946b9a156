"""Addresses of the site."""

import pytest

from tour.urls import absolute_url, localized_filename, page_url


def test_an_address_escapes_what_it_must():
    assert page_url("a b&c", "en") == "./?stop=a+b%26c&lang=en"


def test_every_language_is_named_the_first_one_too():
    assert [page_url("quay", "en"), page_url("quay", "ru")] == ["./?stop=quay&lang=en", "./?stop=quay&lang=ru"]


def test_an_address_without_a_language_leaves_it_to_the_browser():
    assert [page_url("quay", None), page_url(None, None)] == ["./?stop=quay", "./"]


def test_the_entry_in_a_language_has_an_address():
    assert page_url(None, "ru") == "./?lang=ru"


@pytest.mark.parametrize(
    ("name", "russian"),
    [("tour.json", "tour.ru.json"), ("tour.csl.json", "tour.csl.ru.json"), ("cite/quay.bib", "cite/quay.ru.bib")],
)
def test_a_file_in_another_language_than_the_first_has_it_in_its_name(name, russian):
    assert [localized_filename(name, "en"), localized_filename(name, "ru")] == [name, russian]


def test_a_whole_address_keeps_the_base_path():
    stops = page_url(None, "en", view="stops")

    assert absolute_url("https://example.org/tour/", stops) == "https://example.org/tour/?view=stops&lang=en"
