"""What a curator hears of the links that lead out: where each stands that needs a hand, and what to do."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from urllib.parse import urlsplit

from tour.content.problems import Problem
from tour.curation.link_check.extract import LinkLocation
from tour.curation.link_check.results import CachedResult, Outcome, ResultCache

ARCHIVE = "https://web.archive.org/web"
ANY_DAY = "*"  # the archive's list of all its copies of a page


def finding(mention: LinkLocation, known: CachedResult) -> Problem | None:
    """What is wrong with the address, and the remedy; None if nothing is."""
    told = _told(mention, known)
    where = f"{mention.file}:{mention.line}" if mention.line else mention.file
    return Problem(where, mention.field, *told) if told else None


def findings(mentions: Iterable[LinkLocation], record: ResultCache) -> Iterator[tuple[LinkLocation, Problem]]:
    """All of them, in the order of the mentions."""
    for mention in mentions:
        known = record.known.get(mention.address)
        problem = known and finding(mention, known)
        if problem:
            yield mention, problem


def report(mentions: list[LinkLocation], record: ResultCache) -> str:
    """All findings, file by file, and a count of the addresses by what became of them."""
    files = groupby(findings(mentions, record), lambda each: each[0].file)
    parts = ["\n".join(str(problem) for _, problem in group) for _, group in files]
    return "\n\n".join([*parts, _count({mention.address for mention in mentions}, record)])


def has_lost_links(mentions: Iterable[LinkLocation], record: ResultCache) -> bool:
    """Whether any of them is dead or without an answer."""
    known = [record.known[each.address] for each in mentions if each.address in record.known]
    return any(each.answer.outcome in (Outcome.DEAD, Outcome.NO_ANSWER) for each in known)


def _count(addresses: set[str], record: ResultCache) -> str:
    outcomes = [record.known[each].answer.outcome for each in addresses if each in record.known]
    counts = [f"{outcomes.count(outcome)} {outcome}" for outcome in Outcome if outcome in outcomes]
    never = len(addresses) - len(outcomes)
    total = "1 address" if len(addresses) == 1 else f"{len(addresses)} addresses"
    count = f"{total}: {', '.join([*counts, *([f'{never} never asked'] if never else [])]) or 'none'}."
    return f"{count} Is this computer on the web?" if set(outcomes) == {Outcome.NO_ANSWER} else count


def _told(mention: LinkLocation, known: CachedResult) -> tuple[str, str] | None:
    """The fault and the remedy."""
    address, answer = mention.address, known.answer
    reason = f"{answer.reason} (it leads to {answer.leads_to})" if answer.leads_to else answer.reason
    match answer.outcome:
        case Outcome.DEAD:
            remedy = f"Look whether there is a copy at {_copy(mention, known.seen_good)}, or name another page."
            return f"is dead: {address}: {reason}.", remedy
        case Outcome.NO_ANSWER:
            remedy = f"Ask again another day. Look whether there is a copy at {_copy(mention, known.seen_good)}."
            return f"has no answer: {address}: {reason}.", remedy
        case Outcome.MOVED:
            return f"has moved for good: {address}.", _moved(address, answer.leads_to)
        case Outcome.REFUSED:
            remedy = "Many hosts turn programs away: open it in a browser to see whether a visitor is let in."
            return f"is refused to us: {address}: {reason}.", remedy
        case Outcome.BUSY:
            return f"is on a host that is too busy for us: {address}.", "Run the command again later."
        case Outcome.NOT_ASKED:
            return f"was not asked for: {address}: {reason}.", "Give an address that leads every visitor to a page."
    return None


def _moved(address: str, new: str) -> str:
    remedy = f"Write {new} instead"
    is_front_page = urlsplit(new).path in ("", "/") and urlsplit(address).path not in ("", "/")
    return f"{remedy}, if that front page still has what is meant." if is_front_page else f"{remedy}."


def _copy(mention: LinkLocation, seen_good: date | None) -> str:
    """Where the Internet Archive would have the page as it was when it was last seen; nobody asks it here."""
    day = mention.accessed or seen_good
    return f"{ARCHIVE}/{day:%Y%m%d}/{mention.address}" if day else f"{ARCHIVE}/{ANY_DAY}/{mention.address}"
