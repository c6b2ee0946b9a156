"""Lines end where a typesetter would end them, and quotation marks nest, in every text that a visitor reads."""

from time import thread_time

import pytest
from lxml.html import fromstring as parsed

from tests.conftest import PROJECT_ROOT
from tour.maps.route_overview import route_overview
from tour.maps.static_map import city_map
from tour.typography import NBSP, insert_no_break_spaces, nest_quotes, typeset_html
from tour.views.renderer import SiteRenderer
from tour.views.routing import resolve

TOGETHER = [
    "14~November 1940",
    "1,600~flights",
    "87~metres",
    "830~other women",
    "160~centimetres",
    "14~ноября~1940~года",
    "34~505~воинов",
    "в~городе",
    "город и~река",
    "кто~бы",
    "№~3605",
    "КП~3605",
    "CC~BY~4.0",
    "CC~BY-SA~3.0",
    "H.~C.~N.~Williams",
    "В.~В.~Путин",
    "мельница~— руины",
    "the mill~– a ruin",
]
APART = [
    "In 1940 the bombs",
    "stop 3 of 24",
    "the year 1951 began",
    "52.407 -1.508 160.5",
    "on 2 February in the morning".replace("2 F", "2~F"),
]


@pytest.mark.parametrize("words", TOGETHER + APART)
def test_a_line_ends_only_where_it_may(words):
    assert insert_no_break_spaces(words.replace("~", " ")).replace(NBSP, "~") == words


def test_what_is_bound_is_not_bound_again():
    once = insert_no_break_spaces("14 ноября 1940 года — в городе")

    assert insert_no_break_spaces(once) == once


def test_russian_quotation_marks_nest():
    assert nest_quotes("«Театр «Олбани»», остановка 8") == ("«Театр „Олбани“», остановка 8", 0)


def test_quotation_marks_nest_across_elements():
    assert typeset_html("<p>«Так <a>«здесь»</a>»</p><p>«Снова»</p>") == "<p>«Так <a>„здесь“</a>»</p><p>«Снова»</p>"


def test_addresses_and_scripts_stay_as_they_are():
    page = '<a href="?words=14 November">x</a><script>let a = 3 — b; // 5 m</script><style>p { margin: 0 auto }</style>'

    assert typeset_html(page) == page


def test_the_numbers_of_a_drawing_stay_apart(exhibition):
    for city in exhibition.cities:
        assert NBSP not in city_map(exhibition, city)
    assert NBSP not in route_overview(exhibition)


READ = {"alt", "title", "aria-label", "aria-roledescription", "placeholder"}


def test_what_is_for_machines_stays_to_the_letter(exhibitions):
    for language, exhibition in exhibitions.items():
        renderer = SiteRenderer(exhibition, PROJECT_ROOT / "media")
        pages = [resolve(exhibition, {"view": "find", "words": words}) for words in ("14 November", "в городе", "№ 1")]
        for page in [*pages, resolve(exhibition, {"view": "sources"}), resolve(exhibition, {"stop": "broadgate"})]:
            for element in parsed(renderer.document(page, "https://example.org/")).iter("*"):
                leaks = {name: value for name, value in element.attrib.items() if name not in READ and NBSP in value}
                assert leaks == {}, f"{language} {page.address}"


def test_an_address_keeps_its_signs(exhibition):
    sources = {source.address for source in exhibition.sources.values()}
    renderer = SiteRenderer(exhibition, PROJECT_ROOT / "media")
    page = parsed(renderer.document(resolve(exhibition, {"view": "sources"}), ""))

    assert sources <= {link.get("href") for link in page.xpath("//main//a")}


WORST = ("А А А ", "111 111 ", "BY-BY-", "АБВГ ", "<<<<", "1.", "в ", "A. ", "14 ", "« ", "— ")


@pytest.mark.parametrize("worst", WORST)
def test_a_long_text_is_set_in_time(worst):
    began = thread_time()
    typeset_html(worst * (20_000 // len(worst)))

    # What grows with the square of the length takes seconds for a tenth of a file.
    assert thread_time() - began < 0.5
