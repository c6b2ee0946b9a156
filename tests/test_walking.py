"""How far the next stop is, and what the pages say of it to a visitor on foot.

On a sphere of 6371.0088 km a hundredth of a degree along a meridian is 1111.95 metres.
"""

import re
from pathlib import Path

import pytest
from lxml import html

from tests.conftest import load_valid
from tests.sample_exhibition import QUAY, STOP, replace_once, translate
from tour.maps.walking import WalkingLeg, is_remote, is_walkable, leg_to_next, whole_walk
from tour.model.navigation import locate
from tour.views.article import stop_article
from tour.views.renderer import SiteRenderer
from tour.views.routing import resolve

CRANE, LIGHT = "stops/north/02-crane.md", "stops/south/03-light.md"


@pytest.fixture
def data(folders):
    """The folder of the sample exhibition with quay and crane on one meridian, a hundredth of a degree apart."""
    replace_once(folders[0], CRANE, "longitude = 10.51", "longitude = 10.5")
    return folders[0]


def add_shed(data: Path) -> None:
    """A third stop in the north, after the tour has been in the south; it is 0.02° north of the crane."""
    shed = STOP.format(title="The Shed", slug="quay", latitude=60.53, longitude=10.5)
    (data / "stops/north/04-shed.md").write_text(shed, "utf-8")


def move_apart(data: Path) -> None:
    """Quay and crane are then 0.19° apart: 21 km."""
    replace_once(data, CRANE, "latitude = 60.51", "latitude = 60.69")


def visible_text(markup: str) -> str:
    """With white space as a visitor sees it."""
    return re.sub(r"\s+", " ", html.fromstring(markup).text_content())


def article(folders, slug, language="en") -> str:
    exhibition = load_valid(*folders, language)
    return stop_article(exhibition, locate(exhibition, slug), folders[1])


def on_foot(markup: str) -> dict[str, str]:
    """What the article says to a visitor on foot, by its headings."""
    elements = html.fromstring(markup).xpath("//dl[@class='tour-visit-details']/*")
    texts = [" ".join(element.text_content().split()) for element in elements]
    return dict(zip(texts[::2], texts[1::2], strict=True))


def stops_page(folders) -> str:
    exhibition = load_valid(*folders)
    return visible_text(SiteRenderer(exhibition, folders[1]).view(resolve(exhibition, {"view": "stops"})))


def test_a_way_is_as_long_as_the_meridian_between_its_ends(data, folders):
    harbours = load_valid(*folders)

    leg = leg_to_next(harbours, harbours.stop("quay"))

    assert leg.metres == pytest.approx(1111.95, abs=0.01)
    assert (leg.number, leg.stop.slug) == (2, "crane")


def test_a_degree_along_a_parallel_at_sixty_north_is_half_as_long(data, folders):
    replace_once(data, QUAY, "latitude = 60.5", "latitude = 60.0")
    replace_once(data, CRANE, "latitude = 60.51\nlongitude = 10.5", "latitude = 60.0\nlongitude = 10.52")
    harbours = load_valid(*folders)

    assert leg_to_next(harbours, harbours.stop("quay")).metres == pytest.approx(1111.95, abs=0.01)


@pytest.mark.parametrize(("metres", "minutes"), [(0, 1), (79, 1), (80, 1), (81, 2), (1111.95, 14), (8880, 111)])
def test_a_visitor_walks_eighty_metres_in_every_minute_begun(metres, minutes):
    assert WalkingLeg(metres).minutes == minutes


def test_the_way_through_a_city_is_that_from_each_of_its_stops_to_the_next(data, folders):
    add_shed(data)
    harbours = load_valid(*folders)

    assert whole_walk(harbours, harbours.city("north")).metres == pytest.approx(3 * 1111.95, abs=0.01)


def test_the_next_stop_on_foot_is_the_next_of_the_same_city(data, folders):
    add_shed(data)
    harbours = load_valid(*folders)

    leg = leg_to_next(harbours, harbours.stop("crane"))

    assert (leg.number, leg.stop.slug) == (4, "shed")


def test_the_last_stop_of_a_city_leads_nowhere_on_foot(data, folders):
    harbours = load_valid(*folders)

    assert [leg_to_next(harbours, harbours.stop(slug)) for slug in ("crane", "light")] == [None, None]


def test_a_city_too_wide_for_a_day_on_foot_is_not_walked(data, folders):
    move_apart(data)
    harbours = load_valid(*folders)
    north = harbours.city("north")

    assert (is_remote(harbours, north), is_walkable(harbours, north)) == (True, False)
    assert leg_to_next(harbours, harbours.stop("quay")) is None


def test_a_city_of_one_stop_is_neither_walked_nor_too_wide(data, folders):
    harbours = load_valid(*folders)
    south = harbours.city("south")

    assert (is_walkable(harbours, south), is_remote(harbours, south)) == (False, False)


def test_the_article_says_how_far_the_next_stop_is_and_leads_there(data, folders):
    shown = article(folders, "quay")

    text = on_foot(shown)["On foot to the next stop here"]
    assert text.replace("\xa0", " ") == "2. The Crane: about 1.1 km in a straight line, 14 minutes or more"
    assert html.fromstring(shown).xpath("//dl//a/@href") == ["./?stop=crane&lang=en"]


@pytest.mark.parametrize(
    ("latitude", "text"),
    [
        ("60.50001", "about 10 m in a straight line, 1 minute or more"),
        ("60.5051", "about 570 m in a straight line, 8 minutes or more"),
        ("60.50894", "about 990 m in a straight line, 13 minutes or more"),
        ("60.50896", "about 1.0 km in a straight line, 13 minutes or more"),
        ("60.6", "about 11.1 km in a straight line, 2 hours 19 minutes or more"),
        ("60.5431", "about 4.8 km in a straight line, 1 hour or more"),
    ],
)
def test_a_distance_is_shown_no_more_exactly_than_it_is_known(data, folders, latitude, text):
    replace_once(data, CRANE, "latitude = 60.51", f"latitude = {latitude}")

    assert on_foot(article(folders, "quay"))["On foot to the next stop here"].endswith(text)


def test_what_nobody_knows_of_a_stop_is_not_made_up(data, folders):
    assert on_foot(article(folders, "light")) == {"Step-free access": "not known", "Seats": "not known"}


def test_what_is_known_of_steps_and_seats_is_said_with_its_source(data, folders):
    replace_once(
        data, LIGHT, "[[places]]", 'step_free = "A ramp on the left.[^ramps]"\nseats = "Two benches."\n\n[[places]]'
    )
    ramps = '\n[ramps]\ntitle = "Ramps"\npublisher = "The Board"\nlanguage = "en"\n'
    ramps += 'address = "https://example.org/ramps"\naccessed = 2026-11-22\n'
    with (data / "sources.toml").open("a", encoding="utf-8") as file:
        file.write(ramps)

    shown = article(folders, "light")

    assert on_foot(shown) == {"Step-free access": "A ramp on the left.2", "Seats": "Two benches."}
    assert "https://example.org/ramps" in html.fromstring(shown).xpath("//ol[@class='tour-sources']//a/@href")


def test_in_a_city_too_wide_for_a_walk_a_stop_leads_to_no_other_on_foot(data, folders):
    move_apart(data)

    shown = article(folders, "quay")

    assert on_foot(shown) == {"Step-free access": "not known", "Seats": "not known"}


def test_in_a_city_too_wide_for_a_walk_a_stop_still_opens_in_a_map_app(data, folders):
    move_apart(data)

    assert html.fromstring(article(folders, "quay")).xpath("//a[starts-with(@href, 'geo:60.5,10.5')]")


def test_the_list_of_stops_says_how_far_a_whole_city_is_on_foot(data, folders):
    add_shed(data)

    words = "about 3.3 km in straight lines from stop to stop, 42 minutes or more."
    assert f"On foot from the first stop to the last: {words}" in stops_page(folders).replace("\xa0", " ")


def test_the_list_of_stops_says_which_city_is_too_wide_for_one_walk(data, folders):
    move_apart(data)

    page = stops_page(folders)

    assert page.count("too far apart for one walk") == 1
    assert "On foot" not in page


def test_a_city_of_one_stop_has_no_whole_way(data, folders):
    assert stops_page(folders).count("On foot from the first stop to the last") == 1


def test_numbers_are_written_as_the_language_writes_them(data, folders):
    translate(data)

    assert "1,1 km" in on_foot(article(folders, "quay", "de"))["On foot to the next stop here"].replace("\xa0", " ")


@pytest.fixture(scope="module")
def articles(published_site, exhibitions):
    """The article of every published stop, by language and slug."""
    return {
        (language, stop.slug): html.fromstring(published_site.get(f"/?stop={stop.slug}&lang={language}").text)
        for language, exhibition in exhibitions.items()
        for stop in exhibition.stops
    }


def test_every_stop_of_volgograd_helps_whoever_stands_there(articles, exhibition):
    for stop in exhibition.stops:
        buttons = articles["en", stop.slug].xpath("//button[contains(@class, 'tour-where-am-i')]")
        assert len(buttons) == 1, stop.slug


def test_every_stop_of_coventry_leads_to_the_next_there_on_foot(articles, exhibitions):
    for language, exhibition in exhibitions.items():
        walk = [stop.slug for stop in exhibition.stops if stop.city == "coventry"]
        next_stops = [
            articles[language, slug].xpath("//dl[@class='tour-visit-details']//a[starts-with(@href, './')]/@href")
            for slug in walk
        ]

        assert next_stops == [[f"./?stop={slug}&lang={language}"] for slug in walk[1:]] + [[]]
