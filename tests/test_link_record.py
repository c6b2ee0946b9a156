"""What is known of links is kept, and a record that can't be read is told."""

import json
from datetime import date, timedelta

import pytest

from tour.curation.link_check.results import FILE, CachedResult, CheckResult, CorruptCacheError, Outcome, load_results

PAGE = "https://example.org/a"
TODAY = date(2026, 11, 22)
GOOD, DEAD = CheckResult(Outcome.GOOD), CheckResult(Outcome.DEAD, "it answers 404 Not Found")


def test_before_the_first_run_nothing_is_known(tmp_path):
    assert load_results(tmp_path).known == {}


@pytest.mark.parametrize("outcome", Outcome)
def test_what_was_learnt_is_read_again(tmp_path, outcome):
    answer = CheckResult(outcome, "a “reason”", "https://example.org/мир")
    load_results(tmp_path).learn(PAGE, answer, TODAY)

    assert load_results(tmp_path).known[PAGE].answer == answer
    assert load_results(tmp_path).known[PAGE].checked == TODAY


def test_a_page_that_died_keeps_the_day_it_was_last_seen(tmp_path):
    record = load_results(tmp_path)
    record.learn(PAGE, GOOD, TODAY)
    record.learn(PAGE, DEAD, TODAY + timedelta(9))

    assert load_results(tmp_path).known[PAGE] == CachedResult(DEAD, TODAY + timedelta(9), TODAY)


def test_a_page_that_was_never_there_was_never_seen(tmp_path):
    load_results(tmp_path).learn(PAGE, DEAD, TODAY)

    assert load_results(tmp_path).known[PAGE].seen_good is None


def test_the_file_is_the_same_whatever_was_asked_first(tmp_path):
    addresses = [f"https://example.org/{name}" for name in "bca"]
    texts = []
    for order in (addresses, addresses[::-1]):
        record = load_results(tmp_path)
        record.forget_all_but([])
        for address in order:
            record.learn(address, GOOD, TODAY)
        texts.append((tmp_path / FILE).read_text("utf-8"))

    assert texts[0] == texts[1]
    assert list(json.loads(texts[0])) == sorted(addresses)


def test_a_curator_can_read_the_file(tmp_path):
    load_results(tmp_path).learn("https://example.org/мир", GOOD, TODAY)

    assert (tmp_path / FILE).read_text("utf-8") == (
        '{\n "https://example.org/мир": {\n  "checked": "2026-11-22",\n  "outcome": "good",\n'
        '  "seen_good": "2026-11-22"\n }\n}\n'
    )


def test_nothing_but_the_record_is_left_beside_the_content(tmp_path):
    load_results(tmp_path).learn(PAGE, GOOD, TODAY)

    assert [path.name for path in tmp_path.iterdir()] == [FILE]


DUE = [(Outcome.GOOD, 6, False), (Outcome.GOOD, 7, True), (Outcome.MOVED, 6, False), (Outcome.REFUSED, 6, False)]
DUE += [(Outcome.REDIRECTED, 0, False), (Outcome.DEAD, 0, True), (Outcome.NO_ANSWER, 0, True)]
DUE += [(Outcome.BUSY, 0, True), (Outcome.NOT_ASKED, 0, True)]


@pytest.mark.parametrize(("outcome", "days_ago", "is_due"), DUE)
def test_what_was_settled_lately_is_not_asked_again(tmp_path, outcome, days_ago, is_due):
    record = load_results(tmp_path)
    record.learn(PAGE, CheckResult(outcome), TODAY - timedelta(days_ago))

    assert record.is_due(PAGE, 7, TODAY) == is_due


def test_what_was_never_asked_is_due(tmp_path):
    assert load_results(tmp_path).is_due(PAGE, 7, TODAY)


def test_everything_is_due_where_no_age_is_too_young(tmp_path):
    record = load_results(tmp_path)
    record.learn(PAGE, GOOD, TODAY)

    assert record.is_due(PAGE, 0, TODAY)


SPOILT = [
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
    b'{"https://example.org/a": {"outcome": "good", "checked": "2026-11-22", "seen_good": null}}',
    b"<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n",
]


@pytest.mark.parametrize("content", SPOILT, ids=lambda content: repr(content[:70]))
def test_a_record_that_can_t_be_read_is_told(tmp_path, content):
    (tmp_path / FILE).write_bytes(content)

    with pytest.raises(CorruptCacheError, match=r"links\.json: .*(can't be read|is not)"):
        load_results(tmp_path)


def test_a_record_that_is_a_folder_is_told(tmp_path):
    (tmp_path / FILE).mkdir()

    with pytest.raises(CorruptCacheError, match=r"links\.json: can't be read"):
        load_results(tmp_path)


def test_a_record_that_can_t_be_written_is_told(tmp_path):
    record = load_results(tmp_path)
    (tmp_path / FILE).mkdir()

    with pytest.raises(CorruptCacheError, match=r"links\.json: can't be written"):
        record.learn(PAGE, GOOD, TODAY)
