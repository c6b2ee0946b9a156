"""The last valid version of the content, reloaded when its files change."""

import logging
import os
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from tour.content.problems import ContentError, Problem, report
from tour.folder_watch import FolderWatch
from tour.model import Exhibition
from tour.search.index import index_of
from tour.settings import DEFAULT_LANGUAGE, settings
from tour.validation.validate import load_all_languages
from tour.views.renderer import SiteRenderer

logger = logging.getLogger(__name__)

# Seconds between two polls: a saved file is on the pages after two of them, alike, and a reload.
POLL_INTERVAL = 0.1
RETRY_DELAY = 5.0  # seconds after an unexpected error: a disk that is gone is not to fill the log
MAX_CPU_SHARE = 0.02  # of one processor: to poll thousands of files takes a while
INDEX_DELAY = 5.0  # seconds that a start has for its first pages, before it builds the search indexes
WATCHED_SUFFIXES = (".md", ".toml", ".geojson")
RECOVERED = "The content is valid again: visitors see it as it is now."

Files = dict[str, tuple[int, ...]]  # by path: times of change in nanoseconds, size in bytes


class Snapshot(NamedTuple):
    """The files as they are at one moment."""

    content: Files
    images: Files

    def relevant(self, images: Iterable[str]) -> tuple[Files, list[tuple[int, ...] | None]]:
        """The content and those images; others may be being uploaded."""
        return self.content, list(map(self.images.get, images))


@dataclass(frozen=True)
class Version:
    """One valid version of the content: a renderer a language, the original's first; `number` counts from 1."""

    number: int = 0
    loaded_at: datetime | None = None
    renderers: Mapping[str, SiteRenderer] = field(default_factory=dict)


class ContentStore:
    """Hands out the last valid version; `problems` are those of newer files that can't be published."""

    def __init__(self, data: Path, media: Path):
        self.data, self.media = data, media
        self.problems: tuple[Problem, ...] = ()
        self.version = Version()
        self._loaded_snapshot: Snapshot | None = None  # the files of the version, or of the problems
        self._polled_snapshot: Snapshot | None = None
        self._load_lock = threading.Lock()

    def by_language(self) -> Mapping[str, SiteRenderer]:
        """Renderers by language, the original's first; raises ContentError while there has been no valid content."""
        if self._loaded_snapshot is None:
            with self._load_lock:
                if self._loaded_snapshot is None:
                    with suppress(OSError):  # the next poll logs it
                        self._reload(self._snapshot())
        version, problems = self.version, self.problems
        if not version.renderers:
            raise ContentError(problems)
        return version.renderers

    def renderer(self, language: str = DEFAULT_LANGUAGE) -> SiteRenderer:
        """The renderer of one language; raises ContentError like by_language()."""
        return self.by_language()[language]

    def exhibitions(self) -> dict[str, Exhibition]:
        """The exhibition by language, the original's first; raises ContentError like by_language()."""
        return {language: renderer.exhibition for language, renderer in self.by_language().items()}

    def poll(self) -> float:
        """Reload the files if they have changed, but not since the last poll: nobody is writing them now.

        While images are uploaded, for minutes perhaps, changed texts are loaded all the same. Returns the seconds until
        the next poll is due.
        """
        with self._load_lock:
            start = time.thread_time()
            snapshot = self._snapshot()
            interval = max(POLL_INTERVAL, (time.thread_time() - start) / MAX_CPU_SHARE)
            if self._is_due(snapshot):
                self._reload(snapshot)
            self._polled_snapshot = snapshot
        return interval

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Meanwhile changes are loaded, by a thread of its own: no visitor waits for it."""
        stopped, watch = threading.Event(), FolderWatch(self.data, self.media)
        threading.Thread(target=self._poll_loop, args=(stopped, watch), name="content-store", daemon=True).start()
        try:
            yield
        finally:
            stopped.set()
            watch.wake()

    def _poll_loop(self, stopped: threading.Event, watch: FolderWatch) -> None:
        index_time = time.monotonic() + INDEX_DELAY
        while not stopped.is_set():
            try:
                interval = self.poll()
                is_index_due = time.monotonic() >= index_time
                if is_index_due:
                    _build_indexes(self.version.renderers)
                if is_index_due and self._polled_snapshot == self._loaded_snapshot:
                    watch.wait(interval)
                stopped.wait(interval)  # a change seldom comes alone
            # Whatever it is: a thread that ends would leave every later edit unseen.
            except Exception:
                logger.exception("The content could not be polled.")
                stopped.wait(RETRY_DELAY)
        watch.close()

    def _is_due(self, snapshot: Snapshot) -> bool:
        loaded, polled = self._loaded_snapshot, self._polled_snapshot
        if loaded is None or polled is None:
            return loaded is None
        if polled == snapshot:
            return snapshot != loaded
        images = self._images(self.version.renderers)
        return polled.relevant(images) == snapshot.relevant(images) and snapshot.content != loaded.content

    def _images(self, renderers: Mapping[str, SiteRenderer]) -> set[str]:
        """The paths of the images on view."""
        stops = (stop for renderer in renderers.values() for stop in renderer.exhibition.stops)
        return {str(self.media / picture.image) for stop in stops for picture in stop.pictures()}

    def _reload(self, snapshot: Snapshot) -> None:
        try:
            exhibitions = load_all_languages(self.data, self.media)
        except ContentError as error:
            self._loaded_snapshot, self.problems = snapshot, error.problems
            logger.warning("%s", report(error.problems))
            return
        except FileNotFoundError:
            return  # a folder is being put in another's place
        renderers = _renderers(exhibitions, self.media)
        if self.version.renderers:  # visitors have a version to search meanwhile
            _build_indexes(renderers)
        images = self._images(renderers)
        for other in (self._polled_snapshot or snapshot, self._snapshot()):
            if other.relevant(images) != snapshot.relevant(images):
                return  # changed while it was being loaded: half of it may be older than the rest
        if self.problems:
            logger.warning(RECOVERED)
        self._loaded_snapshot, self.problems = snapshot, ()
        self.version = Version(self.version.number + 1, datetime.now(), renderers)

    def _snapshot(self) -> Snapshot:
        """Every file that matters."""
        return Snapshot(
            {entry.path: _fingerprint(entry) for entry in _files(self.data) if entry.name.endswith(WATCHED_SUFFIXES)},
            {entry.path: _fingerprint(entry) for entry in _entries(self.media) if "." in entry.name},
        )


def store() -> ContentStore:
    """The store of this process, shared by all visitors."""
    return _store(settings().data, settings().media)


@lru_cache(maxsize=1)
def _store(data: Path, media: Path) -> ContentStore:
    return ContentStore(data, media)


def _renderers(exhibitions: Mapping[str, Exhibition], media: Path) -> dict[str, SiteRenderer]:
    return {
        language: SiteRenderer(each, media, others=tuple(other for other in exhibitions.values() if other is not each))
        for language, each in exhibitions.items()
    }


def _build_indexes(renderers: Mapping[str, SiteRenderer]) -> None:
    """Before a visitor searches, who would have to wait for it."""
    for renderer in renderers.values():
        index_of(renderer.exhibition)


def _files(folder: str | Path) -> Iterator[os.DirEntry[str]]:
    """All files under the folder; links to folders are not followed."""
    for entry in _entries(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path)
        else:
            yield entry


def _entries(folder: str | Path) -> list[os.DirEntry[str]]:
    """What the folder holds, in a third of the time that Path.iterdir() takes; nothing if it has gone meanwhile."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _fingerprint(entry: os.DirEntry[str]) -> tuple[int, ...]:
    """Any difference is a change: clocks go wrong, and a copy may bring its time with it, but not its ctime."""
    try:
        stat = entry.stat()
    except OSError:
        return ()  # gone between listing and looking: an editor saves that way; or a link that leads round in a circle
    return stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size
