"""Each finding names file, line, field, message and hint; what is in order is not reported."""

from datetime import date
from pathlib import Path

import pytest

from tour.curation.link_check.extract import LinkLocation
from tour.curation.link_check.report import finding, has_broken_links, report
from tour.curation.link_check.results import CachedResult, CheckResult, Outcome, ResultCache

PAGE = "https://example.org/page"
LINK = LinkLocation("stops/north/01-quay.md", 20, "links[2].address", PAGE)
SOURCE = LinkLocation("sources.toml", 6, "ledger.address", PAGE, date(2026, 10, 1))
TODAY = date(2026, 11, 22)
WHERE = "stops/north/01-quay.md:20: links[2].address"


def message(result: CheckResult, location: LinkLocation = LINK, last_reachable: date | None = None) -> str:
    return str(finding(location, CachedResult(result, TODAY, last_reachable)))


def cache(**results: CheckResult) -> ResultCache:
    by_url = {f"https://example.org/{name}": CachedResult(result, TODAY) for name, result in results.items()}
    return ResultCache(Path("links.json"), by_url)


def locations(*names: str) -> list[LinkLocation]:
    return [
        LinkLocation("sources.toml", line, f"{name}.address", f"https://example.org/{name}")
        for line, name in enumerate(names, 1)
    ]


MESSAGES = [
    (
        CheckResult(Outcome.DEAD, "it answers 404 Not Found"),
        f"{WHERE} is dead: {PAGE}: it answers 404 Not Found.\n"
        f"    Look whether there is a copy at https://web.archive.org/web/*/{PAGE}, or name another page.",
    ),
    (
        CheckResult(Outcome.DEAD, "it answers 410 Gone", "https://example.org/new"),
        f"{WHERE} is dead: {PAGE}: it answers 410 Gone (it leads to https://example.org/new).\n"
        f"    Look whether there is a copy at https://web.archive.org/web/*/{PAGE}, or name another page.",
    ),
    (
        CheckResult(Outcome.NO_ANSWER, "it took longer than 20 seconds"),
        f"{WHERE} has no answer: {PAGE}: it took longer than 20 seconds.\n"
        f"    Ask again another day. Look whether there is a copy at https://web.archive.org/web/*/{PAGE}.",
    ),
    (
        CheckResult(Outcome.MOVED, "", "https://example.org/new"),
        f"{WHERE} has moved for good: {PAGE}.\n    Write https://example.org/new instead.",
    ),
    (
        CheckResult(Outcome.MOVED, "", "https://example.org/"),
        f"{WHERE} has moved for good: {PAGE}.\n"
        "    Write https://example.org/ instead, if that front page still has what is meant.",
    ),
    (
        CheckResult(Outcome.REFUSED, "it answers 403 Forbidden"),
        f"{WHERE} is refused to us: {PAGE}: it answers 403 Forbidden.\n"
        "    Many hosts turn programs away: open it in a browser to see whether a visitor is let in.",
    ),
    (
        CheckResult(Outcome.BUSY),
        f"{WHERE} is on a host that is too busy for us: {PAGE}.\n    Run the command again later.",
    ),
    (
        CheckResult(Outcome.NOT_ASKED, "example.org is a private host, 10.0.0.1"),
        f"{WHERE} was not asked for: {PAGE}: example.org is a private host, 10.0.0.1.\n"
        "    Give an address that leads every visitor to a page.",
    ),
]


@pytest.mark.parametrize(("result", "expected"), MESSAGES)
def test_a_finding_has_its_message_and_hint(result, expected):
    assert message(result) == expected


@pytest.mark.parametrize(
    "result", [CheckResult(Outcome.GOOD), CheckResult(Outcome.REDIRECTED, "", "https://example.org/today")]
)
def test_what_is_in_order_is_no_finding(result):
    assert finding(LINK, CachedResult(result, TODAY)) is None


def test_a_copy_is_looked_for_on_the_day_the_source_was_read():
    assert f"web.archive.org/web/20261001/{PAGE}" in message(CheckResult(Outcome.DEAD), SOURCE, date(2026, 11, 1))


def test_a_copy_is_looked_for_on_the_day_the_page_was_last_there():
    assert f"web.archive.org/web/20261101/{PAGE}" in message(CheckResult(Outcome.DEAD), LINK, date(2026, 11, 1))


def test_a_finding_without_a_line_names_its_file():
    without_line = message(CheckResult(Outcome.BUSY), LinkLocation("sources.toml", 0, "ledger.address", PAGE))

    assert without_line.startswith("sources.toml: ledger.address is")


def test_the_report_goes_by_files_and_lines_and_ends_with_a_count():
    links = [
        LinkLocation("a.md", 9, "x", PAGE),
        LinkLocation("a.md", 100, "y", PAGE),
        LinkLocation("b.md", 1, "z", PAGE),
    ]
    lines = report(links, cache(page=CheckResult(Outcome.BUSY))).split("\n")
    firsts = [line.split(" ")[0] for line in lines if not line.startswith("  ")]

    assert firsts == ["a.md:9:", "a.md:100:", "", "b.md:1:", "", "1"]


def test_the_count_has_each_url_once():
    links = [*locations("a", "b", "c", "d"), LINK, *locations("a")]
    results = {"a": CheckResult(Outcome.GOOD), "b": CheckResult(Outcome.GOOD), "c": CheckResult(Outcome.DEAD, "gone")}

    assert report(links, cache(**results)).split("\n")[-1] == "5 addresses: 2 good, 1 dead, 2 never asked."


def test_a_curator_without_the_web_is_asked_whether_it_is_there():
    results = cache(a=CheckResult(Outcome.NO_ANSWER), b=CheckResult(Outcome.NO_ANSWER))

    assert report(locations("a", "b"), results).endswith("2 without an answer. Is this computer on the web?")


def test_an_exhibition_without_links_has_none_to_report():
    assert report([], cache()) == "0 addresses: none."


@pytest.mark.parametrize("outcome", Outcome)
def test_dead_links_and_those_without_an_answer_are_broken(outcome):
    is_broken = outcome in (Outcome.DEAD, Outcome.NO_ANSWER)

    assert has_broken_links(locations("a", "b"), cache(a=CheckResult(outcome))) == is_broken
