"""Everything that an editor would ask for before the exhibition goes out."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from tour.advice.links import link_advice
from tour.advice.picture import alt_advice, picture_advice
from tour.advice.rules import Advice, Rule
from tour.advice.stop import exhibition_advice, stop_advice
from tour.advice.words import word_advice
from tour.checks import translation
from tour.content.translations import beside
from tour.model import Exhibition

TRANSLATION = Rule("translation", "Visitors who read that language meet words of another, or older ones.")


def advice(every: Mapping[str, Exhibition], data_dir: Path, media_dir: Path, today: date) -> Iterator[Advice]:
    """All of it; `every` is the sound exhibition by language, the original's first."""
    original = next(iter(every.values()))
    yield from exhibition_advice(original, today)
    for stop in original.stops:
        yield from stop_advice(stop)
    for language, exhibition in every.items():
        # A stop that isn't translated has been looked at in the original.
        for stop in (each for each in exhibition.stops if each.language == language):
            file = stop.file if exhibition is original else beside(Path(stop.file), language).as_posix()
            yield from word_advice(file, stop)
            yield from alt_advice(file, stop)
    yield from picture_advice(original, media_dir)
    yield from link_advice(data_dir, original, today)
    yield from (Advice(TRANSLATION, remark) for remark in translation.remarks(data_dir))
