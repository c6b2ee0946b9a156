"""Hostile, damaged and unusual image files: the error message for each, or that its derivatives are safe."""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from tests.crafted_images import (
    MEGABYTE,
    animated,
    chunk,
    compressed_zeros,
    encoded,
    png,
    sideways_tiff,
    tiff,
    tiff_with_large_tile,
    wide_webp,
    with_false_size,
    with_repeated_scans,
)

PAYLOAD = b"<?php evil(); ?><script>alert(1)</script>"  # must not be in any response
NO_PICTURE = "is not a picture (PNG, JPEG, WebP, AVIF or TIFF)"
DAMAGED = "is cut short or damaged"


@dataclass(frozen=True)
class Attack:
    """How the file is written in an image's place, and the error message; empty if its derivatives are safe."""

    write: Callable[[Path], object]
    message: str = ""


def exif(description: str = PAYLOAD.decode()) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = description
    exif.get_ifd(0x8825)[2] = (52.0, 24.0, 25.0)
    return exif


def text_chunks() -> PngInfo:
    chunks = PngInfo()
    chunks.add_text("Comment", PAYLOAD.decode())
    chunks.add_itxt("XML:com.adobe.xmp", PAYLOAD.decode() + " " * MEGABYTE)
    return chunks


def icc_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def content_of(create: Callable[..., bytes], *values: object, **options: object) -> Callable[[Path], object]:
    """Writes what `create` returns for these values."""
    return lambda path: path.write_bytes(create(*values, **options))


def sparse(size: int) -> Callable[[Path], object]:
    """A valid image followed by a hole, which takes no space on the disk."""

    def write(path: Path) -> None:
        path.write_bytes(encoded("PNG"))
        os.truncate(path, size)

    return write


def pipe(path: Path) -> None:
    """A named pipe; a writer keeps a reader from blocking, so that a failing test doesn't hang."""
    os.mkfifo(path)
    threading.Thread(target=path.write_bytes, args=(b"",), daemon=True).start()


def _link_out(path: Path) -> None:
    target = path.parent.parent / "elsewhere.png"
    target.write_bytes(encoded("PNG"))
    path.symlink_to(target)


def pixels_message(megapixels: int, limit: int = 50) -> str:
    return f"has {megapixels} megapixels, more than the {limit} that are safe to open"


def strip_message(width: int, height: int) -> str:
    return f"is {width} by {height} pixels, too narrow a strip to be shown"


BOMBS = {
    "100 megapixels in 12 KB": Attack(
        content_of(lambda: png(10_000, 10_000, kind=0, depth=1, rows=compressed_zeros(12_510_000))), pixels_message(100)
    ),
    "400 megapixels": Attack(content_of(png, 20_000, 20_000), pixels_message(400)),
    "WebP": Attack(content_of(wide_webp), pixels_message(268, 20)),
    "AVIF": Attack(content_of(with_false_size, "AVIF", b"ispe\0\0\0\0", ">II", 5000), pixels_message(25, 20)),
    "TIFF": Attack(content_of(tiff, side=20_000), pixels_message(400)),
    "GIF": Attack(content_of(with_false_size, "GIF", b"GIF87a", "<HH", 65_535), NO_PICTURE),
    "a tile far larger than its TIFF": Attack(
        content_of(tiff_with_large_tile, 30_000), "is cut into tiles far larger than itself"
    ),
    "a JPEG in 5,000 turns": Attack(
        content_of(with_repeated_scans, (700, 700), 5000),
        "has 5,010 scans; at most 64 are allowed",
    ),
    "a large JPEG in turns": Attack(
        content_of(with_false_size, "JPEG", b"\xff\xc2\0\x11\x08", ">HH", 5600, progressive=True),
        pixels_message(31, 30),
    ),
    "zTXt": Attack(
        content_of(lambda: png(30, 20, chunks=chunk(b"zTXt", b"a\0\0" + compressed_zeros(500 * MEGABYTE)))), DAMAGED
    ),
    "iTXt": Attack(
        content_of(lambda: png(30, 20, chunks=chunk(b"iTXt", b"a\0\1\0\0\0" + compressed_zeros(500 * MEGABYTE)))),
        DAMAGED,
    ),
    "iCCP": Attack(
        content_of(lambda: png(30, 20, chunks=chunk(b"iCCP", b"a\0\0" + compressed_zeros(500 * MEGABYTE)))), DAMAGED
    ),
    "many zTXt": Attack(
        content_of(lambda: png(30, 20, chunks=chunk(b"zTXt", b"a\0\0" + compressed_zeros(999_999)) * 200)), DAMAGED
    ),
    "a strip of 49 million lines": Attack(content_of(png, 1, 49_000_000), strip_message(1, 49_000_000)),
    "heavy": Attack(sparse(3_000_000_000), "has 3,000 MB, more than the 200 that are safe to open"),
}
ODD = {
    "no bytes": Attack(Path.touch, "is empty"),
    "a JPEG cut short": Attack(content_of(lambda: encoded("JPEG", size=(900, 600))[:2000]), DAMAGED),
    "a PNG cut short": Attack(content_of(lambda: encoded("PNG", size=(900, 600))[:-60]), DAMAGED),
    "an AVIF with a hole": Attack(content_of(lambda: encoded("AVIF")[:-40] + bytes(40)), DAMAGED),
    "a head alone": Attack(content_of(lambda: encoded("WEBP")[:20]), DAMAGED),
    "SVG": Attack(content_of(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".strip), NO_PICTURE),
    "HTML": Attack(content_of((b"<!doctype html>" + PAYLOAD).strip), NO_PICTURE),
    "a GIF that is a script": Attack(content_of(lambda: encoded("GIF") + b"=1;alert(1)"), NO_PICTURE),
    "PostScript": Attack(content_of(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n".strip), NO_PICTURE),
    "a strip": Attack(content_of(encoded, "PNG", size=(1, 60_000)), strip_message(1, 60_000)),
    "a strip across": Attack(content_of(encoded, "PNG", size=(60_000, 1)), strip_message(60_000, 1)),
    "a folder": Attack(Path.mkdir, "is a folder"),
    "a pipe": Attack(pipe, "is a pipe or a device, not a file"),
    "a link that leads out": Attack(_link_out, "lies outside the folder of pictures"),
    "a link to itself": Attack(lambda path: path.symlink_to(path.name), "can't be opened"),
    "a device without end": Attack(lambda path: path.symlink_to("/dev/zero"), "lies outside the folder of pictures"),
}
SAFE = {
    "a ZIP behind a JPEG": Attack(content_of(lambda: encoded("JPEG") + b"PK\3\4" + PAYLOAD)),
    "HTML behind a PNG": Attack(content_of(lambda: encoded("PNG") + b"<html>" + PAYLOAD)),
    "PHP in a comment": Attack(content_of(lambda: encoded("JPEG", comment=PAYLOAD, exif=exif()))),
    "words and XMP of a megabyte": Attack(content_of(lambda: encoded("PNG", pnginfo=text_chunks(), exif=exif()))),
    "EXIF of a megabyte": Attack(content_of(lambda: encoded("WEBP", exif=exif(PAYLOAD.decode() + "x" * MEGABYTE)))),
    "EXIF whose thousand entries lie": Attack(
        content_of(
            lambda: encoded("PNG", exif=b"Exif\0\0" + tiff(*((40_000 + each, 1, 90_000, 8) for each in range(1000))))
        )
    ),
    "a profile of ten megabytes": Attack(
        content_of(lambda: encoded("JPEG", icc_profile=icc_profile() + bytes(10_000_000)))
    ),
    "where an AVIF was taken": Attack(content_of(lambda: encoded("AVIF", exif=exif(), xmp=PAYLOAD))),
    "where a TIFF was taken": Attack(content_of(lambda: encoded("TIFF", exif=exif()))),
    "a JPEG by another name": Attack(content_of(encoded, "JPEG")),
    "deep colours": Attack(content_of(lambda: png(30, 20, depth=16, rows=compressed_zeros(20 * 181)))),
    "deep grey": Attack(content_of(encoded, "PNG", "I;16")),
    "a hint of transparency": Attack(content_of(encoded, "PNG", "P", transparency=b"\0\x80")),
    "print colours": Attack(content_of(encoded, "JPEG", "CMYK")),
    "moving PNG": Attack(content_of(animated, "PNG")),
    "moving WebP": Attack(content_of(animated, "WEBP")),
    "moving AVIF": Attack(content_of(animated, "AVIF")),
    "pages of a TIFF": Attack(content_of(animated, "TIFF")),
    "one pixel": Attack(content_of(encoded, "PNG", size=(1, 1))),
}
ATTACKS = BOMBS | ODD | SAFE
# The largest images within the limits, in the formats that take most memory.
LARGEST = {
    "49 megapixels": content_of(lambda: png(7000, 7000, kind=6, rows=compressed_zeros(7000 * 28_001))),
    "a large JPEG": content_of(encoded, "JPEG", size=(7000, 7000)),
    "a JPEG in turns": content_of(encoded, "JPEG", size=(5400, 5400), progressive=True, subsampling=0),
    "a large WebP": content_of(encoded, "WEBP", "RGBA", (4400, 4400), method=0),
    "a large AVIF": content_of(encoded, "AVIF", size=(4400, 4400), speed=10),
    "a large TIFF on its side": content_of(sideways_tiff, 7000),
}
