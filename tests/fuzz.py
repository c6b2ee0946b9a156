"""Thousands of malformed files: check never crashes, and what it passes can be shown. python -m tests.fuzz --seed 7"""

import argparse
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from tests import full_exhibition
from tests.conftest import PROJECT_ROOT
from tests.mutations import mutate
from tests.render_checks import look_at_all, look_at_stop
from tests.sample_exhibition import GERMAN_QUAY, QUAY
from tour.content.problems import ContentError
from tour.curation.lint.lint import lint
from tour.validation.validate import load_all_languages

# Which files are mutated, and how often.
FILES = {
    QUAY: 80,
    GERMAN_QUAY: 6,
    "exhibition.toml": 5,
    "sources.toml": 2,
    "lesson.md": 3,
    "exhibition.de.toml": 2,
    "sources.de.toml": 1,
    "maps/north.geojson": 1,
}
MAX_CPU_SECONDS = 5  # for one file


@dataclass(frozen=True)
class Mutant:
    """One mutated file; the seed and the number reproduce it."""

    seed: int
    number: int
    file: str
    content: bytes


class FuzzError(AssertionError):
    """A mutant on which check or the site crashed, or that is rendered wrongly."""

    def __init__(self, mutant: Mutant, reason: str):
        text = "\n".join(line[:200] for line in mutant.content.decode("utf-8", "backslashreplace").split("\n"))
        command = f"python -m tests.fuzz --seed {mutant.seed} --only {mutant.number}"
        super().__init__(f"{command}\n{mutant.file}:\n{text}\n{reason}")


class Fuzz:
    """Exhibitions in a folder of their own, of which one file at a time is mutated.

    One in `interval` mutants that pass is looked at in every page and format; of other files than stops, ten times as
    many.
    """

    def __init__(self, folder: Path, seed: int, interval: int = 60):
        self.folder, self.seed, self.interval = folder, seed, interval
        data, _ = full_exhibition.write(folder / "full")
        full_exhibition.write(folder / "stops", stops_only=True)
        self.texts = {file: (data / file).read_text("utf-8") for file in FILES}
        self.others = {file: _splice_sources(file, self.texts) for file in FILES}

    def run(self, numbers: range) -> Counter[str]:
        """How many passed and how many were refused; raises FuzzError at the first that is neither."""
        return Counter("passed" if self.passes(self.mutant(number)) else "refused" for number in numbers)

    def mutant(self, number: int) -> Mutant:
        random = Random(f"{self.seed}/{number}")
        file = random.choices(list(FILES), list(FILES.values()))[0]
        return Mutant(self.seed, number, file, mutate(random, self.texts[file], self.others[file]))

    def passes(self, mutant: Mutant) -> bool:
        """Whether check passes the mutant; raises FuzzError if that or what follows from it went wrong."""
        folder = self.folder / ("stops" if mutant.file == QUAY else "full")
        path = folder / "data" / mutant.file
        path.write_bytes(mutant.content)
        start = time.process_time()
        try:
            passed = self._passes(mutant, folder / "data", folder / "media")
        except Exception as error:  # of whatever kind: that is what the fuzz looks for
            raise FuzzError(mutant, "".join(traceback.format_exception(error))[-3000:]) from error
        finally:
            path.write_text(self.texts[mutant.file], "utf-8")
        if time.process_time() - start > MAX_CPU_SECONDS:
            raise FuzzError(mutant, f"It took {time.process_time() - start:.0f} seconds.")
        return passed

    def _passes(self, mutant: Mutant, data: Path, media: Path) -> bool:
        try:
            exhibitions = load_all_languages(data, media)
        except ContentError as error:
            str(error).encode()
            return False
        shown = exhibitions["de" if ".de." in mutant.file and "de" in exhibitions else "en"]
        look_at_stop(shown, media, "quay")
        if mutant.number % (self.interval if mutant.file == QUAY else max(1, self.interval // 10)) == 0:
            look_at_all(exhibitions, media)
            list(lint(exhibitions, data, media, date.today()))
        return True


def _splice_sources(file: str, texts: dict[str, str]) -> list[str]:
    """Texts to splice from: those of the other files, and for a stop all that are published."""
    published = sorted((PROJECT_ROOT / "data" / "stops").glob("*/*.md")) if file.startswith("stops") else []
    return [*texts.values(), *(_adapt_to_sample(path.read_text("utf-8")) for path in published)]


def _adapt_to_sample(text: str) -> str:
    """A published stop with sources, pictures and places that the sample exhibition has."""
    text = re.sub(r"\[\^[^]]+\]", "[^ledger]", text)
    text = re.sub(r"sources = \[.*?\]", 'sources = ["ledger"]', text)
    text = re.sub(r'image = ".*?"', 'image = "quay.png"', text)
    text = re.sub(r"latitude = .*", "latitude = 60.5", text)
    return re.sub(r"longitude = .*", "longitude = 10.5", re.sub(r'twin = ".*?"', 'twin = "light"', text))


def _count(fuzz: Fuzz, numbers: range) -> Counter[str]:
    """How many passed, were refused, failed; each failure is printed at once."""
    counts: Counter[str] = Counter()
    for number in numbers:
        try:
            counts["passed" if fuzz.passes(fuzz.mutant(number)) else "refused"] += 1
        except FuzzError as failure:
            counts["failed"] += 1
            print(failure, flush=True)
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the mutant of this number alone, looked at in every format")
    options = parser.parse_args()
    numbers = range(options.count) if options.only is None else range(options.only, options.only + 1)
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        counts = _count(Fuzz(Path(folder), options.seed, interval=60 if options.only is None else 1), numbers)
    outcomes = ", ".join(f"{count:,} {outcome}" for outcome, count in counts.items())
    print(f"{len(numbers):,} mutants in {time.monotonic() - start:.0f} s: {outcomes}.")
    sys.exit(counts["failed"] > 0)


if __name__ == "__main__":
    main()
