"""One stop as one HTML article."""

import re
from dataclasses import replace

import pytest
from lxml import html

from tour.article import stop_article
from tour.checks import published
from tour.model import Place
from tour.render import coordinates, licence, years
from tour.walk import position


@pytest.fixture
def harbours(folders):
    return published(*folders)


def article(exhibition, media, slug):
    return stop_article(exhibition, position(exhibition, slug), media)


def test_the_article_is_of_the_stop_that_was_asked_for(harbours, folders):
    html = article(harbours, folders[1], "crane")

    assert 'data-stop="crane"' in html
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", html) == ["The Crane"]


def test_every_stop_shows_the_status_notice(harbours, folders):
    for stop in harbours.stops:
        html = article(harbours, folders[1], stop.slug)
        assert "The friendship rests." in html
        assert "3 February 2001" in html


def test_a_citation_leads_to_its_source(harbours, folders):
    html = article(harbours, folders[1], "quay")

    assert 'href="#tour-source-1"' in html
    assert re.search(r'id="tour-source-1"><a href="https://example.org/ledger"', html)


def test_a_picture_has_its_box_before_it_comes(harbours, folders):
    html = article(harbours, folders[1], "quay")

    assert 'width="900" height="600"' in html
    assert re.search(r'type="image/avif" srcset="images/quay-[0-9a-f]{12}-480.avif 480w, ', html)


def test_a_link_tells_its_language_in_words(harbours, folders):
    links = html.fromstring(article(harbours, folders[1], "quay")).xpath("//ul[@class='tour-links']/li")

    assert [link.text_content() for link in links][1] == "A film The Board · film · Russian"


@pytest.mark.parametrize("field", ["title", "lede", "narrative"])
def test_no_field_brings_markup_of_its_own(harbours, folders, field):
    stop = replace(harbours.stop("quay"), **{field: "<img src=x onerror=alert(1)>{{ 7*7 }}[^ledger]"})
    spoilt = replace(harbours, stops=(stop,))

    html = article(spoilt, folders[1], "quay")

    assert "<img src=x" not in html
    assert "{{ 7*7 }}" in html


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [(None, None, ""), (2019, None, "since 2019"), (None, 2019, "until 2019"), (1972, 2019, "1972–2019")],
)
def test_the_years_of_a_thing_that_moved(since, until, words):
    assert years(Place("", 0, 0, since=since, until=until), "en") == words


def test_coordinates_say_how_sure_they_are():
    assert (
        coordinates(Place("", 52.4114, -1.5055, uncertainty=150), "en") == "52.4114° N, 1.5055° W, within about 150 m"
    )


def test_a_creative_commons_licence_has_its_usual_name():
    assert licence("https://creativecommons.org/licenses/by/4.0/", "en") == "CC BY 4.0"
