"""Everything that an editor would ask for before the exhibition goes out."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from tour import i18n
from tour.content import documents, translations
from tour.content.cited_sources import introduction_sources, lesson_sources, stop_sources
from tour.content.documents import EXHIBITION_FILE, SOURCES_FILE, Document, load_document, relative_name
from tour.content.loader import LESSON_FILE
from tour.content.problems import Problem
from tour.content.stop_files import stop_files
from tour.curation.link_check.extract import link_locations
from tour.curation.link_check.report import findings
from tour.curation.link_check.results import FILE, CorruptCacheError, Outcome, load_results
from tour.curation.lint.images import alt_warnings, image_warnings
from tour.curation.lint.prose import prose_warnings
from tour.curation.lint.rules import LintWarning, Rule
from tour.l10n import language_name
from tour.model import Exhibition, Stop

ONE_SOURCE = Rule("one-source", "That sources differ is believed when there are two to compare.")
TWIN_REASON = Rule("twin-reason", "A visitor who is sent to the other end asks what the two have in common.")
LINK_LANGUAGE = Rule("link-language", "Visitors see beside a link in which language they will read.")
OLD_STATUS = Rule("old-status", "The notice stands on every page; it is to be true on the day that it is read.")
UNCITED = Rule("uncited", "A source that nothing rests on makes the list longer and no statement firmer.")
LINK = Rule("link", "Who follows a link should find there what the exhibition promises.")
TRANSLATION = Rule("translation", "Visitors who read that language meet words of another, or older ones.")
MAX_STATUS_AGE_DAYS = 90
MAX_LINK_CHECK_AGE = timedelta(days=180)


def lint(exhibitions: Mapping[str, Exhibition], data_dir: Path, media_dir: Path, today: date) -> Iterator[LintWarning]:
    """All warnings; `exhibitions` are valid, by language, the original's first."""
    original = next(iter(exhibitions.values()))
    yield from _exhibition_warnings(original, today)
    for stop in original.stops:
        yield from _stop_warnings(stop)
    for language, exhibition in exhibitions.items():
        # Where a translation is missing the stop is the original's, which has been checked.
        for stop in (stop for stop in exhibition.stops if stop.language == language):
            file = translations.translation_path(Path(stop.file), language).as_posix()
            yield from prose_warnings(file, stop)
            yield from alt_warnings(file, stop)
    yield from image_warnings(original, media_dir)
    yield from link_warnings(data_dir, original, today)
    yield from (LintWarning(TRANSLATION, problem) for problem in translation_problems(data_dir))


def link_warnings(data_dir: Path, exhibition: Exhibition, today: date) -> Iterator[LintWarning]:
    """Links that were dead or had moved when last checked, and how many weren't checked for long; sends no request."""
    try:
        results = load_results(data_dir)
    except CorruptCacheError as error:
        yield LintWarning(LINK, error.problem)
        return
    locations = link_locations(data_dir, exhibition)
    for location, problem in findings(locations, results):
        # Other outcomes may differ tomorrow.
        if results.entries[location.url].result.outcome in (Outcome.DEAD, Outcome.MOVED):
            yield LintWarning(LINK, problem)
    addresses = {location.url for location in locations}
    since = today - MAX_LINK_CHECK_AGE
    if count := len(addresses - {address for address, result in results.entries.items() if result.checked > since}):
        message = f"tells nothing newer than {MAX_LINK_CHECK_AGE.days} days of {count} of {len(addresses)} addresses."
        yield LINK.warning(FILE, "", message, "Run `python -m tour links`: it asks for them.")


def _stop_warnings(stop: Stop) -> Iterator[LintWarning]:
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


def _exhibition_warnings(exhibition: Exhibition, today: date) -> Iterator[LintWarning]:
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


def translation_problems(data_dir: Path) -> Iterator[Problem]:
    """What is missing, incomplete or older than its original; visitors read the original instead."""
    paths = [data_dir / EXHIBITION_FILE, data_dir / SOURCES_FILE, *stop_files(data_dir, []), data_dir / LESSON_FILE]
    # What keeps a file from being read is reported where the content is loaded.
    originals = {path: load_document(data_dir, path, []) for path in paths if path.is_file()}
    for language in translations.languages(data_dir)[1:]:
        if language not in i18n.languages():
            hint = "Translate the interface's words; until then buttons and menus are in the language of the code."
            yield Problem(f"tour/locale/{language}/LC_MESSAGES/messages.po", "", "is missing.", hint)
        for path, original in originals.items():
            yield from _file_problems(data_dir, original, translations.translation_path(path, language))


def _file_problems(data_dir: Path, original: Document, path: Path) -> Iterator[Problem]:
    file = relative_name(data_dir, path)
    until_then = f"until then visitors read {original.file}, marked as another language."
    if not path.is_file():
        yield Problem(file, "", "is missing.", f"Translate {original.file}; {until_then}")
        return
    translation = load_document(data_dir, path, [])
    # The title of a work elsewhere stays what it is.
    optional = translations.OPTIONAL | ({"title"} if path.suffix == ".toml" else set())
    for field in translations.missing_translations(original.table, translation.table, optional):
        yield Problem(file, field, "is missing.", f"Say it in this language; {until_then}")
    if original.table is not None and translation.table is not None and not documents.is_current(original, translation):
        written_hash = translation.table.get(translations.SOURCE_HASH)
        yield translations.stale_problem(
            file, written_hash, translations.source_hash(original.table, original.narrative)
        )
        # In exhibition.toml and sources.toml what doesn't fit is an error, and reported as one.
        yield from documents.apply_translation(original, translation)[1] if path.suffix == ".md" else ()
