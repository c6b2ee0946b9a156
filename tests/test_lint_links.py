"""Warnings on links come from the last run of the link check, without a request."""

from datetime import date, timedelta

import pytest

from tests.conftest import load_valid
from tests.sample_exhibition import QUAY
from tour.curation.link_check.results import FILE, CheckResult, Outcome, load_results
from tour.curation.lint.lint import link_warnings
from tour.curation.lint.rules import report

TODAY = date(2026, 11, 22)
ADDRESSES = [
    *("https://example.org/a", "https://example.org/b", "https://example.org/ledger"),
    "https://creativecommons.org/licenses/by/4.0/",
]


def warnings(folders) -> str:
    return report(link_warnings(folders[0], load_valid(*folders), TODAY))


def learn(folders, answer: CheckResult, *addresses: str, day: date = TODAY) -> None:
    record = load_results(folders[0])
    for address in addresses:
        record.update(address, answer, day)


@pytest.fixture(autouse=True)
def all_good(folders):
    learn(folders, CheckResult(Outcome.GOOD), *ADDRESSES)


def test_links_that_are_in_order_get_no_warning(folders):
    assert warnings(folders) == ""


@pytest.mark.parametrize(
    "answer", [CheckResult(Outcome.DEAD, "gone"), CheckResult(Outcome.MOVED, "", "https://example.org/n")]
)
def test_a_link_that_was_dead_or_had_moved_is_a_warning_with_its_line(folders, answer):
    learn(folders, answer, "https://example.org/a")

    assert f"  {QUAY}:20: links[1].address " in warnings(folders)


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.BUSY, Outcome.NO_ANSWER, Outcome.REDIRECTED])
def test_what_may_be_otherwise_tomorrow_is_no_warning(folders, outcome):
    learn(folders, CheckResult(outcome), "https://example.org/a")

    assert warnings(folders) == ""


def test_links_never_checked_are_one_warning(folders):
    (folders[0] / FILE).unlink()
    text = warnings(folders)

    assert "links.json: tells nothing newer than 180 days of 4 of 4 addresses." in text
    assert "Run `python -m tour links`" in text
    assert text.count("links.json") == 1


@pytest.mark.parametrize(("days", "is_stale"), [(179, False), (180, True)])
def test_links_not_checked_in_a_long_time_are_a_warning(folders, days, is_stale):
    learn(folders, CheckResult(Outcome.GOOD), "https://example.org/a", day=TODAY - timedelta(days))

    assert ("1 of 4 addresses" in warnings(folders)) == is_stale


def test_results_that_can_t_be_read_are_a_warning(folders):
    (folders[0] / FILE).write_text("{", "utf-8")

    assert "links.json: can't be read as JSON." in warnings(folders)


def test_the_result_of_a_link_that_was_removed_is_no_warning(folders):
    learn(folders, CheckResult(Outcome.DEAD, "gone"), "https://example.org/gone")

    assert warnings(folders) == ""
