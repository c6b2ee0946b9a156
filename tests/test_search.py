"""What a search finds, in whichever language and spelling, and how matches are marked."""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from tests.sample_exhibition import GERMAN_QUAY, QUAY, replace_once, translate
from tour.content.loader import load
from tour.content.problems import report
from tour.search.index import index_of
from tour.search.query import search
from tour.typography import NBSP
from tour.validation.validate import load_all_languages, validate
from tour.views.renderer import MAX_RESULTS, SiteRenderer
from tour.views.routing import resolve

PROJECT_ROOT = Path(__file__).parent.parent
STORY = "The quay was built in 1899."
NAMES = 'synonyms = [["Hull", "Hafen"], ["Crane", "Kran"]]\n\n[status]'


@pytest.fixture
def german(folders):
    """The folders of the sample exhibition with a title and the quay in German."""
    replace_once(translate(folders[0]), GERMAN_QUAY, "gebaut.", "gebaut, unter großem Getöse.")
    return folders


@pytest.fixture(scope="module")
def everything():
    """The published exhibition by language."""
    return load_all_languages(PROJECT_ROOT / "data", PROJECT_ROOT / "media")


def results_of(folders, query, language="en"):
    return search(load_all_languages(*folders), language, query)


def slugs(results):
    return [result.stop.slug for result in results]


def text(spans):
    return "".join(span.text for span in spans)


def results_page(exhibitions, language, query):
    """The page of a search as HTML."""
    page = exhibitions[language]
    others = [exhibition for exhibition in exhibitions.values() if exhibition is not page]
    return SiteRenderer(page, PROJECT_ROOT / "media", others=tuple(others)).view(
        resolve(page, {"view": "find", "words": query})
    )


def many_stops(exhibitions, count):
    """The exhibition with its first stop so many times, in few words."""
    short = {code: replace(each.stops[0], claims=(), links=(), events=()) for code, each in exhibitions.items()}
    return {code: replace(each, stops=(short[code],) * count) for code, each in exhibitions.items()}


def calls(run: Callable[[], object]) -> int:
    """How many functions written in Python are called: work that does not depend on what else the machine does."""
    count = 0

    def count_call(frame, event, argument):
        nonlocal count
        count += event == "call"

    sys.setprofile(count_call)
    try:
        run()
    finally:
        sys.setprofile(None)
    return count


def marks(results):
    """All that is marked in titles and excerpts."""
    return {span.text for result in results for span in (*result.title, *result.excerpt) if span.is_match}


def test_a_result_is_a_stop_with_its_number_in_the_tour_and_its_title(folders):
    (crane,) = results_of(folders, "crane")

    assert (crane.number, crane.stop.slug, text(crane.title)) == (2, "crane", "The Crane")


FOUND_IN = {
    "title": ("light", {"light"}),
    "lede": ("water", {"quay", "crane", "light"}),
    "narrative": ("barnacle", {"quay"}),
    "caption": ("drawn", {"quay", "crane", "light"}),
    "alternative text": ("picture", {"quay", "crane", "light"}),
    "claim": ("moles", {"quay"}),
    "account": ("badgers", {"quay"}),
    "our position": ("voles", {"quay"}),
    "event": ("otters", {"quay"}),
    "place": ("mooring", {"quay"}),
    "title of a link": ("film", {"quay", "crane", "light"}),
    "publisher of a link": ("board", {"quay", "crane", "light"}),
    "name of the city": ("south", {"light"}),
}
MORE = """
[[claims]]
about = "Who dug, moles?"
our_position = "Voles."
accounts = [{ says = "Badgers.", sources = ["ledger"] }, { says = "Ants.", sources = ["ledger"] }]

[[events]]
date = "1900"
description = "Otters came."
sources = ["ledger"]

[[links]]"""


@pytest.mark.parametrize(("query", "stops"), FOUND_IN.values(), ids=FOUND_IN)
def test_words_are_looked_for_in_all_that_a_stop_says(folders, query, stops):
    replace_once(folders[0], QUAY, "[[links]]", MORE)
    replace_once(folders[0], QUAY, 'label = "The Quay"', 'label = "The mooring"')
    replace_once(folders[0], QUAY, STORY, "A barnacle.")

    assert set(slugs(results_of(folders, query))) == stops


def test_all_the_words_must_be_there(folders):
    assert slugs(results_of(folders, "water crane")) == ["crane"]


def test_where_no_stop_has_all_the_words_those_with_some_are_found_the_most_first(folders):
    assert slugs(results_of(folders, "crane unicorn water")) == ["crane", "quay", "light"]


def test_a_word_in_the_title_comes_before_many_in_the_story(folders):
    replace_once(folders[0], QUAY, STORY, "A crane. " * 9)

    assert slugs(results_of(folders, "crane")) == ["crane", "quay"]


def test_words_that_stand_together_come_before_words_far_apart(folders):
    replace_once(folders[0], QUAY, STORY, "An otter. " + "Sand and sea. " * 40 + "A barnacle.")
    replace_once(folders[0], "stops/south/03-light.md", STORY, "An otter with a barnacle.")

    assert slugs(results_of(folders, "otter barnacle")) == ["light", "quay"]


def test_words_of_two_texts_stand_far_apart(folders):
    replace_once(folders[0], QUAY, "A place by the water.", "By the water lives an otter.")
    replace_once(folders[0], QUAY, STORY, "A barnacle.")
    replace_once(folders[0], "stops/south/03-light.md", STORY, "An otter with a barnacle.")

    assert slugs(results_of(folders, "otter barnacle")) == ["light", "quay"]


def test_more_places_come_before_fewer_and_then_the_order_of_the_tour_counts(folders):
    replace_once(folders[0], "stops/south/03-light.md", STORY, "Water, water.")

    assert slugs(results_of(folders, "water")) == ["light", "quay", "crane"]


def test_common_words_count_only_where_there_are_no_others(folders):
    assert marks(results_of(folders, "the crane")) == {"Crane"}
    assert marks(results_of(folders, "the")) == {"The", "the"}


def test_a_short_word_that_stands_there_begins_no_other(folders):
    replace_once(folders[0], QUAY, STORY, "War in Warwick, wars in Warsaw.")

    assert marks(results_of(folders, "war")) == {"War", "wars"}


def test_a_word_half_typed_finds_what_begins_so(folders):
    replace_once(folders[0], QUAY, STORY, "An embroidered quay.")

    assert marks(results_of(folders, "embroid")) == {"embroidered"}


def test_a_misspelt_word_is_looked_for_only_if_nothing_is_spelt_so(folders):
    replace_once(folders[0], QUAY, STORY, "Barnacles and barnas.")

    assert marks(results_of(folders, "barnac")) == {"Barnacles"}


@pytest.mark.parametrize("query", ["ring", "bing", "18", "1898", "189", "18999", "cr", "thread"])
def test_what_is_merely_alike_is_not_found(folders, query):
    replace_once(folders[0], QUAY, STORY, "A king, three kings, in 1899.")

    assert results_of(folders, query) == []


def test_numbers_are_found_with_their_endings(folders):
    replace_once(folders[0], QUAY, STORY, "The 62nd quay of the 1940s, 62-й.")

    assert marks(results_of(folders, "62")) == {"62nd", "62-й"}
    assert marks(results_of(folders, "1940")) == {"1940s"}


def test_words_are_marked_as_they_stand_in_the_text(folders):
    replace_once(folders[0], QUAY, STORY, "O’Brien’s fiancé re\u00adbuilt the Ёлка.")

    assert marks(results_of(folders, "obrien FIANCE rebuilt елка")) == {"O’Brien’s", "fiancé", "re\u00adbuilt", "Ёлка"}


@pytest.mark.parametrize("lead", ["A", "One", "Such", "Third"])
def test_an_excerpt_is_cut_between_words_round_what_was_found(folders, lead):
    story = "Seaweed and pebbles. " * 30 + f"{lead} barnacle here. " + "Pebbles and seaweed. " * 30
    replace_once(folders[0], QUAY, STORY, story)

    excerpt = text(results_of(folders, "barnacle")[0].excerpt)

    assert excerpt[0] == excerpt[-1] == "…"
    assert set(excerpt.strip("…").split()) <= {*story.split(), "pebbles", "seaweed"}
    assert 190 <= len(excerpt) <= 220
    assert 80 <= excerpt.index("barnacle") <= 120


def test_the_excerpt_is_cut_where_most_of_the_words_are_together(folders):
    replace_once(folders[0], QUAY, STORY, "A barnacle. " + "Sand and sea. " * 40 + "An otter ate the barnacle.")

    assert "otter ate the barnacle" in text(results_of(folders, "barnacle otter")[0].excerpt)


def test_a_word_longer_than_an_excerpt_is_shown_whole(folders):
    replace_once(folders[0], QUAY, STORY, f"{'a' * 300} there, embroidered.")

    (quay,) = results_of(folders, f"{'a' * 90} embro")

    assert marks([quay]) == {"a" * 300}


def test_without_a_word_outside_the_title_the_lede_is_shown(folders):
    replace_once(folders[0], QUAY, 'title = "The Quay"', 'title = "Wharf"')

    assert text(results_of(folders, "wharf")[0].excerpt) == "A place by the water."


def test_the_id_of_a_citation_is_neither_found_nor_shown(folders):
    assert results_of(folders, "ledger") == []
    assert "ledger" not in text(results_of(folders, "1899")[0].excerpt)


def test_words_in_another_language_find_the_stop_of_the_page(german):
    (quay,) = results_of(german, "getose")

    assert (text(quay.title), quay.language, marks([quay])) == ("The Quay", "de", {"Getöse"})


def test_the_language_of_the_page_is_preferred(german):
    assert [result.language for result in results_of(german, "1899", "de")][:1] == ["de"]
    assert [result.language for result in results_of(german, "1899", "en")][:1] == ["en"]


def test_an_untranslated_stop_is_found_in_its_own_language(german):
    (crane,) = results_of(german, "crane", "de")

    assert crane.language == "en"


def test_words_are_inflected_by_the_rules_of_each_language(german):
    replace_once(german[0], "stops/south/03-light.md", STORY, "It was flooded.")

    assert marks(results_of(german, "gebautes", "de")) == {"gebaut"}
    assert marks(results_of(german, "floods", "en")) == {"flooded"}


def test_words_of_two_languages_are_not_taken_together(german):
    assert slugs(results_of(german, "getöse built")) == ["quay", "crane", "light"]


def test_who_looks_for_one_name_finds_the_others(german):
    replace_once(german[0], "exhibition.toml", "[status]", NAMES)

    assert marks(results_of(german, "kran")) == {"Crane"}
    assert slugs(results_of(german, "Krans")) == slugs(results_of(german, "Karn")) == ["crane"]


def test_the_name_that_was_typed_comes_first(folders):
    replace_once(folders[0], "exhibition.toml", "[status]", NAMES)
    replace_once(folders[0], "stops/south/03-light.md", STORY, "It was a kran.")

    assert slugs(results_of(folders, "kran")) == ["light", "crane"]


def test_names_that_are_no_groups_are_reported(folders):
    replace_once(folders[0], "exhibition.toml", "[status]", 'synonyms = ["Hull", "Hafen"]\n\n[status]')

    assert "exhibition.toml: synonyms[1] is text, not a list." in report(load(folders[0]).problems)


def test_a_name_of_two_words_is_reported(folders):
    replace_once(folders[0], "exhibition.toml", "[status]", 'synonyms = [["Hull", "Old Hafen"]]\n\n[status]')

    problems = report(validate(load(folders[0]), folders[1]))

    assert "exhibition.toml: synonyms[1][2] is Old Hafen, not one word." in problems


def test_names_are_the_same_in_every_language(german):
    replace_once(german[0], "exhibition.toml", "[status]", NAMES)
    replace_once(german[0], "exhibition.de.toml", "title =", 'synonyms = [["a", "b"], ["c", "d"]]\ntitle =')

    assert "exhibition.de.toml: synonyms holds no words." in report(load(german[0], "de").problems)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("query", ["Volgograd", "Tsaritsyn", "Царицын", "Сталинграда", "Stalingard", "Tsaritsin"])
def test_stalingrad_by_any_name_is_the_same_city(everything, language, query):
    stalingrad = search(everything, language, "Stalingrad")

    assert set(slugs(search(everything, language, query))) == set(slugs(stalingrad)) != set()


FORGIVEN = [
    ("en", "Coventy", "coventry-cathedral", "Coventry"),
    ("en", "Gerhart", "gerhardts-mill", "Gerhardt’s"),
    ("en", "Gerhardts", "gerhardts-mill", "Gerhardt’s"),
    ("en", "Mamaev", "mamayev-kurgan", "Mamayev"),
    ("ru", "Мамаев кургна", "mamayev-kurgan", "курган"),
    ("ru", "налет", "cathedral-ruins", "налёт"),
    ("ru", "Локхерст", "making-of-the-cloth", "Локхёрст"),
    ("en", "the vote", "the-vote", "voted"),
    ("en", "Ruben Ibarruri", "fallen-fighters-square", "Ibárruri"),
    ("ru", "скатерть", "making-of-the-cloth", "скатерть"),
    ("ru", "скатертью", "panorama-museum", "Скатерть"),
    ("ru", "гвоздь", "kazan-cathedral", "гвоздей"),
    ("ru", "война", "kazan-cathedral", "войной"),
    ("en", "война", "kazan-cathedral", "войной"),
    ("ru", "tablecloth", "coventry-cathedral", "tablecloth"),
    ("ru", "Царицын битва", "mamayev-kurgan", "битвы"),
]


@pytest.mark.parametrize(
    ("language", "query", "slug", "mark"), FORGIVEN, ids=[f"{language} {query}" for language, query, *_ in FORGIVEN]
)
def test_spelling_and_inflection_are_forgiven(everything, language, query, slug, mark):
    results = [result for result in search(everything, language, query) if result.stop.slug == slug]

    assert mark in marks(results)


def test_a_year_is_not_mistaken_for_another(everything):
    assert marks(search(everything, "en", "1943")) == {"1943"}


@pytest.mark.parametrize(
    "forms",
    [
        *("фонтан фонтана фонтане", "вокзал вокзала вокзале", "курган кургана кургане", "память памяти памятью"),
        *("скатерть скатерти скатертью", "мельница мельницы мельнице", "церковь церкви", "битва битвы битве"),
        # A vowel stands before the last consonant of some forms alone.
        *("башня башни башен", "выставка выставок", "бомбардировка бомбардировок", "скамейка скамеек скамейками"),
        *("конец конца концу", "огонь огня огнём", "окно окон окна"),
        *("рисунок рисунка", "отец отца", "боец бойца бойцов", "подарок подарки", "красноармеец красноармейцы"),
        "theatre theatres",
    ],
)
def test_each_form_of_a_word_finds_the_same_stops(everything, forms):
    stops = [{result.stop.slug for result in search(everything, "ru", form)} for form in forms.split()]

    assert stops[0]
    assert stops == [stops[0]] * len(stops)


@pytest.mark.parametrize(
    ("query", "other"),
    [("собор", "собрали"), ("посол", "после"), ("осень", "основали"), ("будет", "будто"), ("павел", "павлова")],
)
def test_words_that_differ_by_a_vowel_alone_are_no_forms_of_one_another(everything, query, other):
    vocabulary = index_of(everything["ru"]).vocabulary

    assert {query, other} <= vocabulary.numbers.keys()
    assert vocabulary.numbers[other] not in vocabulary.inflections(query)
    assert vocabulary.numbers[query] not in vocabulary.inflections(other)


@pytest.mark.parametrize("query", ["Coventry cathedral", "Сталинград", "мэр 1943", "museum cloth", "wikipedia"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_titles_and_excerpts_are_what_the_stop_says(everything, language, query):
    for result in search(everything, language, query):
        texts = index_of(everything[result.language]).texts[result.number - 1]

        assert text(result.title) == result.stop.title
        assert any(text(result.excerpt).strip("…") in stop_text for stop_text in texts)
        assert "[^" not in text(result.excerpt)


@pytest.mark.parametrize("query", ["1 2 3 4 5 6 7 8 crane", "unicorn " * 13 + "crane"])
def test_what_is_typed_after_a_hundred_letters_or_eight_words_is_left_out(folders, query):
    assert results_of(folders, query) == []


NOTHING = ["", "  ", "…!?—«»", "\0", "'’'", "😀👍🏽", "[^]*(?=.)\\", "$^+", "\ud800", "\u0301\u00ad"]


@pytest.mark.parametrize("query", NOTHING, ids=ascii)
def test_what_has_no_word_finds_nothing(everything, query):
    assert search(everything, "en", query) == []


HOSTILE = {
    "long": "a" * 100_000,
    "many": "a b " * 25_000,
    "apostrophes": "a'" * 50_000,
    "accents": "e" + "\u0301" * 99_999,
    "ligatures": "\ufdfa" * 100,
    "pattern": "(a+)+$" * 20,
    "zeros": "cathedral\0" * 20,
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
def test_whatever_is_typed_is_answered_soon(everything, query):
    search(everything, "en", "cathedral")
    start = time.thread_time()

    search(everything, "en", query)

    assert time.thread_time() - start < 0.5


def test_a_thousand_stops_are_searched_in_a_moment(everything):
    large = many_stops(everything, 1000)
    search(large, "en", "index")
    start = time.thread_time()

    results = search(large, "en", "Coventy Stalingard cathdral")

    # Half a tenth of a second where nothing else is going on.
    assert time.thread_time() - start < 0.5
    assert len(results) == 1000


@pytest.fixture(scope="module")
def a_hundred(everything):
    return many_stops(everything, 100)


@pytest.fixture(scope="module")
def a_thousand(everything):
    return many_stops(everything, 1000)


@pytest.mark.parametrize("query", ["Coventy Stalingard cathdral", "the of and", "про при con cat", "Ковентри"])
def test_a_search_of_a_thousand_stops_calls_hardly_more_functions_than_of_a_hundred(a_hundred, a_thousand, query):
    for size in (a_hundred, a_thousand):
        results_page(size, "en", query)

    few, many = (calls(lambda size=size: results_page(size, "en", query)) for size in (a_hundred, a_thousand))

    assert many < 1.2 * few


SHOWN = {"en": "The best 30 are shown.", "ru": "Показаны лучшие 30."}


@pytest.mark.parametrize(("language", "note"), SHOWN.items(), ids=SHOWN)
def test_of_very_many_results_the_best_are_shown_and_all_are_counted(a_thousand, language, note):
    shown = html.fromstring(results_page(a_thousand, language, "Coventry"))

    assert "1000" in shown.findtext("h2")
    assert len(shown.xpath("//ol/li")) == MAX_RESULTS == 30
    assert note in shown.text_content().replace(NBSP, " ")


def test_of_results_that_are_all_shown_there_is_no_note(everything):
    assert "The best" not in results_page(everything, "en", "Coventry")


def test_a_result_without_a_translation_says_which_language_its_words_are(german):
    english, page = load_all_languages(*german).values()

    page_html = SiteRenderer(page, german[1], others=(english,)).view(resolve(page, {"view": "find", "words": "1899"}))

    entries = html.fromstring(page_html).xpath("//ol/li")
    languages = [(entry.xpath("a/span[2]")[0].get("lang"), entry.find("p").get("lang")) for entry in entries]
    assert languages == [(None, None), ("en", "en"), ("en", "en")]


def test_an_excerpt_in_another_language_than_its_page_says_so(german):
    page, other = load_all_languages(*german).values()

    page_html = SiteRenderer(page, german[1], others=(other,)).view(resolve(page, {"view": "find", "words": "Getöse"}))

    (entry,) = html.fromstring(page_html).xpath("//ol/li")
    assert (entry.xpath("a/span[2]")[0].get("lang"), entry.find("p").get("lang")) == (None, "de")
