"""Addresses of the site."""

from tour.addresses import address, whole


def test_an_address_escapes_what_it_must():
    assert address("a b&c") == "./?stop=a+b%26c"


def test_only_another_language_than_the_first_is_named():
    assert [address("quay", "en"), address("quay", "ru")] == ["./?stop=quay", "./?stop=quay&lang=ru"]


def test_a_whole_address_keeps_the_base_path():
    assert whole("https://example.org/tour/", address(view="stops")) == "https://example.org/tour/?view=stops"
