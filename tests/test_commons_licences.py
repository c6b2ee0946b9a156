"""Which licences let an image be shown, and how its author is named."""

import pytest

from tour.curation.commons.http_client import DownloadError
from tour.curation.commons.licences import MAX_LENGTH, attribution, licence_of, plain_text
from tour.l10n import credit_without_licence as shown_credit
from tour.l10n import licence_name as shown_licence
from tour.model import Figure

CC = "https://creativecommons.org/licenses"
FREE = [
    ("Public domain", "Public domain", "https://creativecommons.org/publicdomain/mark/1.0/"),
    ("CC0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    ("CC BY 4.0", "CC BY 4.0", f"{CC}/by/4.0/"),
    ("CC BY-SA 2.0", "CC BY-SA 2.0", f"{CC}/by-sa/2.0/"),
    ("CC-BY-SA-3.0", "CC BY-SA 3.0", f"{CC}/by-sa/3.0/"),
    ("CC BY-SA 3.0 de", "CC BY-SA 3.0 DE", f"{CC}/by-sa/3.0/de/"),
    ("CC BY-SA 4.0-3.0-2.5", "CC BY-SA 4.0", f"{CC}/by-sa/4.0/"),
    ("No restrictions", "No known restrictions", "https://www.flickr.com/commons/usage/"),
    ("FAL", "Free Art License 1.3", "https://artlibre.org/licence/lal/en/"),
    ("OGL 3", "OGL 3.0", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"),
]


@pytest.mark.parametrize(("short_name", "name", "url"), FREE, ids=[short_name for short_name, *_ in FREE])
def test_a_free_licence_has_its_name_and_url(short_name, name, url):
    licence = licence_of({"LicenseShortName": short_name})

    assert (licence.name, licence.url) == (name, url)


@pytest.mark.parametrize(
    "short_name",
    [
        "CC BY-NC 4.0",
        "CC BY-ND 2.0",
        "CC BY-NC-SA 3.0",
        "CC BY-SA-NC 3.0",
        "CC BY",
        "GFDL",
        "Fair use",
        "CC BY 4.0 or so",
    ],
)
def test_a_licence_that_is_not_known_to_be_free_is_refused(short_name):
    with pytest.raises(DownloadError, match=f"whose licence, {short_name}, is none that is known here"):
        licence_of({"LicenseShortName": short_name})


REFUSED = [
    ({}, "which names no licence"),
    ({"LicenseShortName": "CC BY 4.0", "NonFree": "true"}, "which is not free (CC BY 4.0)"),
    ({"LicenseShortName": "CC BY 4.0", "DeletionReason": "no permission"}, "which is about to be deleted there"),
    (
        {"LicenseShortName": "CC BY 4.0", "LicenseUrl": f"{CC}/by-nc/4.0"},
        f"whose licence is CC BY 4.0 by its name and {CC}/by-nc/4.0 by its address",
    ),
]


@pytest.mark.parametrize(("metadata", "fault"), REFUSED, ids=[fault for _, fault in REFUSED])
def test_a_file_that_is_not_free_is_refused(metadata, fault):
    with pytest.raises(DownloadError) as caught:
        licence_of(metadata)

    assert caught.value.message == fault


def attributed(**metadata: str) -> str:
    return attribution(metadata, licence_of(metadata))


def test_the_way_in_which_an_author_asks_to_be_named_goes_before_the_name():
    line = attributed(Artist="jd", Attribution="Jane Doe, Nowhere", LicenseShortName="CC BY 4.0")

    assert line == "Jane Doe, Nowhere, via Wikimedia Commons, CC BY 4.0"


def test_commons_is_named_once():
    assert attributed(Artist="J / Wikimedia Commons", LicenseShortName="CC0") == "J / Wikimedia Commons, CC0 1.0"


def test_an_author_who_must_be_named_must_be_known():
    for metadata in ({"LicenseShortName": "CC BY 4.0"}, {"LicenseShortName": "CC0", "AttributionRequired": "true"}):
        with pytest.raises(DownloadError, match="whose author must be named"):
            attributed(**metadata)


def test_the_public_domain_needs_no_author():
    assert attributed(LicenseShortName="Public domain") == "Via Wikimedia Commons, Public domain"


TEXTS = {
    "<a href='javascript:alert(1)'>Jane</a> &amp; <b>Jo</b>e": "Jane & Joe",
    "<ul>\n<li>Jane</li><li>Joe</li></ul>": "Jane Joe",
    'Unknown<span style="display: none;">Unknown <br>author</span> author': "Unknown author",
    "<script>alert('<b>')</script><style>p{}</style>Jane": "Jane",
    "&lt;b&gt;Jane": "<b>Jane",
    "Jane\x00\u202e\n\tDoe": "Jane Doe",
    "Jane <": "Jane <",
    "<html><!--": "",
    "Jane &#11;<div style='DISPLAY:none'>&#11;Joe</div><br>Doe": "Jane Doe",
    "": "",
}


@pytest.mark.parametrize(("html", "text"), TEXTS.items())
def test_html_becomes_the_text_that_a_reader_sees(html, text):
    assert plain_text(html) == text


def test_long_text_is_cut():
    assert len(plain_text("Jane " * 100_000)) == MAX_LENGTH
    assert "Jane" not in plain_text("<b></b>" * 100_000 + "Jane")


@pytest.mark.parametrize(("short_name", "name", "url"), FREE[:7], ids=[short_name for short_name, *_ in FREE[:7]])
def test_the_page_calls_a_licence_as_the_credit_does_and_says_it_once(short_name, name, url):
    figure = Figure("q.jpg", "A quay", "It.", f"Jane, via Wikimedia Commons, {name}", url)

    assert shown_licence(url, "en") == name
    assert shown_credit(figure, "ru") == "Jane, via Wikimedia Commons"
