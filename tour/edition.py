"""The last good reading of the content, and where the content lies."""

import os
import sys
import threading
import time
from pathlib import Path

from tour.addresses import DEFAULT_LANGUAGE
from tour.checks import in_every_language
from tour.model import Exhibition
from tour.problems import ContentError, Problem, report

HOUSE = Path(__file__).parent.parent
# Seconds between looks at the files' stamps: an edit shows within one, and a thousand files aren't asked at every step.
PATIENCE = 0.5


def data_dir() -> Path:
    """The folder that curators edit: $TOUR_DATA, else data/ beside the package."""
    return Path(os.environ.get("TOUR_DATA") or HOUSE / "data")


def media_dir() -> Path:
    """The folder of masters: $TOUR_MEDIA, else media/ beside the package."""
    return Path(os.environ.get("TOUR_MEDIA") or HOUSE / "media")


class Edition:
    """What visitors see: taken over from the files whenever they changed and hold no problem."""

    def __init__(self, data: Path, media: Path):
        self.data = data
        self.media = media
        self.problems: tuple[Problem, ...] = ()
        self._every: dict[str, Exhibition] = {}
        self._stamps: dict[Path, tuple[int, int]] | None = None
        self._looked = 0.0
        self._reading = threading.Lock()

    def current(self, language: str = DEFAULT_LANGUAGE) -> Exhibition:
        """The last good exhibition in a language that it has; raises ContentError while there has never been one."""
        return self.every()[language]

    def every(self) -> dict[str, Exhibition]:
        """The last good exhibition by language, the original's first; raises ContentError like current()."""
        with self._reading:
            if time.monotonic() - self._looked >= PATIENCE or not self._every:
                self._look()
            every, problems = self._every, self.problems
        if not every:
            raise ContentError(problems)
        return every

    def others(self, exhibition: Exhibition) -> tuple[Exhibition, ...]:
        """The same exhibition in its other languages; none once a newer one has taken its place."""
        every = self.every()
        is_current = every.get(exhibition.language) is exhibition
        return tuple(each for each in every.values() if is_current and each is not exhibition)

    def _look(self) -> None:
        stamps = self._found()
        self._looked = time.monotonic()
        if stamps == self._stamps:
            return
        self._stamps = stamps
        try:
            self._every = in_every_language(self.data, self.media)
            self.problems = ()
        except ContentError as error:
            self.problems = error.problems
            print(report(error.problems), file=sys.stderr, flush=True)

    def _found(self) -> dict[Path, tuple[int, int]]:
        """Every file that matters, with its time of change and its size."""
        paths = [each for kind in ("md", "toml", "geojson") for each in self.data.rglob(f"*.{kind}")]
        paths += self.media.glob("*.*")
        return {path: _stamp(path) for path in paths}


def _stamp(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return 0, 0  # gone between listing and looking: an editor saves that way
    return stat.st_mtime_ns, stat.st_size


_edition: Edition | None = None


def edition() -> Edition:
    """The edition of this process, shared by all visitors."""
    global _edition
    if _edition is None or (_edition.data, _edition.media) != (data_dir(), media_dir()):
        _edition = Edition(data_dir(), media_dir())
    return _edition
