"""The report of broken and moved links: file, line and field of each, and what to do."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from urllib.parse import urlsplit

from tour.content.problems import Problem
from tour.curation.link_check.extract import LinkLocation
from tour.curation.link_check.results import CachedResult, Outcome, ResultCache

ARCHIVE = "https://web.archive.org/web"
ALL_COPIES = "*"  # the archive's list of them, in place of a day
BROKEN = (Outcome.DEAD, Outcome.NO_ANSWER)


def finding(location: LinkLocation, cached: CachedResult) -> Problem | None:
    """What is wrong with the link, and the remedy; None if nothing is."""
    url, result = location.url, cached.result
    reason = f"{result.reason} (it leads to {result.leads_to})" if result.leads_to else result.reason
    copy = f"Look whether there is a copy at {_archive_url(location, cached)}"
    match result.outcome:
        case Outcome.DEAD:
            message = f"is dead: {url}: {reason}.", f"{copy}, or name another page."
        case Outcome.NO_ANSWER:
            message = f"has no answer: {url}: {reason}.", f"Ask again another day. {copy}."
        case Outcome.MOVED:
            message = f"has moved for good: {url}.", _moved_hint(url, result.leads_to)
        case Outcome.REFUSED:
            hint = "Many hosts turn programs away: open it in a browser to see whether a visitor is let in."
            message = f"is refused to us: {url}: {reason}.", hint
        case Outcome.BUSY:
            message = f"is on a host that is too busy for us: {url}.", "Run the command again later."
        case Outcome.NOT_ASKED:
            message = f"was not asked for: {url}: {reason}.", "Give an address that leads every visitor to a page."
        case _:
            return None
    return Problem(f"{location.file}:{location.line}" if location.line else location.file, location.field, *message)


def findings(locations: Iterable[LinkLocation], cache: ResultCache) -> Iterator[tuple[LinkLocation, Problem]]:
    """All of them, in the order of the locations."""
    for location in locations:
        cached = cache.entries.get(location.url)
        if problem := cached and finding(location, cached):
            yield location, problem


def report(locations: list[LinkLocation], cache: ResultCache) -> str:
    """All findings, file by file, and the number of URLs with each outcome."""
    files = groupby(findings(locations, cache), lambda entry: entry[0].file)
    parts = ["\n".join(str(problem) for _, problem in group) for _, group in files]
    return "\n\n".join([*parts, _summary({location.url for location in locations}, cache)])


def has_broken_links(locations: Iterable[LinkLocation], cache: ResultCache) -> bool:
    """Whether any of them is dead or without an answer."""
    cached = (cache.entries.get(location.url) for location in locations)
    return any(entry.result.outcome in BROKEN for entry in cached if entry)


def _summary(urls: set[str], cache: ResultCache) -> str:
    outcomes = [cache.entries[url].result.outcome for url in urls if url in cache.entries]
    counts = [f"{outcomes.count(outcome)} {outcome}" for outcome in Outcome if outcome in outcomes]
    if unchecked := len(urls) - len(outcomes):
        counts.append(f"{unchecked} never asked")
    total = "1 address" if len(urls) == 1 else f"{len(urls)} addresses"
    summary = f"{total}: {', '.join(counts) or 'none'}."
    return f"{summary} Is this computer on the web?" if set(outcomes) == {Outcome.NO_ANSWER} else summary


def _moved_hint(url: str, new_url: str) -> str:
    is_front_page = urlsplit(new_url).path in ("", "/") and urlsplit(url).path not in ("", "/")
    return f"Write {new_url} instead{', if that front page still has what is meant' if is_front_page else ''}."


def _archive_url(location: LinkLocation, cached: CachedResult) -> str:
    """Where the Internet Archive would have the page as it was last seen; no request is sent there."""
    day = location.accessed or cached.last_reachable
    return f"{ARCHIVE}/{f'{day:%Y%m%d}' if day else ALL_COPIES}/{location.url}"
