"""Everything that an editor would ask for before the exhibition goes out."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from tour.content.translations import translation_path
from tour.curation.link_check.extract import link_locations
from tour.curation.link_check.report import findings
from tour.curation.link_check.results import FILE, CorruptCacheError, Outcome, load_results
from tour.curation.lint import translations
from tour.curation.lint.images import alt_warnings, image_warnings
from tour.curation.lint.prose import prose_warnings
from tour.curation.lint.rules import LintWarning, Rule
from tour.curation.lint.stops import exhibition_warnings, stop_warnings
from tour.model import Exhibition

LINK = Rule("link", "Who follows a link should find there what the exhibition promises.")
TRANSLATION = Rule("translation", "Visitors who read that language meet words of another, or older ones.")
MAX_LINK_CHECK_AGE = timedelta(days=180)


def lint(exhibitions: Mapping[str, Exhibition], data_dir: Path, media_dir: Path, today: date) -> Iterator[LintWarning]:
    """All warnings; `exhibitions` are valid, by language, the original's first."""
    original = next(iter(exhibitions.values()))
    yield from exhibition_warnings(original, today)
    for stop in original.stops:
        yield from stop_warnings(stop)
    for language, exhibition in exhibitions.items():
        # Where a translation is missing the stop is the original's, which has been checked.
        for stop in (stop for stop in exhibition.stops if stop.language == language):
            file = stop.file if exhibition is original else translation_path(Path(stop.file), language).as_posix()
            yield from prose_warnings(file, stop)
            yield from alt_warnings(file, stop)
    yield from image_warnings(original, media_dir)
    yield from link_warnings(data_dir, original, today)
    yield from (LintWarning(TRANSLATION, problem) for problem in translations.warnings(data_dir))


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
    count = len(addresses - {address for address, result in results.entries.items() if result.checked > since})
    if count:
        message = f"tells nothing newer than {MAX_LINK_CHECK_AGE.days} days of {count} of {len(addresses)} addresses."
        yield LINK.warning(FILE, "", message, "Run `python -m tour links`: it asks for them.")
