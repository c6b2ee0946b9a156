"""The folder of derivatives: what is there, what is yet to be made, what is of no use any more."""

import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache, partial
from pathlib import Path

from tour.atomic_write import WriteError, write_atomic
from tour.images import convert
from tour.images.derivatives import FOLDER, NAME, Derivative, digest
from tour.images.safe_open import ImageError

MAX_FALLBACK_BYTES = (
    32_000_000  # bytes in memory while no derivative can be kept: about as many as a tour of 23 stops has
)


class DerivativeCache:
    """The folder of derivatives: makes what is missing, each once, whoever asks first.

    While it can't be written, visitors are shown from memory what they asked for last.
    """

    def __init__(self, media_dir: Path):
        self.folder = media_dir / FOLDER
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._spare = MemoryFallback()

    def path(self, wanted: Derivative) -> Path:
        """The derivative's file, made now if it isn't there; raises ImageError and Unwritten."""
        return self.file(wanted.name, partial(_create, wanted))

    def picture(self, wanted: Derivative) -> bytes:
        """The derivative, made now if it isn't there; raises ImageError."""
        return self.content(wanted.name, partial(_create, wanted))

    def file(self, name: str, make: Callable[[], bytes]) -> Path:
        """The file of that name, made now if it isn't there; raises Unwritten."""
        path = self.folder / name
        if not path.exists():
            with self._locks[name]:
                if not path.exists():
                    write_atomic(path, make())
        return path

    def content(self, name: str, make: Callable[[], bytes]) -> bytes:
        """What the file of that name holds, made now if it isn't there; not kept if it can't be written."""
        with self._locks[name]:
            if kept := self._kept(name):
                return kept
            made = self._spare.held(name) or make()
            try:
                write_atomic(self.folder / name, made)
            except WriteError as error:
                self._spare.keep(name, made, error)
            else:
                self._spare.drop(name)
            return made

    def held(self, name: str) -> bytes | None:
        """The derivative of that name if it is there: a page that is open may want that of an older picture."""
        return self._kept(name) if NAME.fullmatch(name) else None

    def holds(self, name: str) -> bool:
        """Whether held() would find it."""
        with suppress(OSError):  # not there, or a name longer than a file's may be
            return bool(NAME.fullmatch(name)) and (self.folder / name).stat().st_size > 0
        return False

    def _kept(self, name: str) -> bytes | None:
        with suppress(OSError):
            # A machine that lost its power may have left the name and nothing in it.
            return (self.folder / name).read_bytes() or None
        return None

    def missing(self, wanted: Iterable[Derivative]) -> list[Derivative]:
        return [each for each in wanted if not (self.folder / each.name).exists()]

    def stale(self, wanted: Iterable[Derivative]) -> Iterator[Path]:
        """Derivatives of masters that are gone or have changed."""
        names = {each.name for each in wanted}
        return (path for path in sorted(self.folder.glob("*-*-*.*")) if path.name not in names)


@cache
def derivative_cache(media_dir: Path) -> DerivativeCache:
    """The one of this process."""
    return DerivativeCache(media_dir)


def _create(wanted: Derivative) -> bytes:
    made = convert.derivative(wanted.master, wanted.width, wanted.suffix)
    # Else another picture, put in its place a moment ago, would be kept for good under this one's name.
    if digest(wanted.master) != wanted.name.rsplit("-", 2)[1]:
        raise ImageError("is another picture by now")
    return made


class MemoryFallback:
    """Derivatives that couldn't be written, the last ones made, up to SPARE bytes of them."""

    def __init__(self):
        self._contents: dict[str, bytes] = {}
        self._lock = threading.Lock()

    def held(self, name: str) -> bytes | None:
        return self._contents.get(name)

    def drop(self, name: str) -> None:
        with self._lock:
            self._contents.pop(name, None)

    def keep(self, name: str, content: bytes, error: WriteError) -> None:
        if not self._contents:  # told at the first one, not at every picture
            logging.getLogger("tour").warning("%s\nVisitors are shown pictures from memory.", error.problem)
        self.drop(name)
        with self._lock:
            self._contents[name] = content
            while sum(map(len, self._contents.values())) > MAX_FALLBACK_BYTES:
                del self._contents[next(iter(self._contents))]
