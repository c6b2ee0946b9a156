"""The exhibition that visitors see: whole, sourced, and what it promises."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import load_valid
from tour.content.cited_sources import stop_sources
from tour.content.markdown import CITATION, cited_ids
from tour.curation.lint.prose import count_words
from tour.images.derivatives import master
from tour.l10n import format_coordinates

PROJECT_ROOT = Path(__file__).parent.parent
STOPS = load_valid(PROJECT_ROOT / "data", PROJECT_ROOT / "media").stops
# A sentence ends before a space, with its closing quotation mark and its footnotes; no initial, “No.” or “15s.” does.
SENTENCE_END = re.compile(r"(?<![A-Z]\.)(?<!No\.)(?<!\d[sd]\.)(?<=[.!?…])([”’)]*(?:\[\^[^\]\s]+\])*)\s+")

each_stop = pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.slug)


def sentences(text):
    """Sentences of a text; what goes on within a quotation, or answers in a dialogue, is one with what is before it."""
    for paragraph in re.split(r"\n\s*\n", text):
        whole, is_quoted = "", paragraph.startswith(">")
        for piece in SENTENCE_END.sub(r"\1\n", " ".join(paragraph.split())).split("\n"):
            goes_on = piece.startswith("— ") or (piece.startswith("“") and ",”" in whole)
            if whole and whole.count("“") <= whole.count("”") and not goes_on and not is_quoted:
                yield whole
                whole = ""
            whole = f"{whole} {piece}".strip()
        yield whole


def test_each_city_has_at_least_ten_stops(exhibition):
    for city in exhibition.cities:
        assert sum(stop.city == city.slug for stop in exhibition.stops) >= 10


def test_the_tour_begins_and_ends_at_the_council_house(exhibition):
    first, last = exhibition.stops[0], exhibition.stops[-1]

    assert first.slug == "council-house"
    assert (last.places[0].latitude, last.places[0].longitude) == (first.places[0].latitude, first.places[0].longitude)


@each_stop
def test_a_stop_tells_its_story_in_150_to_350_words(stop):
    assert 150 <= count_words(stop.narrative) <= 350


def test_the_introduction_says_what_happened_to_each_city_in_half_a_page(exhibition):
    assert 120 <= count_words(exhibition.prologue.text) <= 260
    for name in ("Coventry", "Stalingrad"):
        assert name in exhibition.prologue.text


def test_no_two_stops_end_on_the_same_turn(exhibition):
    """A last paragraph that begins or ends like another's is a formula."""
    last = [CITATION.sub("", stop.narrative).strip().split("\n\n")[-1].split() for stop in exhibition.stops]

    for turn in ([" ".join(each[:3]) for each in last], [" ".join(each[-3:]) for each in last]):
        assert len(set(turn)) == len(turn)


@each_stop
def test_a_picture_is_not_said_to_be_a_drawing_twice(stop):
    for each in (*stop.figures, *stop.comparisons, *stop.detail_images):
        assert "drawing" in each.credit.casefold()
        assert "drawing" not in each.caption.casefold()


@pytest.mark.parametrize(
    "path",
    sorted(path for path in (PROJECT_ROOT / "data").rglob("*") if path.suffix in (".md", ".toml")),
    ids=lambda path: path.name,
)
def test_spaces_that_hold_words_together_are_set_by_the_renderer_and_not_by_hand(path):
    assert "\u00a0" not in path.read_text("utf-8")


@each_stop
def test_every_figure_and_quotation_is_sourced(stop):
    texts = [stop.lede, stop.narrative, *(figure.caption for figure in stop.figures)]
    bare = [
        sentence
        for text in texts
        for sentence in sentences(text)
        if re.search(r"\d|“", CITATION.sub("", sentence)) and not CITATION.search(sentence)
    ]

    assert bare == []


@each_stop
def test_a_place_known_to_within_more_than_50_metres_says_so_on_the_page(stop):
    for place in stop.places:
        assert place.uncertainty <= 50 or "within about" in format_coordinates(place, "en")


@each_stop
def test_a_picture_is_large_enough_for_a_wall(stop):
    for figure in stop.figures:
        assert master(PROJECT_ROOT / "media" / figure.image).width >= 1200


@each_stop
def test_a_link_says_what_it_is(stop):
    for link in stop.links:
        assert link.title.casefold() not in ("here", "click here", "link", "website")
        assert (link.kind == "search") == link.title.startswith("Search:")


def test_where_sources_differ_the_exhibition_says_so(exhibition):
    disputed = " ".join(claim.about for stop in exhibition.stops for claim in stop.claims)

    for point in ("How many names", "When did the friendship begin", "When was the cloth sent", "lost in the battle"):
        assert point in disputed


def test_every_source_is_cited(exhibition):
    of_stops = {id for stop in exhibition.stops for id in stop_sources(stop)}
    of_entry = cited_ids(*exhibition.opening)
    of_events = {id for stop in exhibition.stops for event in stop.events for id in event.sources}
    unused = set(exhibition.sources) - of_stops - of_events - set(of_entry) - set(exhibition.status.sources)

    assert unused == set()


def test_the_notice_carries_the_day_of_the_vote(exhibition):
    assert exhibition.status.decided.isoformat() == "2022-03-22"
    assert "pause" in exhibition.status.quote


LINKS_OF_THE_FIRST_TEXT = [
    "warwick.ac.uk/fac/soc/ces/research/current/twinning/whowith/volg/",
    "talkingbirds.co.uk/twin60/pages/06_tableclothstory.html",
    "talkingbirds.co.uk/pages/twinstory.asp",
    "www.talkingbirds.co.uk/",
    "theconversation.com/uk/search",
    "en.wikipedia.org/wiki/Battle_of_Stalingrad",
    "britannica.com/event/Battle-of-Stalingrad",
    "history.com/topics/world-war-ii/battle-of-stalingrad",
    "bbc.co.uk/programmes/p004t1hd",
    "youtube.com/results",
    "stalingrad-battle.ru/",
    "stalingrad.world/en/",
    "en.wikipedia.org/wiki/Enemy_at_the_Gates",
    "volgadmin.ru/",
    "visitrussia.org.uk/",
    "bbc.co.uk/news/uk-england-coventry-warwickshire-60841684",
    "itv.com/news/central/2022-03-23/",
    "coventry.gov.uk/news/article/4162/",
]


@pytest.mark.parametrize("address", LINKS_OF_THE_FIRST_TEXT)
def test_every_link_of_the_first_text_is_on_a_stop(address):
    assert any(address in link.address for stop in STOPS for link in stop.links)


def test_the_timeline_runs_from_the_raid_to_the_pause(exhibition):
    dates = sorted(event.date for stop in exhibition.stops for event in stop.events)

    assert dates[0] == "1940-11-14"
    assert "2022-03-22" in dates
    assert all("1940" <= date[:4] <= "2022" for date in dates)


def test_four_pairs_and_one_close_view_are_on_show(exhibition):
    assert sum(len(stop.comparisons) for stop in exhibition.stops) == 4
    assert sum(len(stop.detail_images) for stop in exhibition.stops) == 1


@pytest.mark.parametrize("name", ["land", "coventry", "volgograd"])
def test_every_line_of_a_map_names_its_source_and_accuracy(name):
    land = json.loads((PROJECT_ROOT / "data/maps" / f"{name}.geojson").read_text("utf-8"))

    assert land["credit"]
    for feature in land["features"]:
        assert feature["properties"]["source"]
        assert feature["properties"]["accuracy_m"] > 0
