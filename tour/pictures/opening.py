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
PIXEL_LIMIT, LESS = 50_000_000, 20_000_000
IN_TURNS = 30_000_000  # a JPEG that is painted over and over, as progressive ones are
PIXEL_LIMITS = {"WEBP": LESS, "AVIF": LESS}
HEAVIEST = 200_000_000  # bytes: what 50 megapixels weigh in a TIFF
MOST_TURNS = 64  # a progressive JPEG has about ten; each takes as long as the whole picture
MOST_UPRIGHT, MOST_ACROSS = 5, 50  # times the width, times the height: WebP ends at 16,383 pixels
LARGE = 12_000_000  # pixels: from here on one picture at a time, for a small server has no room for two
LEAST_TILE = 1_000_000  # pixels that a tile of a TIFF may have, however small the picture
START_OF_SCAN, END_OF_IMAGE, START_OF_IMAGE = 0xDA, 0xD9, 0xD8
# Within what a scan has painted, a 255 is followed by a 0, or by the mark to start afresh.
MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])", re.DOTALL)
Image.MAX_IMAGE_PIXELS = None  # Pillow's own limit, a warning first, gives way to ours
# It would write a line to the log for each odd entry of a picture's metadata, of which there can be thousands.
warnings.filterwarnings("ignore", module=r"PIL\.")
# Memory in pieces so large goes back at once; of smaller ones every thread that has opened a picture keeps a share.
Image.core.set_block_size(64 << 20)
_alone = threading.Lock()


class ImageFault(Exception):
    """The file can't be used as a picture; the message reads on from its name."""


@contextmanager
def opened(master: Path) -> Iterator[Image.Image]:
    """The picture, of which only the head has been read; whatever goes wrong with it raises ImageFault."""
    _refuse_odd_file(master)
    try:
        with Image.open(master, formats=FORMATS) as image:
            if fault := _unsafe(image, master):
                raise ImageFault(fault)
            with _alone if image.width * image.height > LARGE else nullcontext():
                yield image
    except UnidentifiedImageError as error:
        raise ImageFault("is not a picture (PNG, JPEG, WebP, AVIF or TIFF)") from error
    except (OSError, SyntaxError, ValueError, EOFError, RuntimeError, struct.error) as error:
        raise ImageFault("is cut short or damaged") from error


def strip_fault(width: int, height: int, most_upright: int = MOST_UPRIGHT) -> str:
    """What is wrong with a picture so narrow that it has no copies a pixel wide and high."""
    if height > width * most_upright or width > height * MOST_ACROSS:
        return f"is {width} by {height} pixels, too narrow a strip to be shown"
    return ""


def _refuse_odd_file(master: Path) -> None:
    """Whatever isn't a file of its folder: a pipe would never end, a link may lead to what isn't ours to show."""
    try:
        found = master.stat()
        is_inside = master.resolve().is_relative_to(master.parent.resolve())
    except FileNotFoundError:
        raise ImageFault("is missing") from None
    except (OSError, RuntimeError) as error:
        raise ImageFault("can't be opened") from error
    if not is_inside:
        raise ImageFault("is a link that leads out of its folder")
    if not stat.S_ISREG(found.st_mode):
        raise ImageFault("is a folder" if stat.S_ISDIR(found.st_mode) else "is a pipe or a device, not a file")
    if not found.st_size:
        raise ImageFault("is empty")
    if found.st_size > HEAVIEST:
        megabytes = f"{found.st_size // 1_000_000:,} MB"
        raise ImageFault(f"has {megabytes}, more than the {HEAVIEST // 1_000_000} that are safe to open")


def _unsafe(image: Image.Image, master: Path) -> str:
    """What makes it unsafe to decode, by its head alone; nothing if it is safe."""
    pixels, limit = image.width * image.height, PIXEL_LIMITS.get(image.format, PIXEL_LIMIT)
    turns = _turns(master) if image.format in ("JPEG", "MPO") else 1
    if turns > 1:
        limit = IN_TURNS
    if pixels > limit:
        return f"has {pixels / 1_000_000:.0f} megapixels, more than the {limit // 1_000_000} that are safe to open"
    if turns > MOST_TURNS:
        return f"is painted over {turns:,} times, more than the {MOST_TURNS} that anybody would wait for"
    if isinstance(image, TiffImagePlugin.TiffImageFile) and not _has_fit_tiles(image):
        return "is cut into tiles far larger than itself"
    # It may yet be turned: what is too narrow upright may do across.
    return strip_fault(*image.size, most_upright=MOST_ACROSS)


def _has_fit_tiles(image: TiffImagePlugin.TiffImageFile) -> bool:
    """Whether its tiles, which are decoded one by one and whole, are no larger than need be."""
    width, height = (image.tag_v2.get(side, 0) for side in (TiffImagePlugin.TILEWIDTH, TiffImagePlugin.TILELENGTH))
    if not (isinstance(width, int) and isinstance(height, int)):
        return False
    return width * height <= max(image.width * image.height, LEAST_TILE)


def _turns(master: Path) -> int:
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
