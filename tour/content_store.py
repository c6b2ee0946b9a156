"""The last good reading of the content, and where the content lies."""

import logging
import os
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from tour.content.problems import ContentError, Problem, report
from tour.model import Exhibition
from tour.search.index import index_of
from tour.urls import DEFAULT_LANGUAGE
from tour.validation.validate import load_all_languages

HOUSE = Path(__file__).parent.parent
# Seconds between two looks at the files' stamps: what is saved is on the pages after two looks and one reading.
POLL_INTERVAL = 0.1
RETRY_DELAY = 5.0  # seconds: a disk that is gone is not to fill the log
# A look at thousands of files takes a while; the server is at most this part of its time at it.
MAX_CPU_SHARE = 0.02
INDEX_DELAY = 5.0  # seconds that a start has its first pages to make in, before it makes what a search needs
RECOVERED = "The content is sound again; visitors see it as it is now."

WATCHED_SUFFIXES = (".md", ".toml", ".geojson")

Snapshot = dict[str, tuple[int, ...]]  # by path


def data_dir() -> Path:
    """The folder that curators edit: $TOUR_DATA, else data/ beside the package."""
    return Path(os.environ.get("TOUR_DATA") or HOUSE / "data")


def media_dir() -> Path:
    """The folder of masters: $TOUR_MEDIA, else media/ beside the package."""
    return Path(os.environ.get("TOUR_MEDIA") or HOUSE / "media")


class ContentStore:
    """What visitors see: taken over from the files once they have changed, lie still and hold no problem.

    `number` counts the readings taken over, `since` is when the last one was; `problems` are those of a newer one.
    """

    def __init__(self, data: Path, media: Path):
        self.data = data
        self.media = media
        self.problems: tuple[Problem, ...] = ()
        self.number = 0
        self.since: datetime | None = None
        self._every: dict[str, Exhibition] = {}
        self._read: Snapshot | None = None
        self._seen: Snapshot | None = None
        self._reading = threading.Lock()

    def current(self, language: str = DEFAULT_LANGUAGE) -> Exhibition:
        """The last good exhibition in a language that it has; raises ContentError while there has never been one."""
        return self.every()[language]

    def every(self) -> dict[str, Exhibition]:
        """The last good exhibition by language, the original's first; raises ContentError like current()."""
        if self._read is None:
            with self._reading:
                if self._read is None:
                    with suppress(OSError):  # the watch tells of it, and looks again
                        self._take_over(self._found())
        every, problems = self._every, self.problems
        if not every:
            raise ContentError(problems)
        return every

    def others(self, exhibition: Exhibition) -> tuple[Exhibition, ...]:
        """The same exhibition in its other languages; none once a newer one has taken its place."""
        every = self.every()
        is_current = every.get(exhibition.language) is exhibition
        return tuple(each for each in every.values() if is_current and each is not exhibition)

    def look(self) -> float:
        """Read the files anew if they have changed, and not again since the last look: nobody is writing them now.

        Returns the seconds until the next look is due.
        """
        with self._reading:
            began = time.thread_time()
            found = self._found()
            pause = max(POLL_INTERVAL, (time.thread_time() - began) / MAX_CPU_SHARE)
            if self._read is None or (found == self._seen and found != self._read):
                self._take_over(found)
            self._seen = found
        return pause

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Looks again and again, in a thread of its own, so that no visitor waits for a reading."""
        is_over = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(is_over,), name="tour-edition", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            is_over.set()

    def _watch(self, is_over: threading.Event) -> None:
        pause, began = 0.0, time.monotonic()
        while not is_over.wait(pause):
            try:
                pause = self.look()
                if time.monotonic() - began >= INDEX_DELAY:
                    _build_indexes(self._every)
            # Whatever it is: a watcher that ends would leave every later edit unseen.
            except Exception:
                logging.getLogger("tour").exception("The content could not be looked at.")
                pause = RETRY_DELAY

    def _take_over(self, found: Snapshot) -> None:
        try:
            every = load_all_languages(self.data, self.media)
        except ContentError as error:
            self._read, self.problems = found, error.problems
            _tell(report(error.problems))
            return
        except FileNotFoundError:
            return  # a folder is being put in another's place
        if self._every:  # visitors have an edition to search meanwhile
            _build_indexes(every)
        if self._found() != found:
            return  # changed while it was being read: half of it may be older than the rest
        if self.problems:
            _tell(RECOVERED)
        self._read, self._every, self.problems = found, every, ()
        self.number, self.since = self.number + 1, datetime.now()

    def _found(self) -> Snapshot:
        """Every file that matters, with its times of change and its size."""
        content = {each.path: _fingerprint(each) for each in _files(self.data) if each.name.endswith(WATCHED_SUFFIXES)}
        return content | {each.path: _fingerprint(each) for each in _entries(self.media) if "." in each.name}


def _build_indexes(every: Mapping[str, Exhibition]) -> None:
    """Before a visitor searches, who would have to wait for it."""
    for exhibition in every.values():
        index_of(exhibition)


def _files(folder: str | Path) -> Iterator[os.DirEntry]:
    """All files under the folder; links to folders are not followed."""
    for entry in _entries(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path)
        else:
            yield entry


def _entries(folder: str | Path) -> list[os.DirEntry]:
    """What the folder holds, in a third of the time that paths would take; nothing if it has gone meanwhile."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _fingerprint(entry: os.DirEntry) -> tuple[int, ...]:
    """Any difference is a change: clocks go wrong, and a copy may bring its time with it, but not its ctime."""
    try:
        stat = entry.stat()
    except OSError:
        return ()  # gone between listing and looking: an editor saves that way; or a link that leads round in a circle
    return stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size


def _tell(lines: str) -> None:
    with suppress(OSError):  # a log on a full disk keeps no good content from visitors
        print(lines, file=sys.stderr, flush=True)


_edition: ContentStore | None = None


def store() -> ContentStore:
    """The edition of this process, shared by all visitors."""
    global _edition
    if _edition is None or (_edition.data, _edition.media) != (data_dir(), media_dir()):
        _edition = ContentStore(data_dir(), media_dir())
    return _edition
