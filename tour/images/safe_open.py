"""A master opened, if its file and its head say that it is safe to decode. Knows Pillow."""

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
# A picture of 12 KB can unfold to gigabytes. As many pixels as a 50-megapixel camera's is where we stop, and with fewer
# in kinds that their decoders hold more than once: none takes more than some 400 MB.
PIXEL_LIMIT, REDUCED_PIXEL_LIMIT = 50_000_000, 20_000_000
PROGRESSIVE_LIMIT = 30_000_000  # a JPEG that is painted over and over, as progressive ones are
PIXEL_LIMITS = {"WEBP": REDUCED_PIXEL_LIMIT, "AVIF": REDUCED_PIXEL_LIMIT}
MAX_BYTES = 200_000_000  # bytes: what 50 megapixels weigh in a TIFF
MAX_SCANS = 64  # a progressive JPEG has about ten; each takes as long as the whole picture
MAX_HEIGHT_RATIO, MAX_WIDTH_RATIO = 5, 50  # times the width, times the height: WebP ends at 16,383 pixels
LARGE_IMAGE_PIXELS = 12_000_000  # pixels: from here on one picture at a time, for a small server has no room for two
MIN_TILE_PIXELS = 1_000_000  # pixels that a tile of a TIFF may have, however small the picture
START_OF_SCAN, END_OF_IMAGE, START_OF_IMAGE = 0xDA, 0xD9, 0xD8
# Within what a scan has painted, a 255 is followed by a 0, or by the mark to start afresh.
MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])", re.DOTALL)
Image.MAX_IMAGE_PIXELS = None  # Pillow's own limit, a warning first, gives way to ours
# It would write a line to the log for each odd entry of a picture's metadata, of which there can be thousands.
warnings.filterwarnings("ignore", module=r"PIL\.")
# Memory in pieces so large goes back at once; of smaller ones every thread that has opened a picture keeps a share.
Image.core.set_block_size(64 << 20)
_large_image_lock = threading.Lock()


class ImageError(Exception):
    """The file can't be used as a picture; the message reads on from its name."""


@contextmanager
def open_safely(master: Path) -> Iterator[Image.Image]:
    """The picture, of which only the head has been read; whatever goes wrong with it raises ImageError."""
    _check_regular_file(master)
    try:
        with Image.open(master, formats=FORMATS) as image:
            if fault := _unsafe_reason(image, master):
                raise ImageError(fault)
            with _large_image_lock if image.width * image.height > LARGE_IMAGE_PIXELS else nullcontext():
                yield image
    except UnidentifiedImageError as error:
        raise ImageError("is not a picture (PNG, JPEG, WebP, AVIF or TIFF)") from error
    except (OSError, SyntaxError, ValueError, EOFError, RuntimeError, struct.error) as error:
        raise ImageError("is cut short or damaged") from error


def aspect_ratio_error(width: int, height: int, most_upright: int = MAX_HEIGHT_RATIO) -> str:
    """What is wrong with a picture so narrow that it has no copies a pixel wide and high."""
    if height > width * most_upright or width > height * MAX_WIDTH_RATIO:
        return f"is {width} by {height} pixels, too narrow a strip to be shown"
    return ""


def _check_regular_file(master: Path) -> None:
    """Whatever isn't a file of its folder: a pipe would never end, a link may lead to what isn't ours to show."""
    try:
        found = master.stat()
        is_inside = master.resolve().is_relative_to(master.parent.resolve())
    except FileNotFoundError:
        raise ImageError("is missing") from None
    except (OSError, RuntimeError) as error:
        raise ImageError("can't be opened") from error
    if not is_inside:
        raise ImageError("is a link that leads out of its folder")
    if not stat.S_ISREG(found.st_mode):
        raise ImageError("is a folder" if stat.S_ISDIR(found.st_mode) else "is a pipe or a device, not a file")
    if not found.st_size:
        raise ImageError("is empty")
    if found.st_size > MAX_BYTES:
        megabytes = f"{found.st_size // 1_000_000:,} MB"
        raise ImageError(f"has {megabytes}, more than the {MAX_BYTES // 1_000_000} that are safe to open")


def _unsafe_reason(image: Image.Image, master: Path) -> str:
    """What makes it unsafe to decode, by its head alone; nothing if it is safe."""
    pixels, limit = image.width * image.height, PIXEL_LIMITS.get(image.format, PIXEL_LIMIT)
    turns = _count_scans(master) if image.format in ("JPEG", "MPO") else 1
    if turns > 1:
        limit = PROGRESSIVE_LIMIT
    if pixels > limit:
        return f"has {pixels / 1_000_000:.0f} megapixels, more than the {limit // 1_000_000} that are safe to open"
    if turns > MAX_SCANS:
        return f"is painted over {turns:,} times, more than the {MAX_SCANS} that anybody would wait for"
    if isinstance(image, TiffImagePlugin.TiffImageFile) and not _has_fit_tiles(image):
        return "is cut into tiles far larger than itself"
    # It may yet be turned: what is too narrow upright may do across.
    return aspect_ratio_error(*image.size, most_upright=MAX_WIDTH_RATIO)


def _has_fit_tiles(image: TiffImagePlugin.TiffImageFile) -> bool:
    """Whether its tiles, which are decoded one by one and whole, are no larger than need be."""
    width, height = (image.tag_v2.get(side, 0) for side in (TiffImagePlugin.TILEWIDTH, TiffImagePlugin.TILELENGTH))
    if not (isinstance(width, int) and isinstance(height, int)):
        return False
    return width * height <= max(image.width * image.height, MIN_TILE_PIXELS)


def _count_scans(master: Path) -> int:
    """How many times a JPEG paints over the picture."""
    count, at = 0, 0
    with master.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        while found := MARKER.search(content, at):
            kind, at = found[1][0], found.end()
            if kind == END_OF_IMAGE:
                break
            count += kind == START_OF_SCAN
            if kind != START_OF_IMAGE:
                at += int.from_bytes(content[at : at + 2], "big")
    return count
