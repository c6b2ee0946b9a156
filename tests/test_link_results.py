"""Results of link checks are cached, and a corrupt cache is an error."""

import json
from datetime import date, timedelta

import pytest

from tour.atomic_write import WriteError
from tour.curation.link_check.results import FILE, CachedResult, CheckResult, CorruptCacheError, Outcome, load_results

PAGE = "https://example.org/a"
TODAY = date(2026, 11, 22)
GOOD, DEAD = CheckResult(Outcome.GOOD), CheckResult(Outcome.DEAD, "it answers 404 Not Found")


def test_before_the_first_run_the_cache_is_empty(tmp_path):
    assert load_results(tmp_path).entries == {}


@pytest.mark.parametrize("outcome", Outcome)
def test_a_saved_result_is_loaded_again(tmp_path, outcome):
    result = CheckResult(outcome, "a “reason”", "https://example.org/мир")
    load_results(tmp_path).update(PAGE, result, TODAY)

    assert load_results(tmp_path).entries[PAGE].result == result
    assert load_results(tmp_path).entries[PAGE].checked == TODAY


def test_a_dead_page_keeps_the_day_it_was_last_reachable(tmp_path):
    cache = load_results(tmp_path)
    cache.update(PAGE, GOOD, TODAY)
    cache.update(PAGE, DEAD, TODAY + timedelta(9))

    assert load_results(tmp_path).entries[PAGE] == CachedResult(DEAD, TODAY + timedelta(9), TODAY)


def test_a_page_that_was_never_there_was_never_reachable(tmp_path):
    load_results(tmp_path).update(PAGE, DEAD, TODAY)

    assert load_results(tmp_path).entries[PAGE].last_reachable is None


def test_the_file_is_the_same_in_any_order_of_checks(tmp_path):
    addresses = [f"https://example.org/{name}" for name in "bca"]
    texts = []
    for order in (addresses, addresses[::-1]):
        cache = load_results(tmp_path)
        cache.prune([])
        for address in order:
            cache.update(address, GOOD, TODAY)
        texts.append((tmp_path / FILE).read_text("utf-8"))

    assert texts[0] == texts[1]
    assert list(json.loads(texts[0])) == sorted(addresses)


def test_a_curator_can_read_the_file(tmp_path):
    load_results(tmp_path).update("https://example.org/мир", GOOD, TODAY)

    assert (tmp_path / FILE).read_text("utf-8") == (
        '{\n "https://example.org/мир": {\n  "checked": "2026-11-22",\n  "outcome": "good",\n'
        '  "last_reachable": "2026-11-22"\n }\n}\n'
    )


def test_nothing_but_the_cache_is_left_beside_the_content(tmp_path):
    load_results(tmp_path).update(PAGE, GOOD, TODAY)

    assert [path.name for path in tmp_path.iterdir()] == [FILE]


STALE = [(Outcome.GOOD, 6, False), (Outcome.GOOD, 7, True), (Outcome.MOVED, 6, False), (Outcome.REFUSED, 6, False)]
STALE += [(Outcome.REDIRECTED, 0, False), (Outcome.DEAD, 0, True), (Outcome.NO_ANSWER, 0, True)]
STALE += [(Outcome.BUSY, 0, True), (Outcome.NOT_ASKED, 0, True)]


@pytest.mark.parametrize(("outcome", "days_ago", "is_stale"), STALE)
def test_a_recent_final_outcome_is_not_stale(tmp_path, outcome, days_ago, is_stale):
    cache = load_results(tmp_path)
    cache.update(PAGE, CheckResult(outcome), TODAY - timedelta(days_ago))

    assert cache.is_stale(PAGE, 7, TODAY) == is_stale


def test_a_url_that_was_never_checked_is_stale(tmp_path):
    assert load_results(tmp_path).is_stale(PAGE, 7, TODAY)


def test_everything_is_stale_at_an_age_of_zero_days(tmp_path):
    cache = load_results(tmp_path)
    cache.update(PAGE, GOOD, TODAY)

    assert cache.is_stale(PAGE, 0, TODAY)


CORRUPT = [
    b"",
    b"{",
    b"\xff\xfe",
    b"[]",
    b"17",
    100_000 * b"[",
    b'{"https://example.org/a": null}',
    b'{"https://example.org/a": []}',
    b'{"https://example.org/a": {}}',
    b'{"https://example.org/a": {"outcome": "splendid", "checked": "2026-11-22"}}',
    b'{"https://example.org/a": {"outcome": "good", "checked": "yesterday"}}',
    b'{"https://example.org/a": {"outcome": "good", "checked": 17}}',
    b'{"https://example.org/a": {"outcome": "good", "checked": "2026-11-22", "last_reachable": null}}',
    b"<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n",
]


@pytest.mark.parametrize("content", CORRUPT, ids=lambda content: repr(content[:70]))
def test_a_cache_that_can_t_be_read_is_an_error(tmp_path, content):
    (tmp_path / FILE).write_bytes(content)

    with pytest.raises(CorruptCacheError, match=r"links\.json: .*(can't be read|is not)"):
        load_results(tmp_path)


def test_a_folder_in_place_of_the_cache_is_an_error(tmp_path):
    (tmp_path / FILE).mkdir()

    with pytest.raises(CorruptCacheError, match=r"links\.json: can't be read"):
        load_results(tmp_path)


def test_a_cache_that_can_t_be_written_is_an_error(tmp_path):
    cache = load_results(tmp_path)
    (tmp_path / FILE).mkdir()

    with pytest.raises(WriteError) as raised:
        cache.update(PAGE, GOOD, TODAY)

    assert f"{tmp_path / FILE}: can't be written: " in str(raised.value.problem)
