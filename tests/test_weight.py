"""How heavy a visit is, on the wire, in a real browser."""

import pytest

from benchmarks.weight import DEVICES, settle, weigh

MOST = {"desk": 1_200_000, "phone": 1_000_000}  # bytes, everything included
AGAIN = 70_000


@pytest.fixture(scope="module")
def address(browser, site) -> str:
    """A stop where visitors have been before."""
    address = f"{site}/?stop=cathedral-ruins"
    settle(browser, address)
    return address


@pytest.mark.parametrize("device", DEVICES)
def test_a_first_visit_is_light_and_a_second_brings_next_to_nothing(browser, address, device):
    first, second = weigh(browser, address, DEVICES[device])

    assert sum(first.values()) <= MOST[device], first
    assert sum(second.values()) <= AGAIN, second
