"""Opens untrusted images: limits on kind, bytes, pixels and scans, checked before decoding. Uses Pillow."""

import mmap
import re
import stat
import struct
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from PIL import Image, TiffImagePlugin, UnidentifiedImageError

FORMATS = ("PNG", "JPEG", "WEBP", "AVIF", "TIFF")
# Decompression bombs: a file of 12 KB can unfold to gigabytes. A 50-megapixel camera sets the limit, a lower one the
# formats whose decoders hold the pixels more than once: no image takes more than some 400 MB of memory.
PIXEL_LIMIT, REDUCED_PIXEL_LIMIT = 50_000_000, 20_000_000
PIXEL_LIMITS = {"WEBP": REDUCED_PIXEL_LIMIT, "AVIF": REDUCED_PIXEL_LIMIT}
PROGRESSIVE_LIMIT = 30_000_000  # pixels of a JPEG with several scans
MAX_BYTES = 200_000_000  # bytes: the size of a TIFF of 50 megapixels
MAX_SCANS = 64  # a progressive JPEG has about ten; each takes as long as decoding the whole image
MAX_HEIGHT_RATIO, MAX_WIDTH_RATIO = 5, 50  # times the width, times the height: WebP ends at 16,383 pixels
LARGE_IMAGE_PIXELS = 12_000_000  # from here on, one image at a time: a small server has no memory for two
MIN_TILE_PIXELS = 1_000_000  # allowed in a tile of a TIFF, however small the image
START_OF_SCAN, END_OF_IMAGE, START_OF_IMAGE = 0xDA, 0xD9, 0xD8  # JPEG markers
# Within the entropy-coded data of a scan, 0xFF is followed by a zero byte or a restart marker.
MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])", re.DOTALL)
_large_image_lock = threading.Lock()


class ImageError(Exception):
    """The file can't be used as an image; the message continues a sentence that begins with the file's name."""


def configure_pillow() -> None:
    """Pillow's global settings, for this process."""
    Image.MAX_IMAGE_PIXELS = None  # replaced by the limits above: Pillow's own only warns at first
    # Each odd entry of an image's metadata, of which there can be thousands, would write a line to the log.
    warnings.filterwarnings("ignore", module=r"PIL\.")
    # Blocks of this size return to the system at once; of smaller ones, every thread that opened an image keeps some.
    Image.core.set_block_size(64 << 20)  # type: ignore[attr-defined]  # not in Pillow's stubs


configure_pillow()


@contextmanager
def open_safely(path: Path) -> Iterator[Image.Image]:
    """The image with only its header read; whatever goes wrong, also while the caller decodes it, raises ImageError."""
    _check_regular_file(path)
    try:
        with Image.open(path, formats=FORMATS) as image:
            if reason := _unsafe_reason(image, path):
                raise ImageError(reason)
            with _large_image_lock if image.width * image.height > LARGE_IMAGE_PIXELS else nullcontext():
                yield image
    except UnidentifiedImageError as error:
        raise ImageError("is not a picture (PNG, JPEG, WebP, AVIF or TIFF)") from error
    except (OSError, SyntaxError, ValueError, EOFError, RuntimeError, struct.error) as error:
        raise ImageError("is cut short or damaged") from error


def aspect_ratio_error(width: int, height: int, max_height_ratio: int = MAX_HEIGHT_RATIO) -> str:
    """The message for an image so narrow that its copies would be less than a pixel wide or high, else empty."""
    if height > width * max_height_ratio or width > height * MAX_WIDTH_RATIO:
        return f"is {width} by {height} pixels, too narrow a strip to be shown"
    return ""


def _check_regular_file(path: Path) -> None:
    """Refuses what isn't a file of its folder: reading a pipe never ends, a link may lead to private files."""
    try:
        status = path.stat()
        is_inside = path.resolve().is_relative_to(path.parent.resolve())
    except FileNotFoundError:
        raise ImageError("is missing") from None
    except (OSError, RuntimeError) as error:
        raise ImageError("can't be opened") from error
    if not is_inside:
        raise ImageError("is a link that leads out of its folder")
    if not stat.S_ISREG(status.st_mode):
        raise ImageError("is a folder" if stat.S_ISDIR(status.st_mode) else "is a pipe or a device, not a file")
    if not status.st_size:
        raise ImageError("is empty")
    if status.st_size > MAX_BYTES:
        megabytes = f"{status.st_size // 1_000_000:,} MB"
        raise ImageError(f"has {megabytes}, more than the {MAX_BYTES // 1_000_000} that are safe to open")


def _unsafe_reason(image: Image.Image, path: Path) -> str:
    """Why decoding would be unsafe, by the header alone; empty if it is safe."""
    scans = _count_scans(path) if image.format in ("JPEG", "MPO") else 1
    pixels = image.width * image.height
    limit = PROGRESSIVE_LIMIT if scans > 1 else PIXEL_LIMITS.get(image.format or "", PIXEL_LIMIT)
    if pixels > limit:
        return f"has {pixels / 1_000_000:.0f} megapixels, more than the {limit // 1_000_000} that are safe to open"
    if scans > MAX_SCANS:
        return f"has {scans:,} scans; at most {MAX_SCANS} are allowed"
    if isinstance(image, TiffImagePlugin.TiffImageFile) and not _has_safe_tiles(image):
        return "is cut into tiles far larger than itself"
    if image.mode in ("I", "F"):  # how dark its darkest value is, nobody knows
        return "has 32 bits of grey a pixel, which no browser shows: save it with 8 or 16"
    # The EXIF orientation, for which Pillow decodes a PNG, may yet swap the sides.
    return aspect_ratio_error(*image.size, max_height_ratio=MAX_WIDTH_RATIO)


def _has_safe_tiles(image: TiffImagePlugin.TiffImageFile) -> bool:
    """Whether its tiles, each of which is decoded whole, are no larger than they need be."""
    width, height = (image.tag_v2.get(side, 0) for side in (TiffImagePlugin.TILEWIDTH, TiffImagePlugin.TILELENGTH))
    is_number = isinstance(width, int) and isinstance(height, int)
    return is_number and width * height <= max(image.width * image.height, MIN_TILE_PIXELS)


def _count_scans(path: Path) -> int:
    """How many scans a JPEG has."""
    count, offset = 0, 0
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        while (marker := MARKER.search(content, offset)) and marker[1][0] != END_OF_IMAGE:
            kind, offset = marker[1][0], marker.end()
            count += kind == START_OF_SCAN
            if kind != START_OF_IMAGE:
                offset += int.from_bytes(content[offset : offset + 2], "big")
    return count
