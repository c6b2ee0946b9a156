"""One stop as one HTML article."""

import re
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from lxml import html

from tests import sample_exhibition
from tests.conftest import load_valid
from tests.sample_exhibition import QUAY, replace_once
from tour import typography
from tour.content.loader import load
from tour.l10n import format_coordinates, format_years, licence_name
from tour.model import DetailImage, Place, Region
from tour.model.navigation import locate
from tour.validation.validate import validate
from tour.views.article import stop_article
from tour.views.figures import FigureRenderer
from tour.views.renderer import SiteRenderer
from tour.views.routing import resolve

CRANE = "stops/north/02-crane.md"
CLAIM = """
[[claims]]
about = "Who turned it?"
our_position = "We do not know."
accounts = [{ says = "The wind.", sources = ["ledger"] }, { says = "A boy.", sources = ["ledger"] }]

[[links]]"""


@pytest.fixture
def harbours(folders):
    return load_valid(*folders)


def article(exhibition, media, slug):
    return stop_article(exhibition, locate(exhibition, slug), media)


def test_the_article_is_of_the_requested_stop(harbours, folders):
    html = article(harbours, folders[1], "crane")

    assert 'data-stop="crane"' in html
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", html) == ["The Crane"]


def test_every_stop_shows_the_status_notice(harbours, folders):
    for stop in harbours.stops:
        html = article(harbours, folders[1], stop.slug)
        assert "The friendship rests." in html
        assert typography.typeset_text("3 February 2001") in html


def test_a_citation_leads_to_its_source(harbours, folders):
    html = article(harbours, folders[1], "quay")

    assert 'href="#tour-source-1"' in html
    assert re.search(r'id="tour-source-1"><a href="https://example.org/ledger"', html)


def test_a_picture_has_its_box_before_it_comes(harbours, folders):
    html = article(harbours, folders[1], "quay")

    assert 'width="900" height="600"' in html
    assert re.search(r'type="image/avif" srcset="images/quay-[0-9a-f]{12}-480.avif 480w, ', html)


def test_a_link_names_its_language(harbours, folders):
    links = html.fromstring(article(harbours, folders[1], "quay")).xpath("//ul[@class='tour-links']/li")

    assert [link.text_content() for link in links][1] == "A film The Board · film · Russian"


def languages_of(root, words: str) -> set[str]:
    """In which languages the words stand there: in texts and in what pictures show."""
    holders = [
        *root.xpath("//*[text()[contains(., $words)]]", words=words),
        *root.xpath("//*[@alt=$words]", words=words),
    ]
    return {holder.xpath("string(ancestor-or-self::*[@lang][1]/@lang)") for holder in holders}


@pytest.fixture
def untranslated(folders):
    """The article of a stop without a translation, on a page in German."""
    sample_exhibition.translate(folders[0])
    sample_exhibition.replace_once(folders[0], CRANE, "[[links]]", CLAIM)
    sample_exhibition.replace_once(
        folders[0], CRANE, "[[places]]", 'step_free = "Two steps."\nseats = "A bench."\n\n[[places]]'
    )
    return html.fromstring(article(load_valid(*folders, "de"), folders[1], "crane"))


OWN = {
    "lede": "A place by the water.",
    "story": "The quay was built in 1899.",
    "alternative text": "A picture of The Crane",
    "caption": "The Crane, drawn.",
    "credit": "Drawn by nobody",
    "claim": "Who turned it?",
    "account": "The wind.",
    "our words": "We do not know.",
    "steps": "Two steps.",
    "seats": "A bench.",
    "link": "A page",
}


@pytest.mark.parametrize("words", OWN.values(), ids=OWN)
def test_words_without_a_translation_say_which_language_they_are(untranslated, words):
    assert languages_of(untranslated, words) == {"en"}


def test_a_title_without_a_translation_says_which_language_it_is(untranslated):
    (title,) = untranslated.xpath("//h1")

    assert (title.text, title.get("lang")) == ("The Crane", "en")


def test_the_words_around_a_stop_without_a_translation_stay_those_of_the_page(untranslated):
    around = ["Stop 2 of 3", "Where it is", "Links that lead out", "What the sources say", "Seats", "Enlarge:"]

    assert {words: languages_of(untranslated, words) for words in around} == {words: {"de"} for words in around}


def test_a_stop_without_a_translation_says_which_language_it_is_shown_in(untranslated):
    (notice,) = untranslated.xpath("//p[contains(., 'has not been translated')]")

    assert notice.text.endswith("It is shown in this language: Englisch.")
    assert notice.get("lang") is None


def test_a_stop_in_the_language_of_the_page_says_nothing_of_languages(folders):
    sample_exhibition.translate(folders[0])

    shown = html.fromstring(article(load_valid(*folders, "de"), folders[1], "quay"))

    assert shown.xpath("//p[contains(., 'has not been translated')]") == []
    assert [each.text for each in shown.xpath("//*[@lang='en']")] == [
        "“We rest”",
        "The ledger",
        "2. The Crane",
        "The ledger",
    ]


def test_a_list_of_stops_says_which_titles_are_in_another_language(folders):
    sample_exhibition.translate(folders[0])
    german = load_valid(*folders, "de")

    for view in ("", "stops"):
        page = SiteRenderer(german, folders[1]).body(resolve(german, {"view": view}))
        entries = html.fromstring(f"<div>{page}</div>").xpath("//ol//a[@data-stop]/span[2]")
        assert [(each.text, each.get("lang")) for each in entries] == [
            ("Der Kai", None),
            ("The Crane", "en"),
            ("The Light", "en"),
        ]


def test_a_region_to_look_at_says_which_language_its_title_is(folders):
    region = Region("A corner", "Here.", (0, 0, 1, 1))
    view = DetailImage("The whole", "quay.png", "Everything", "All.", "Nobody", "https://example.org/", (region,))

    shown = html.fromstring(f'<div lang="de">{FigureRenderer(folders[1], "de", "en").detail_image(view, 1)}</div>')

    assert (languages_of(shown, "A corner"), languages_of(shown, "Look here")) == ({"en"}, {"de"})


PLACES = ["", "?stop=quay", "?stop=crane", "?stop=nowhere", "?view=stops", "?view=gallery", "?view=timeline"]


@pytest.mark.parametrize("query", PLACES)
def test_wherever_a_title_stands_it_says_which_language_it_is(folders, query):
    sample_exhibition.translate(folders[0])
    sample_exhibition.replace_once(
        folders[0],
        CRANE,
        "[[links]]",
        '[[events]]\ndate = "1900"\ndescription = "It was built."\nsources = ["ledger"]\n\n[[links]]',
    )
    german = load_valid(*folders, "de")
    renderer = SiteRenderer(german, folders[1])

    page = html.fromstring(renderer.body(resolve(german, dict(parse_qsl(query[1:])))))

    assert {language for each in german.stops[1:] for language in languages_of(page, each.title)} == {"en"}


@pytest.mark.parametrize("field", ["title", "lede", "narrative"])
def test_no_field_brings_markup_of_its_own(harbours, folders, field):
    stop = replace(harbours.stop("quay"), **{field: "<img src=x onerror=alert(1)>{{ 7*7 }}[^ledger]"})
    changed = replace(harbours, stops=(stop,))

    html = article(changed, folders[1], "quay")

    assert "<img src=x" not in html
    assert "{{ 7*7 }}" in html


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [(None, None, ""), (2019, None, "since 2019"), (None, 2019, "until 2019"), (1972, 2019, "1972–2019")],
)
def test_the_years_of_a_thing_that_moved(since, until, words):
    assert format_years(Place("", 0, 0, since=since, until=until), "en") == words


def test_coordinates_say_how_sure_they_are():
    assert (
        format_coordinates(Place("", 52.4114, -1.5055, uncertainty=150), "en")
        == "52.4114° N, 1.5055° W, within about 150 m"
    )


def test_a_creative_commons_licence_has_its_usual_name():
    assert licence_name("https://creativecommons.org/licenses/by/4.0/", "en") == "CC BY 4.0"


def test_a_pair_is_shown_at_both_ends_with_its_reason(harbours, folders):
    replace_once(folders[0], QUAY, 'lede = "', 'twin = "light"\ntwin_reason = "Both stand by the water."\nlede = "')
    paired = load_valid(*folders)

    for slug, other in (("quay", "The Light"), ("light", "The Quay")):
        section = html.fromstring(article(paired, folders[1], slug)).xpath("//section[@class='tour-twin']")[0]
        assert section.xpath(".//a")[0].text == other
        assert "Both stand by the water." in section.text_content()


def test_a_stop_belongs_to_one_pair(folders):
    replace_once(folders[0], QUAY, 'lede = "', 'twin = "light"\nlede = "')
    replace_once(folders[0], CRANE, 'lede = "', 'twin = "light"\nlede = "')

    faults = [str(problem) for problem in validate(load(folders[0]), folders[1]) if problem.field == "twin"]

    remedy = "A stop has one twin, which one of the two names: take it out here, or there."
    assert faults == [
        f"{QUAY}: twin is light, the twin of crane.\n    {remedy}",
        f"{CRANE}: twin is light, the twin of quay.\n    {remedy}",
    ]
