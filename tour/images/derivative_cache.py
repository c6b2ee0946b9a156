"""The folder of derivatives and social cards: what is in it, what is missing, what is stale."""

import logging
import threading
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from tour.atomic_write import WriteError, write_atomic
from tour.images.derivatives import FOLDER, NAME, Derivative
from tour.images.social_cards import Card

MAX_FALLBACK_BYTES = 32_000_000  # about as many as the derivatives of a tour of 23 stops have
LOCK_COUNT = 64
logger = logging.getLogger(__name__)


class DerivativeCache:
    """Creates each image once, on first request; while the folder can't be written, serves the last from memory."""

    def __init__(self, media_dir: Path):
        self.folder = media_dir / FOLDER
        self._locks = tuple(threading.Lock() for _ in range(LOCK_COUNT))
        self._fallback = MemoryFallback()

    def get(self, name: str) -> bytes | None:
        """A derivative if it is cached, also one of an older master, which a page that is open may ask for."""
        return _read(self.folder / name) if NAME.fullmatch(name) else None

    def __contains__(self, name: str) -> bool:
        """Whether get() would return it."""
        with suppress(OSError):  # missing, or the name is too long for a file
            return bool(NAME.fullmatch(name)) and (self.folder / name).stat().st_size > 0
        return False

    def get_or_create_file(self, image: Derivative | Card) -> Path:
        """The image's file; raises ImageError and WriteError."""
        path = self._path(image)
        with self._lock(path):
            if not path.exists():
                write_atomic(path, image.create())
        return path

    def get_or_create_bytes(self, image: Derivative | Card) -> bytes:
        """The image's content, also while it can't be written; raises ImageError."""
        path = self._path(image)
        with self._lock(path):
            if content := _read(path):
                return content
            content = self._fallback.get(path) or image.create()
            try:
                write_atomic(path, content)
            except WriteError as error:
                self._fallback.add(path, content, error)
            else:
                self._fallback.remove(path)
            return content

    def missing(self, images: Iterable[Derivative | Card]) -> list[Derivative | Card]:
        return [image for image in images if not self._path(image).exists()]

    def stale(self, images: Iterable[Derivative | Card]) -> list[Path]:
        """Files of other images than these, and unfinished ones; `images` are all that any language needs."""
        needed = {self._path(image) for image in images}
        return [path for path in sorted(self.folder.rglob("*-*-*.*")) if path not in needed]

    def _path(self, image: Derivative | Card) -> Path:
        return self.folder / image.folder / image.name

    def _lock(self, path: Path) -> threading.Lock:
        return self._locks[hash(path) % LOCK_COUNT]


derivative_cache = cache(DerivativeCache)  # one for each folder in a process, for its locks and its fallback


def _read(path: Path) -> bytes | None:
    with suppress(OSError):
        return path.read_bytes() or None  # a power failure may have left the name without the content
    return None


class MemoryFallback:
    """The last images that couldn't be written, up to MAX_FALLBACK_BYTES of them."""

    def __init__(self):
        self._contents: dict[Path, bytes] = {}
        self._lock = threading.Lock()

    def get(self, path: Path) -> bytes | None:
        return self._contents.get(path)

    def remove(self, path: Path) -> None:
        with self._lock:
            self._contents.pop(path, None)

    def add(self, path: Path, content: bytes, error: WriteError) -> None:
        if not self._contents:  # logged at the first image, not at every one
            logger.warning("%s\nVisitors are shown pictures from memory.", error.problem)
        with self._lock:
            self._contents.pop(path, None)
            self._contents[path] = content
            while sum(map(len, self._contents.values())) > MAX_FALLBACK_BYTES:
                del self._contents[next(iter(self._contents))]
