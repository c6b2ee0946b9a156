"""The results of link checks, cached with their dates in links.json beside the content."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from tour.atomic_write import write_atomic
from tour.content.problems import Problem

FILE = "links.json"
CORRUPT_HINT = "Mend it, or take the file away: `python -m tour links` writes it anew."


class Outcome(StrEnum):
    """How a check ended, as the cache and the report name it."""

    GOOD = "good"
    REDIRECTED = "redirected for now"
    MOVED = "moved"
    REFUSED = "refused"
    BUSY = "busy"
    NOT_ASKED = "not asked"
    NO_ANSWER = "without an answer"
    DEAD = "dead"


REACHABLE = frozenset({Outcome.GOOD, Outcome.REDIRECTED, Outcome.MOVED})
# What will be the same tomorrow; the others are checked again every time.
FINAL_OUTCOMES = REACHABLE | {Outcome.REFUSED}


@dataclass(frozen=True)
class CheckResult:
    """`reason` is for the curator; `leads_to` is the URL after redirects, empty if there are none."""

    outcome: Outcome
    reason: str = ""
    leads_to: str = ""


@dataclass(frozen=True)
class CachedResult:
    """The last result of a URL, the day of that check, and the last day on which the page was there."""

    result: CheckResult
    checked: date
    last_reachable: date | None = None


class CorruptCacheError(Exception):
    """The cache can't be read; `problem` says why."""

    def __init__(self, message: str, field: str = ""):
        self.problem = Problem(FILE, field, message, CORRUPT_HINT)
        super().__init__(str(self.problem))


@dataclass
class ResultCache:
    """The results by URL, and the file that they are saved to."""

    path: Path
    entries: dict[str, CachedResult] = field(default_factory=dict)

    def update(self, url: str, result: CheckResult, today: date) -> None:
        """Add a result and save at once, so that none is lost if the run is interrupted."""
        previous = self.entries.get(url, CachedResult(result, today))
        last_reachable = today if result.outcome in REACHABLE else previous.last_reachable
        self.entries[url] = CachedResult(result, today, last_reachable)
        self.save()

    def prune(self, urls: Iterable[str]) -> None:
        """Forget all URLs but these."""
        self.entries = {url: self.entries[url] for url in urls if url in self.entries}

    def is_stale(self, url: str, days: int, today: date) -> bool:
        """Whether to check again: never checked, that many days ago, or without a final outcome."""
        cached = self.entries.get(url)
        return not cached or cached.result.outcome not in FINAL_OUTCOMES or today - cached.checked >= timedelta(days)

    def save(self) -> None:
        """Sorted, so that a diff shows what has changed; raises WriteError."""
        tables = {url: _dump(cached) for url, cached in sorted(self.entries.items())}
        write_atomic(self.path, (json.dumps(tables, ensure_ascii=False, indent=1) + "\n").encode())


def load_results(data_dir: Path) -> ResultCache:
    """The cache beside the content, empty before the first run; raises CorruptCacheError."""
    path = data_dir / FILE
    try:
        tables = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return ResultCache(path)
    except (OSError, ValueError, RecursionError):
        raise CorruptCacheError("can't be read as JSON.") from None
    if not isinstance(tables, dict):
        raise CorruptCacheError("is not a table of addresses.")
    return ResultCache(path, {url: _load(url, table) for url, table in tables.items()})


def _dump(cached: CachedResult) -> dict[str, str]:
    table = {"checked": cached.checked, **asdict(cached.result), "last_reachable": cached.last_reachable}
    return {name: str(value) for name, value in table.items() if value}


def _load(url: str, table: Any) -> CachedResult:
    try:
        result = CheckResult(Outcome(table["outcome"]), str(table.get("reason", "")), str(table.get("leads_to", "")))
        last_reachable = date.fromisoformat(table["last_reachable"]) if "last_reachable" in table else None
        return CachedResult(result, date.fromisoformat(table["checked"]), last_reachable)
    except (KeyError, ValueError, TypeError, AttributeError):
        raise CorruptCacheError("is not as this command writes it.", url) from None
