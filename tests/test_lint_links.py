"""Advice on links tells what the last run found, without asking anybody."""

from datetime import date, timedelta

import pytest

from tests.small import QUAY
from tour.curation.link_check.results import FILE, CheckResult, Outcome, load_results
from tour.curation.lint.links import link_warnings
from tour.curation.lint.rules import report
from tour.validation.validate import load_valid

TODAY = date(2026, 11, 22)
ADDRESSES = [
    *("https://example.org/a", "https://example.org/b", "https://example.org/ledger"),
    "https://creativecommons.org/licenses/by/4.0/",
]


def advice(folders) -> str:
    return report(link_warnings(folders[0], load_valid(*folders), TODAY))


def learn(folders, answer: CheckResult, *addresses: str, day: date = TODAY) -> None:
    record = load_results(folders[0])
    for address in addresses:
        record.learn(address, answer, day)


@pytest.fixture(autouse=True)
def all_good(folders):
    learn(folders, CheckResult(Outcome.GOOD), *ADDRESSES)


def test_links_that_are_in_order_need_no_advice(folders):
    assert advice(folders) == ""


@pytest.mark.parametrize(
    "answer", [CheckResult(Outcome.DEAD, "gone"), CheckResult(Outcome.MOVED, "", "https://example.org/n")]
)
def test_a_link_that_was_dead_or_had_moved_is_told_with_its_line(folders, answer):
    learn(folders, answer, "https://example.org/a")

    assert f"  {QUAY}:20: links[1].address " in advice(folders)


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.BUSY, Outcome.NO_ANSWER, Outcome.REDIRECTED])
def test_what_may_be_otherwise_tomorrow_is_not_nagged_about(folders, outcome):
    learn(folders, CheckResult(outcome), "https://example.org/a")

    assert advice(folders) == ""


def test_links_never_asked_for_are_one_piece_of_advice(folders):
    (folders[0] / FILE).unlink()
    told = advice(folders)

    assert "links.json: tells nothing newer than 180 days of 4 of 4 addresses." in told
    assert "Run `python -m tour links`" in told
    assert told.count("links.json") == 1


@pytest.mark.parametrize(("days", "is_told"), [(179, False), (180, True)])
def test_links_not_asked_for_in_a_long_time_are_told(folders, days, is_told):
    learn(folders, CheckResult(Outcome.GOOD), "https://example.org/a", day=TODAY - timedelta(days))

    assert ("1 of 4 addresses" in advice(folders)) == is_told


def test_a_record_that_can_t_be_read_is_told(folders):
    (folders[0] / FILE).write_text("{", "utf-8")

    assert "links.json: can't be read as JSON." in advice(folders)


def test_what_is_known_of_a_link_that_is_gone_is_not_told(folders):
    learn(folders, CheckResult(Outcome.DEAD, "gone"), "https://example.org/gone")

    assert advice(folders) == ""
