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
        """Whether there is such a file, complete or not."""
        with suppress(OSError):  # missing, or the name is too long for a file
            return bool(NAME.fullmatch(name)) and (self.folder / name).stat().st_size > 0
        return False

    def get_or_create_file(self, image: Derivative | Card) -> Path:
        """The image's file; raises ImageError and WriteError."""
        path = self._path(image)
        with self._lock(path):
            if _read(path) is None:
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
        return [image for image in images if _read(self._path(image)) is None]

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
    """The image in that file; None if there is none, or a part that a crash or a full disk has left."""
    with suppress(OSError):
        content = path.read_bytes()
        return content if is_complete(content) else None
    return None


def is_complete(image: bytes) -> bool:
    """Whether the file of a JPEG, WebP or AVIF ends where its format says."""
    if image.startswith(b"\xff\xd8"):
        return image.endswith(b"\xff\xd9")
    if image.startswith(b"RIFF"):
        return len(image) == int.from_bytes(image[4:8], "little") + 8
    # AVIF is a sequence of boxes, each of which begins with its size (ISO/IEC 14496-12, section 4.2).
    end, size = 0, 8
    while end < len(image) and size >= 8:
        size = int.from_bytes(image[end : end + 4])
        end += size
    return 0 < end == len(image)


class MemoryFallback:
    """The last images that couldn't be written, up to MAX_FALLBACK_BYTES of them."""

    def __init__(self) -> None:
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
