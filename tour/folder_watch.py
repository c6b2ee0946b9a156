"""Waiting for changes in folders: the system tells of them, or somebody has to poll."""

import logging
import os
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event

from watchdog import events
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

logger = logging.getLogger(__name__)

# Seconds after which to poll all the same: a system may lose a change, of a very full queue for one.
SAFETY_INTERVAL = 5.0
# Reading a file is an event too, which would follow on each poll.
CHANGES = [
    *(events.FileCreatedEvent, events.FileModifiedEvent, events.FileMovedEvent, events.FileDeletedEvent),
    *(events.FileAttribEvent, events.DirCreatedEvent, events.DirMovedEvent, events.DirDeletedEvent),
]
# Of what another machine changes on these, this one's system knows nothing.
NETWORK_FILE_SYSTEMS = ("nfs", "cifs", "smb", "fuse", "9p", "virtiofs", "afs", "ceph", "gluster", "lustre", "vboxsf")
POLLING = "The system doesn't tell of changes in %s: %s. The files are polled."


class FolderWatch(events.FileSystemEventHandler):
    """Watches a folder with all folders in it, and another without. One thread waits; any may wake it."""

    def __init__(self, tree: Path, folder: Path):
        self.tree, self.folder = tree, folder
        self._changed = Event()
        self._observer: BaseObserver | None = None
        self._identities: dict[Path, tuple[int, int] | None] = {}

    def on_any_event(self, event: events.FileSystemEvent) -> None:
        if isinstance(event, events.DirDeletedEvent):
            self._identities = {}  # another folder may get its number
        self.wake()

    def wake(self) -> None:
        """Let the thread that waits go on."""
        self._changed.set()

    def wait(self, interval: float) -> None:
        """Return at the next change, or after so many seconds where the system doesn't tell of any."""
        self._observe()
        self._changed.wait(max(interval, SAFETY_INTERVAL) if self._observer else interval)
        self._changed.clear()

    def close(self) -> None:
        if self._observer:
            self._observer.stop()
            self._observer = None

    def _observe(self) -> None:
        """Begin with the folders, or anew: what is observed is a folder, not its name, and another may have it now."""
        nested = (Path(parent, name) for parent, names, _ in os.walk(self.tree) for name in names)
        identities = {folder: _identity(folder) for folder in (self.tree, self.folder, *nested)}
        if identities == self._identities:
            return
        self.close()
        self._identities = identities
        folders = f"{self.tree}, {self.folder}"
        if reason := next(filter(None, map(_network_file_system, identities)), ""):
            logger.info(POLLING, folders, f"{reason} is a network file system")
            return
        observer = None
        try:
            observer = Observer()
            for folder in identities:
                # Of a link the system would watch the link itself. A recursive watch would ignore that the system has
                # no more watches to give for the folders within.
                observer.schedule(self, folder.resolve(), event_filter=CHANGES)
            observer.start()
        except OSError as error:  # gone, or no more watches
            if observer:
                observer.unschedule_all()
            logger.warning(POLLING, folders, error.strerror)
            return
        self._observer = observer
        self.wake()  # something may have changed before it began


def _identity(folder: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        status = folder.stat()
        return status.st_dev, status.st_ino
    return None


def _network_file_system(folder: Path) -> str:
    """The type of the file system in which the folder lies, if it is one of a network; only Linux says so."""
    if sys.platform != "linux":
        return ""
    with suppress(OSError):
        mounts = [line.split()[1:3] for line in Path("/proc/self/mounts").read_text("utf-8").splitlines()]
        paths = {path: kind for path, kind in mounts if folder.resolve().is_relative_to(path)}
        kind = paths[max(paths, key=len)] if paths else ""
        return kind if kind.startswith(NETWORK_FILE_SYSTEMS) else ""
    return ""
