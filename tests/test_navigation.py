"""Where a visitor stands."""

import pytest

from tests import generated_exhibition
from tests.conftest import load_valid
from tour.model.navigation import MAX_NEARBY_STOPS, Position, locate, nearby_stops, numbered, progress_segments


@pytest.fixture
def harbours(folders):
    return load_valid(*folders)


def test_the_first_stop_has_no_previous(harbours):
    position = locate(harbours, "quay")

    assert (position.number, position.previous, position.next.slug) == (1, None, "crane")


def test_the_last_stop_has_no_next(harbours):
    position = locate(harbours, "light")

    assert (position.number, position.total, position.previous.slug, position.next) == (3, 3, "crane", None)


@pytest.mark.parametrize("slug", [None, "", "nowhere", "../../etc/passwd", "QUAY"])
def test_an_unknown_slug_means_the_first_stop(harbours, slug):
    position = locate(harbours, slug)

    assert (position.stop.slug, position.is_found) == ("quay", False)


def test_a_city_keeps_the_numbers_of_the_whole_tour(harbours):
    assert [(number, stop.slug) for number, stop in numbered(harbours, "south")] == [(3, "light")]


def test_the_progress_is_done_up_to_the_current_stop(exhibition):
    segments = progress_segments(locate(exhibition, exhibition.stops[2].slug))

    assert segments[:4] == ["done", "done", "current", "pending"]
    assert len(segments) == len(exhibition.stops)


def test_a_tour_of_a_thousand_stops_has_a_progress_bar_that_fits(exhibition):
    segments = progress_segments(Position(exhibition.stops[0], number=1000, total=1000, previous=None, next=None))

    assert len(segments) == 40
    assert segments[-1] == "current"


@pytest.fixture(scope="module")
def long_walk(tmp_path_factory):
    """Two cities of seventy stops each."""
    return load_valid(*generated_exhibition.with_many_stops(tmp_path_factory.mktemp("long"), 140))


def test_a_city_of_a_usual_size_is_around_as_a_whole(exhibition):
    position = locate(exhibition, exhibition.stops[0].slug)

    assert nearby_stops(exhibition, position) == numbered(exhibition, position.stop.city)


@pytest.mark.parametrize("at", [0, 35, 69, 70, 139])
def test_of_a_long_walk_those_before_and_after_are_around(long_walk, at):
    position = locate(long_walk, long_walk.stops[at].slug)
    near = nearby_stops(long_walk, position)
    whole = numbered(long_walk, position.stop.city)

    first = whole.index(near[0])
    assert len(near) == MAX_NEARBY_STOPS
    assert near == whole[first : first + MAX_NEARBY_STOPS]
    assert (position.number, position.stop) in near
