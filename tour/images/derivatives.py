"""Which derivatives a master needs, and what they are called."""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tour.images import convert
from tour.images.safe_open import ImageError
from tour.model import Exhibition

WIDTHS = (480, 960, 1600)  # pixels: a phone, a phone of three pixels to the point or half a desk, a whole desk
CLOSE = 3200  # pixels: added for a master so large that it was made to be looked at closely
SUFFIXES = ("avif", "webp", "jpg")  # best first; the last one is for every browser
FOLDER = "derivatives"
# Part of every name: change it when the way of making derivatives changes, and all are made afresh.
CACHE_VERSION = "1"
_HASH_LENGTH = 12
NAME = re.compile(rf"[a-z0-9-]*-[0-9a-f]{{{_HASH_LENGTH}}}-\d+\.({'|'.join(SUFFIXES)})")
_last_valid: dict[Path, "Master"] = {}  # every master as it was when last it was sound


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
    """The master with all that should be made of it; raises ImageError.

    One that is spoilt or gone stays, to visitors, what it was when it was last sound: its derivatives are there.
    """
    try:
        return inspect(path)
    except ImageError:
        if path not in _last_valid:
            raise
        return _last_valid[path]


def inspect(path: Path) -> Master:
    """The master as it is now, once all of it has been decoded without a fault; raises ImageError."""
    try:
        stamp = path.stat()
    except OSError:
        raise ImageError("is missing") from None
    # A picture that keeps its time of change, as `cp -p` does, has another of its status.
    found = _inspect_cached(path, stamp.st_mtime_ns, stamp.st_ctime_ns, stamp.st_size)
    if isinstance(found, str):
        raise ImageError(found)
    _last_valid[path] = found
    return found


def needed(exhibition: Exhibition, media_dir: Path) -> list[Derivative]:
    """Every derivative of every picture on view."""
    names = dict.fromkeys(picture.image for stop in exhibition.stops for picture in stop.pictures())
    return [each for name in names for each in master(media_dir / name).derivatives]


@lru_cache(maxsize=4096)
def _inspect_cached(path: Path, *stamp: int) -> Master | str:
    """The master, or its fault, which is kept too: else a damaged picture would be decoded for every visitor."""
    try:
        return _master(path)
    except ImageError as fault:
        return str(fault)


def _master(path: Path) -> Master:
    width, height = convert.verify(path)
    picture = digest(path)
    stem = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")
    made = [
        Derivative(path, w, suffix, f"{stem}-{picture}-{w}.{suffix}")
        for suffix in SUFFIXES
        for w in derivative_widths(width)
    ]
    return Master(path, width, height, tuple(made))


def digest(path: Path) -> str:
    """That of the picture, as it stands in the names of its derivatives; raises ImageError."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, lambda: hashlib.sha256(CACHE_VERSION.encode())).hexdigest()[:_HASH_LENGTH]
    except OSError:
        raise ImageError("is missing") from None
