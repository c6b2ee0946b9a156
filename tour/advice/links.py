"""Advice on the links that lead out, from what is known of them: nothing is asked for here."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from tour.advice.rules import Advice, Rule
from tour.links.findings import findings
from tour.links.mentions import Mention, mentions
from tour.links.record import FILE, Outcome, Record, Unreadable, read
from tour.model import Exhibition
from tour.problems import Problem

RULE = Rule("link", "Who follows a link should find there what the exhibition promises.")
LONG = timedelta(days=180)
TOLD = (Outcome.DEAD, Outcome.MOVED)


def link_advice(data_dir: Path, exhibition: Exhibition, today: date | None = None) -> Iterator[Advice]:
    """Links that were dead or had moved when last asked for, and how many weren't asked for in a long time."""
    try:
        record = read(data_dir)
    except Unreadable as error:
        yield Advice(RULE, error.problem)
        return
    found = mentions(data_dir, exhibition)
    for mention, problem in findings(found, record):
        if record.known[mention.address].answer.outcome in TOLD:
            yield Advice(RULE, problem)
    yield from _not_asked_lately(found, record, (today or date.today()) - LONG)


def _not_asked_lately(found: Iterable[Mention], record: Record, since: date) -> Iterator[Advice]:
    addresses = {each.address for each in found}
    asked = {each for each in addresses if each in record.known and record.known[each].checked > since}
    count = len(addresses - asked)
    if count:
        fault = f"tells nothing newer than {LONG.days} days of {count} of {len(addresses)} addresses."
        yield Advice(RULE, Problem(FILE, "", fault, "Run `python -m tour links`: it asks for them."))
