"""Which derivatives a master image needs, how they are named and created."""

import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from tour.images import convert
from tour.images.safe_open import ImageError
from tour.model import Exhibition

WIDTHS = (480, 960, 1600)  # pixels: a phone; a phone with three pixels to the point, or half a desktop; a desktop
DETAIL_WIDTH = 3200  # pixels: added for a master so large that it is meant for a close view
DERIVATIVE_SUFFIXES = ("avif", "webp", "jpg")  # best first; every browser knows the last
FOLDER = "derivatives"
CACHE_VERSION = "1"  # part of every name: change it with the way of creating derivatives, and all are created anew
DIGEST_LENGTH = 12  # hexadecimal digits
NAME = re.compile(rf"[a-z0-9-]*-[0-9a-f]{{{DIGEST_LENGTH}}}-\d+\.({'|'.join(DERIVATIVE_SUFFIXES)})")
_last_valid: dict[Path, "Master"] = {}


@dataclass(frozen=True)
class Derivative:
    """A resized copy of a master; `width` in pixels, `name` its file name and the end of its URL."""

    master: Path
    width: int
    suffix: str
    name: str
    folder: ClassVar[str] = ""  # in that of the cache

    def create(self) -> bytes:
        """The content; raises ImageError."""
        content = convert.derivative(self.master, self.width, self.suffix)
        # A master replaced a moment ago would be cached for good under the old one's name.
        if _digest(self.master) != self.name.rsplit("-", 2)[1]:
            raise ImageError("is another picture by now")
        return content


@dataclass(frozen=True)
class Master:
    """An image as received, with its size in pixels as shown, and its derivatives."""

    path: Path
    width: int
    height: int
    derivatives: tuple[Derivative, ...]

    def of_kind(self, suffix: str) -> tuple[Derivative, ...]:
        return tuple(derivative for derivative in self.derivatives if derivative.suffix == suffix)


def derivative_widths(master_width: int) -> tuple[int, ...]:
    """Widths in pixels, none larger than the master."""
    widths = (*WIDTHS, DETAIL_WIDTH) if master_width >= DETAIL_WIDTH else WIDTHS
    return tuple(dict.fromkeys(min(width, master_width) for width in widths))


def master(path: Path) -> Master:
    """The master as it is, or, if it is damaged or missing now, as it was when last valid; raises ImageError."""
    with suppress(ImageError):
        return inspect(path)
    return _last_valid.get(path) or inspect(path)


def inspect(path: Path) -> Master:
    """The master as it is, decoded once in full; raises ImageError."""
    try:
        status = path.stat()
    except OSError:
        raise ImageError("is missing") from None
    # ctime changes even where a copy keeps the old mtime, as `cp -p` does.
    result = _inspect_cached(path, status.st_mtime_ns, status.st_ctime_ns, status.st_size)
    if isinstance(result, str):
        raise ImageError(result)
    _last_valid[path] = result
    return result


def needed(exhibition: Exhibition, media_dir: Path) -> list[Derivative]:
    """Every derivative of every image on view; raises ImageError."""
    names = dict.fromkeys(picture.image for stop in exhibition.stops for picture in stop.pictures())
    return [derivative for name in names for derivative in master(media_dir / name).derivatives]


@lru_cache(maxsize=4096)
def _inspect_cached(path: Path, *fingerprint: int) -> Master | str:
    """The master, or its error message, cached too: a damaged image isn't decoded anew for every visitor."""
    try:
        (width, height), digest = convert.verify(path), _digest(path)
    except ImageError as error:
        return str(error)
    stem = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")
    kinds = [(w, suffix) for suffix in DERIVATIVE_SUFFIXES for w in derivative_widths(width)]
    derivatives = (Derivative(path, w, suffix, f"{stem}-{digest}-{w}.{suffix}") for w, suffix in kinds)
    return Master(path, width, height, tuple(derivatives))


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, lambda: hashlib.sha256(CACHE_VERSION.encode())).hexdigest()[:DIGEST_LENGTH]
    except OSError:
        raise ImageError("is missing") from None
