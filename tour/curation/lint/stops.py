"""What an editor would say of a stop's company: its twin, its claims, its links, and the notice above all of them."""

from collections.abc import Iterator
from datetime import date

from babel import Locale, UnknownLocaleError

from tour.content.citations import introduction_sources, stop_sources
from tour.content.markdown import cited_ids
from tour.content.problems import Problem
from tour.curation.lint.rules import LintWarning, Rule
from tour.model import Exhibition, Stop

MAX_STATUS_AGE_DAYS = 90
ONE_SOURCE = Rule("one-source", "That sources differ is believed when there are two to compare.")
TWIN_REASON = Rule("twin-reason", "A visitor who is sent to the other end asks what the two have in common.")
LINK_LANGUAGE = Rule("link-language", "Visitors see beside a link in which language they will read.")
OLD_STATUS = Rule("old-status", "The notice stands on every page; it is to be true on the day that it is read.")
UNCITED = Rule("uncited", "A source that nothing rests on makes the list longer and no statement firmer.")


def stop_warnings(stop: Stop) -> Iterator[LintWarning]:
    if stop.twin and not stop.twin_reason:
        remedy = "Say in a sentence what makes the two a pair; it stands at both."
        yield LintWarning(TWIN_REASON, Problem(stop.file, "twin_reason", "is missing.", remedy))
    for number, claim in enumerate(stop.claims, 1):
        sources = {id for account in claim.accounts for id in account.sources}
        if len(sources) < 2:
            fault = f"rests on {' and '.join(sources)} alone."
            yield LintWarning(ONE_SOURCE, Problem(stop.file, f"claims[{number}]", fault, "Look for a second source."))
    for number, link in enumerate(stop.links, 1):
        if not _is_language(link.language):
            fault = f"is {link.language}, which is no language that we know."
            problem = Problem(stop.file, f"links[{number}].language", fault, "Give its code, like en or ru.")
            yield LintWarning(LINK_LANGUAGE, problem)


def exhibition_warnings(exhibition: Exhibition, today: date) -> Iterator[LintWarning]:
    """Advice on the notice and on sources."""
    days = (today - exhibition.status.checked).days
    if days > MAX_STATUS_AGE_DAYS:
        remedy = "Look whether it still holds, then write today's date."
        yield LintWarning(OLD_STATUS, Problem("exhibition.toml", "status.checked", f"is {days} days ago.", remedy))
    for id in sorted(exhibition.sources.keys() - _used(exhibition)):
        remedy = "Cite it where it belongs, or take it out."
        yield LintWarning(UNCITED, Problem("sources.toml", id, "is cited nowhere.", remedy))


def _used(exhibition: Exhibition) -> set[str]:
    in_stops = {id for stop in exhibition.stops for id in stop_sources(stop)}
    in_events = {id for stop in exhibition.stops for event in stop.events for id in event.sources}
    lesson = exhibition.lesson
    texts = [each.text for each in (*lesson.steps, *lesson.questions)] + [lesson.narrative] if lesson else []
    return {*in_stops, *in_events, *exhibition.status.sources, *introduction_sources(exhibition), *cited_ids(*texts)}


def _is_language(code: str) -> bool:
    try:
        return bool(Locale.parse(code, sep="-").english_name)
    except (UnknownLocaleError, ValueError):
        return False
