"""Where a visitor stands."""

import pytest

from tour.checks import published
from tour.walk import numbered, position


@pytest.fixture
def harbours(folders):
    return published(*folders)


def test_the_first_stop_has_no_previous(harbours):
    here = position(harbours, "quay")

    assert (here.number, here.previous, here.next.slug) == (1, None, "crane")


def test_the_last_stop_has_no_next(harbours):
    here = position(harbours, "light")

    assert (here.number, here.total, here.previous.slug, here.next) == (3, 3, "crane", None)


@pytest.mark.parametrize("slug", [None, "", "nowhere", "../../etc/passwd", "QUAY"])
def test_an_unknown_slug_means_the_first_stop(harbours, slug):
    here = position(harbours, slug)

    assert (here.stop.slug, here.found) == ("quay", False)


def test_a_city_keeps_the_numbers_of_the_whole_tour(harbours):
    assert [(number, stop.slug) for number, stop in numbered(harbours, "south")] == [(3, "light")]
