"""Distances on the globe, against places whose distance is known."""

import pytest

from tour.l10n import round_km
from tour.maps.geodesy import centroid, great_circle, haversine_km


def test_a_degree_along_the_equator_is_111_km():
    assert haversine_km((0, 0), (0, 1)) == pytest.approx(111.195, abs=0.001)


def test_greenwich_to_the_pole_is_the_rest_of_the_meridian():
    assert haversine_km((51.4779, 0), (90, 0)) == pytest.approx((90 - 51.4779) * 111.195, rel=1e-5)


def test_coventry_and_volgograd_lie_about_3200_km_apart():
    assert round_km(haversine_km((52.4072, -1.5079), (48.71501, 44.53282))) == 3200


@pytest.mark.parametrize(("distance", "rounded"), [(0.2, 1), (7.6, 8), (99, 99), (114, 110), (995, 1000), (1049, 1000)])
def test_a_rough_distance_is_as_round_as_it_is_long(distance, rounded):
    assert round_km(distance) == rounded


def test_the_great_circle_bends_towards_the_pole():
    line = great_circle((50, 0), (50, 90), 2)

    assert line[0] == pytest.approx((50, 0))
    assert line[2] == pytest.approx((50, 90))
    # By the spherical triangle: tan of the summit's latitude is tan 50° / cos 45°.
    assert line[1] == pytest.approx((59.3187, 45), abs=0.001)


def test_the_middle_of_two_points_lies_between_them():
    assert centroid([(10, 20), (12, 24)]) == (11, 22)


def test_a_way_without_length_has_as_many_points_as_any():
    assert great_circle((10, 20), (10, 20), 4) == [(10, 20)] * 5


def test_a_great_circle_goes_on_beyond_the_date_line():
    assert great_circle((10, 170), (10, -170), 2)[2] == pytest.approx((10, 190))
