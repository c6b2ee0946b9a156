"""Which derivatives a master needs, what they are called, and which are yet to be made."""

import hashlib
import re
import shutil
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

from tour.model import Exhibition
from tour.pictures import images

WIDTHS = (480, 960, 1600)  # pixels: a phone, a phone of three pixels to the point or half a desk, a whole desk
CLOSE = 3200  # pixels: added for a master so large that it was made to be looked at closely
SUFFIXES = ("avif", "webp", "jpg")  # best first; the last one is for every browser
FOLDER = "derivatives"
# Part of every name: change it when the way of making derivatives changes, and all are made afresh.
RECIPE = "1"
_HASH_LENGTH = 12
NAME = re.compile(rf"[a-z0-9-]*-[0-9a-f]{{{_HASH_LENGTH}}}-\d+\.({'|'.join(SUFFIXES)})")
_sound: dict[Path, "Master"] = {}  # every master as it was when last it was sound


@dataclass(frozen=True)
class Derivative:
    """A resized copy of a master; `width` in pixels, `name` its file name and the end of its address."""

    master: Path
    width: int
    suffix: str
    name: str


@dataclass(frozen=True)
class Master:
    """A picture as received, with its size in pixels as shown, and its derivatives."""

    path: Path
    width: int
    height: int
    derivatives: tuple[Derivative, ...]

    def of_kind(self, suffix: str) -> tuple[Derivative, ...]:
        return tuple(each for each in self.derivatives if each.suffix == suffix)


def derivative_widths(master_width: int) -> tuple[int, ...]:
    """Widths in pixels, none larger than the master."""
    widths = (*WIDTHS, CLOSE) if master_width >= CLOSE else WIDTHS
    return tuple(dict.fromkeys(min(width, master_width) for width in widths))


def master(path: Path) -> Master:
    """The master with all that should be made of it; raises images.ImageFault.

    One that is spoilt or gone stays, to visitors, what it was when it was last sound: its derivatives are there.
    """
    try:
        return verified(path)
    except images.ImageFault:
        if path not in _sound:
            raise
        return _sound[path]


def verified(path: Path) -> Master:
    """The master as it is now, once all of it has been decoded without a fault; raises images.ImageFault."""
    try:
        stamp = path.stat()
    except OSError:
        raise images.ImageFault("is missing") from None
    found = _looked_at(path, stamp.st_ctime_ns, stamp.st_mtime_ns, stamp.st_size)
    if isinstance(found, str):
        raise images.ImageFault(found)
    _sound[path] = found
    return found


def needed(exhibition: Exhibition, media_dir: Path) -> list[Derivative]:
    """Every derivative of every picture on view."""
    names = dict.fromkeys(picture.image for stop in exhibition.stops for picture in stop.pictures())
    return [each for name in names for each in master(media_dir / name).derivatives]


@lru_cache(maxsize=4096)
def _looked_at(path: Path, *stamp: int) -> Master | str:
    """The master, or its fault, which is kept too: else a damaged picture would be decoded for every visitor."""
    try:
        return _master(path)
    except images.ImageFault as fault:
        return str(fault)


def _master(path: Path) -> Master:
    width, height = images.verify(path)
    digest = _digest(path)
    stem = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")
    made = [
        Derivative(path, w, suffix, f"{stem}-{digest}-{w}.{suffix}")
        for suffix in SUFFIXES
        for w in derivative_widths(width)
    ]
    return Master(path, width, height, tuple(made))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.sha256(RECIPE.encode())).hexdigest()[:_HASH_LENGTH]


class Shelf:
    """The folder of derivatives: makes what is missing, each once, whoever asks first."""

    def __init__(self, media_dir: Path):
        self.folder = media_dir / FOLDER
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def path(self, wanted: Derivative) -> Path:
        """The derivative's file, made now if it isn't there; raises images.ImageFault."""
        path = self.folder / wanted.name
        if not path.exists():
            with self._locks[wanted.name]:
                if not path.exists():
                    self._make(wanted, path)
        return path

    def _make(self, wanted: Derivative, path: Path) -> None:
        made = images.derivative(wanted.master, wanted.width, wanted.suffix)
        # Else another picture, put in its place a moment ago, would be kept for good under this one's name.
        if _digest(wanted.master) != wanted.name.rsplit("-", 2)[1]:
            raise images.ImageFault("is another picture by now")
        write(path, made)

    def held(self, name: str) -> Path | None:
        """The derivative of that name if it is there: a page that is open may want that of an older picture."""
        path = self.folder / name
        return path if NAME.fullmatch(name) and path.is_file() else None

    def missing(self, wanted: Iterable[Derivative]) -> list[Derivative]:
        return [each for each in wanted if not (self.folder / each.name).exists()]

    def stale(self, wanted: Iterable[Derivative]) -> Iterator[Path]:
        """Derivatives of masters that are gone or have changed."""
        names = {each.name for each in wanted}
        return (path for path in sorted(self.folder.glob("*-*-*.*")) if path.name not in names)


def write(path: Path, content: bytes) -> None:
    """Under a name of its own first, so that nobody is ever sent half a picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        unfinished.write_bytes(content)
        if path.exists():
            shutil.copymode(path, unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
