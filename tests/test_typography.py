"""Lines end where a typesetter would end them, and quotation marks nest, in every text that a visitor reads."""

import pytest

from tour.maps.plan import city_plan
from tour.maps.thread import thread_picture
from tour.typography import NBSP, bind, html, nest_quotes

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
    assert bind(words.replace("~", " ")).replace(NBSP, "~") == words


def test_what_is_bound_is_not_bound_again():
    once = bind("14 ноября 1940 года — в городе")

    assert bind(once) == once


def test_russian_quotation_marks_nest():
    assert nest_quotes("«Театр «Олбани»», остановка 8") == ("«Театр „Олбани“», остановка 8", 0)


def test_quotation_marks_nest_across_elements():
    assert html("<p>«Так <a>«здесь»</a>»</p><p>«Снова»</p>") == "<p>«Так <a>„здесь“</a>»</p><p>«Снова»</p>"


def test_addresses_and_scripts_stay_as_they_are():
    page = '<a href="?words=14 November">x</a><script>let a = 3 — b; // 5 m</script><style>p { margin: 0 auto }</style>'

    assert html(page) == page


def test_the_numbers_of_a_drawing_stay_apart(exhibition):
    for city in exhibition.cities:
        assert NBSP not in city_plan(exhibition, city)
    assert NBSP not in thread_picture(exhibition)
