"""What is known of the links that lead out, kept with its dates in links.json beside the content."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from tour.atomic_write import write_atomic
from tour.content.problems import Problem

FILE = "links.json"
MEND = "Mend it, or take the file away: `python -m tour links` writes it anew."


class Outcome(StrEnum):
    """What became of an address that was asked for."""

    GOOD = "good"
    REDIRECTED = "redirected for now"
    MOVED = "moved"
    REFUSED = "refused"
    BUSY = "busy"
    NOT_ASKED = "not asked"
    NO_ANSWER = "without an answer"
    DEAD = "dead"


REACHABLE = frozenset({Outcome.GOOD, Outcome.REDIRECTED, Outcome.MOVED})
# What will be the same tomorrow; the rest is asked again every time.
FINAL_OUTCOMES = REACHABLE | {Outcome.REFUSED}


@dataclass(frozen=True)
class CheckResult:
    """How an address was answered: `reason` in words, `leads_to` the page's address, where that is another one."""

    outcome: Outcome
    reason: str = ""
    leads_to: str = ""


@dataclass(frozen=True)
class CachedResult:
    """The last answer of an address, the day it was asked, and the last day it led to a page."""

    answer: CheckResult
    checked: date
    seen_good: date | None = None


class CorruptCacheError(Exception):
    """The record can't be read or written; `problem` says why."""

    def __init__(self, fault: str, field: str = "", remedy: str = MEND):
        self.problem = Problem(FILE, field, fault, remedy)
        super().__init__(str(self.problem))


@dataclass
class ResultCache:
    """All that is known, by address."""

    path: Path
    known: dict[str, CachedResult] = field(default_factory=dict)

    def learn(self, address: str, answer: CheckResult, today: date) -> None:
        """Take an answer in and write it down at once, so that a run that is stopped has not been in vain."""
        before = self.known.get(address)
        seen_good = today if answer.outcome in REACHABLE else before and before.seen_good
        self.known[address] = CachedResult(answer, today, seen_good)
        self.write()

    def forget_all_but(self, addresses: Iterable[str]) -> None:
        wanted = set(addresses)
        self.known = {address: known for address, known in self.known.items() if address in wanted}

    def is_due(self, address: str, days: int, today: date) -> bool:
        """Whether to ask: never asked, asked that many days ago, or not settled."""
        known = self.known.get(address)
        return not known or known.answer.outcome not in FINAL_OUTCOMES or today - known.checked >= timedelta(days)

    def write(self) -> None:
        """Sorted, so that a change in the content's history shows what has changed; raises Unreadable."""
        tables = {address: _table(known) for address, known in sorted(self.known.items())}
        try:
            write_atomic(self.path, (json.dumps(tables, ensure_ascii=False, indent=1) + "\n").encode())
        except OSError as error:
            fault, remedy = f"can't be written: {error.strerror}.", f"Look whether {self.path} may be written."
            raise CorruptCacheError(fault, remedy=remedy) from None


def load_results(data_dir: Path) -> ResultCache:
    """The record beside the content, empty before the first run; raises Unreadable."""
    path = data_dir / FILE
    try:
        tables = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return ResultCache(path)
    except (OSError, ValueError, RecursionError):
        raise CorruptCacheError("can't be read as JSON.") from None
    if not isinstance(tables, dict):
        raise CorruptCacheError("is not a table of addresses.")
    return ResultCache(path, {address: _known(address, table) for address, table in tables.items()})


def _table(known: CachedResult) -> dict[str, str]:
    table = {
        "checked": known.checked.isoformat(),
        "outcome": known.answer.outcome.value,
        "reason": known.answer.reason,
        "leads_to": known.answer.leads_to,
        "seen_good": known.seen_good.isoformat() if known.seen_good else "",
    }
    return {name: value for name, value in table.items() if value}


def _known(address: str, table: Any) -> CachedResult:
    try:
        answer = CheckResult(Outcome(table["outcome"]), str(table.get("reason", "")), str(table.get("leads_to", "")))
        seen_good = date.fromisoformat(table["seen_good"]) if "seen_good" in table else None
        return CachedResult(answer, date.fromisoformat(table["checked"]), seen_good)
    except (KeyError, ValueError, TypeError, AttributeError):
        raise CorruptCacheError("is not as this command writes it.", address) from None
