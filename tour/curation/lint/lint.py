"""Everything that an editor would ask for before the exhibition goes out."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from tour.content.translations import translation_path
from tour.curation.lint import translations
from tour.curation.lint.links import link_warnings
from tour.curation.lint.pictures import alt_warnings, image_warnings
from tour.curation.lint.prose import prose_warnings
from tour.curation.lint.rules import LintWarning, Rule
from tour.curation.lint.stops import exhibition_warnings, stop_warnings
from tour.model import Exhibition

TRANSLATION = Rule("translation", "Visitors who read that language meet words of another, or older ones.")


def lint(every: Mapping[str, Exhibition], data_dir: Path, media_dir: Path, today: date) -> Iterator[LintWarning]:
    """All of it; `every` is the sound exhibition by language, the original's first."""
    original = next(iter(every.values()))
    yield from exhibition_warnings(original, today)
    for stop in original.stops:
        yield from stop_warnings(stop)
    for language, exhibition in every.items():
        # A stop that isn't translated has been looked at in the original.
        for stop in (each for each in exhibition.stops if each.language == language):
            file = stop.file if exhibition is original else translation_path(Path(stop.file), language).as_posix()
            yield from prose_warnings(file, stop)
            yield from alt_warnings(file, stop)
    yield from image_warnings(original, media_dir)
    yield from link_warnings(data_dir, original, today)
    yield from (LintWarning(TRANSLATION, remark) for remark in translations.warnings(data_dir))
