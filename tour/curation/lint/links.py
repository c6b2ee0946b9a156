"""Advice on the links that lead out, from what is known of them: nothing is asked for here."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from tour.content.problems import Problem
from tour.curation.link_check.extract import LinkLocation, link_locations
from tour.curation.link_check.report import findings
from tour.curation.link_check.results import FILE, CorruptCacheError, Outcome, ResultCache, load_results
from tour.curation.lint.rules import LintWarning, Rule
from tour.model import Exhibition

RULE = Rule("link", "Who follows a link should find there what the exhibition promises.")
STALE_AFTER = timedelta(days=180)
REPORTED_OUTCOMES = (Outcome.DEAD, Outcome.MOVED)


def link_warnings(data_dir: Path, exhibition: Exhibition, today: date | None = None) -> Iterator[LintWarning]:
    """Links that were dead or had moved when last asked for, and how many weren't asked for in a long time."""
    try:
        record = load_results(data_dir)
    except CorruptCacheError as error:
        yield LintWarning(RULE, error.problem)
        return
    found = link_locations(data_dir, exhibition)
    for mention, problem in findings(found, record):
        if record.known[mention.address].answer.outcome in REPORTED_OUTCOMES:
            yield LintWarning(RULE, problem)
    yield from _not_asked_lately(found, record, (today or date.today()) - STALE_AFTER)


def _not_asked_lately(found: Iterable[LinkLocation], record: ResultCache, since: date) -> Iterator[LintWarning]:
    addresses = {each.address for each in found}
    asked = {each for each in addresses if each in record.known and record.known[each].checked > since}
    count = len(addresses - asked)
    if count:
        fault = f"tells nothing newer than {STALE_AFTER.days} days of {count} of {len(addresses)} addresses."
        yield LintWarning(RULE, Problem(FILE, "", fault, "Run `python -m tour links`: it asks for them."))
