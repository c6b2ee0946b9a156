"""Warnings on a stop's twin, claims and links, on the status notice, and on sources."""

from collections.abc import Iterator
from datetime import date

from tour.content.cited_sources import introduction_sources, lesson_sources, stop_sources
from tour.curation.lint.rules import LintWarning, Rule
from tour.l10n import language_name
from tour.model import Exhibition, Stop

MAX_STATUS_AGE_DAYS = 90
ONE_SOURCE = Rule("one-source", "That sources differ is believed when there are two to compare.")
TWIN_REASON = Rule("twin-reason", "A visitor who is sent to the other end asks what the two have in common.")
LINK_LANGUAGE = Rule("link-language", "Visitors see beside a link in which language they will read.")
OLD_STATUS = Rule("old-status", "The notice stands on every page; it is to be true on the day that it is read.")
UNCITED = Rule("uncited", "A source that nothing rests on makes the list longer and no statement firmer.")


def stop_warnings(stop: Stop) -> Iterator[LintWarning]:
    if stop.twin and not stop.twin_reason:
        hint = "Say in a sentence what makes the two a pair; it stands at both."
        yield TWIN_REASON.warning(stop.file, "twin_reason", "is missing.", hint)
    for number, claim in enumerate(stop.claims, 1):
        sources = {id for account in claim.accounts for id in account.sources}
        if len(sources) < 2:
            message = f"rests on {' and '.join(sources)} alone."
            yield ONE_SOURCE.warning(stop.file, f"claims[{number}]", message, "Look for a second source.")
    for number, link in enumerate(stop.links, 1):
        code = link.language.replace("-", "_")
        if language_name(code, "en") == code:
            field, message = f"links[{number}].language", f"is {link.language}, which is no language that we know."
            yield LINK_LANGUAGE.warning(stop.file, field, message, "Give its code, like en or ru.")


def exhibition_warnings(exhibition: Exhibition, today: date) -> Iterator[LintWarning]:
    """Warnings on the status notice and on sources."""
    age = (today - exhibition.status.checked).days
    if age > MAX_STATUS_AGE_DAYS:
        hint = "Look whether it still holds, then write today's date."
        yield OLD_STATUS.warning("exhibition.toml", "status.checked", f"is {age} days ago.", hint)
    for id in sorted(exhibition.sources.keys() - _cited_sources(exhibition)):
        yield UNCITED.warning("sources.toml", id, "is cited nowhere.", "Cite it where it belongs, or take it out.")


def _cited_sources(exhibition: Exhibition) -> set[str]:
    in_stops = {id for stop in exhibition.stops for id in stop_sources(stop)}
    in_events = {id for stop in exhibition.stops for event in stop.events for id in event.sources}
    in_lesson = lesson_sources(exhibition.lesson) if exhibition.lesson else ()
    return {*in_stops, *in_events, *in_lesson, *exhibition.status.sources, *introduction_sources(exhibition)}
