"""The overview of the whole route: it fits the picture, however the cities lie to one another."""

import pytest

from tour.maps.geodesy import great_circle
from tour.maps.route_overview import HEIGHT, PARTS, WIDTH, fit

ENDS = {
    "east and west": ((52.4, -1.5), (48.7, 44.5)),
    "north and south": ((60.0, 10.0), (40.0, 10.0)),
    "steep": ((60.0, 10.0), (40.0, 11.0)),
    "one place": ((60.0, 10.0), (60.0, 10.0)),
}


@pytest.mark.parametrize("ends", ENDS.values(), ids=ENDS)
def test_the_whole_route_lies_in_the_picture(ends):
    line = great_circle(*ends, PARTS)

    places = [fit(line).project(point) for point in line]

    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in places)


def test_the_route_fills_the_width_but_for_its_margins():
    line = great_circle(*ENDS["east and west"], PARTS)

    xs = [fit(line).project(point)[0] for point in line]

    assert (min(xs), max(xs)) == pytest.approx((WIDTH * 0.16 / 1.32, WIDTH * 1.16 / 1.32))
