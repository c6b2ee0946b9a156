"""How heavy a visit is, on the wire, in a real browser."""

import pytest

from benchmarks.page_weight import DEVICES, warm_up, weigh

MAX_BYTES = {"desktop": 1_200_000, "phone": 1_000_000}  # of a first visit, everything included
MAX_BYTES_AGAIN = 70_000


@pytest.fixture(scope="module")
def address(browser, site) -> str:
    """A stop where visitors have been before."""
    address = f"{site}/?stop=cathedral-ruins"
    warm_up(browser, address)
    return address


@pytest.mark.slow
@pytest.mark.parametrize("device", DEVICES)
def test_a_first_visit_is_light_and_a_second_brings_next_to_nothing(browser, address, device):
    first, second = weigh(browser, address, DEVICES[device])

    assert sum(first.values()) <= MAX_BYTES[device], first
    assert sum(second.values()) <= MAX_BYTES_AGAIN, second
