"""Files that call themselves pictures, attacks and accidents: what check says of each, or that it is made safe."""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from tests.forged import (
    MEGABYTE,
    chunk,
    frames,
    in_turns,
    packed,
    png,
    saved,
    stretched,
    tiff,
    tiled,
    turned,
    wide_webp,
)

PAYLOAD = b"<?php evil(); ?><script>alert(1)</script>"  # must be in nothing that visitors are sent
NO_PICTURE = "is not a picture (PNG, JPEG, WebP, AVIF or TIFF)"
DAMAGED = "is cut short or damaged"


@dataclass(frozen=True)
class Attack:
    """How the file is put in a picture's place, and the fault that the curator is told; none, and it is made safe."""

    put: Callable[[Path], object]
    fault: str = ""


def exif(said: str = PAYLOAD.decode()) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = said
    exif.get_ifd(0x8825)[2] = (52.0, 24.0, 25.0)
    return exif


def words() -> PngInfo:
    words = PngInfo()
    words.add_text("Comment", PAYLOAD.decode())
    words.add_itxt("XML:com.adobe.xmp", PAYLOAD.decode() + " " * MEGABYTE)
    return words


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def of(make: Callable[..., bytes], *values: object, **options: object) -> Callable[[Path], object]:
    """A file that holds what is made of these values, once it is wanted."""
    return lambda path: path.write_bytes(make(*values, **options))


def sparse(size: int) -> Callable[[Path], object]:
    """A sound beginning, and nothing behind it, which takes no room on the disk."""

    def put(path: Path) -> None:
        path.write_bytes(saved("PNG"))
        os.truncate(path, size)

    return put


def pipe(path: Path) -> None:
    """Whoever opens it is let go at once: a test that hangs tells nobody why."""
    os.mkfifo(path)
    threading.Thread(target=path.write_bytes, args=(b"",), daemon=True).start()


def _link_out(path: Path) -> None:
    elsewhere = path.parent.parent / "elsewhere.png"
    elsewhere.write_bytes(saved("PNG"))
    path.symlink_to(elsewhere)


def pixels(count: int, most: int = 50) -> str:
    return f"has {count} megapixels, more than the {most} that are safe to open"


def strip(width: int, height: int) -> str:
    return f"is {width} by {height} pixels, too narrow a strip to be shown"


BOMBS = {
    "100 megapixels in 12 KB": Attack(
        of(lambda: png(10_000, 10_000, kind=0, depth=1, rows=packed(12_510_000))), pixels(100)
    ),
    "400 megapixels": Attack(of(png, 20_000, 20_000), pixels(400)),
    "WebP": Attack(of(wide_webp), pixels(268, 20)),
    "AVIF": Attack(of(stretched, "AVIF", b"ispe\0\0\0\0", ">II", 5000), pixels(25, 20)),
    "TIFF": Attack(of(tiff, side=20_000), pixels(400)),
    "GIF": Attack(of(stretched, "GIF", b"GIF87a", "<HH", 65_535), NO_PICTURE),
    "a tile far larger than its TIFF": Attack(of(tiled, 30_000), "is cut into tiles far larger than itself"),
    "a JPEG in 5,000 turns": Attack(
        of(in_turns, (700, 700), 5000), "is painted over 5,010 times, more than the 64 that anybody would wait for"
    ),
    "a large JPEG in turns": Attack(
        of(stretched, "JPEG", b"\xff\xc2\0\x11\x08", ">HH", 5600, progressive=True), pixels(31, 30)
    ),
    "zTXt": Attack(of(lambda: png(30, 20, chunks=chunk(b"zTXt", b"a\0\0" + packed(500 * MEGABYTE)))), DAMAGED),
    "iTXt": Attack(of(lambda: png(30, 20, chunks=chunk(b"iTXt", b"a\0\1\0\0\0" + packed(500 * MEGABYTE)))), DAMAGED),
    "iCCP": Attack(of(lambda: png(30, 20, chunks=chunk(b"iCCP", b"a\0\0" + packed(500 * MEGABYTE)))), DAMAGED),
    "many zTXt": Attack(of(lambda: png(30, 20, chunks=chunk(b"zTXt", b"a\0\0" + packed(999_999)) * 200)), DAMAGED),
    "a strip of 49 million lines": Attack(of(png, 1, 49_000_000), strip(1, 49_000_000)),
    "heavy": Attack(sparse(3_000_000_000), "has 3,000 MB, more than the 200 that are safe to open"),
}
ODD = {
    "no bytes": Attack(Path.touch, "is empty"),
    "a JPEG cut short": Attack(of(lambda: saved("JPEG", size=(900, 600))[:2000]), DAMAGED),
    "a PNG cut short": Attack(of(lambda: saved("PNG", size=(900, 600))[:-60]), DAMAGED),
    "an AVIF with a hole": Attack(of(lambda: saved("AVIF")[:-40] + bytes(40)), DAMAGED),
    "a head alone": Attack(of(lambda: saved("WEBP")[:20]), DAMAGED),
    "SVG": Attack(of(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".strip), NO_PICTURE),
    "HTML": Attack(of((b"<!doctype html>" + PAYLOAD).strip), NO_PICTURE),
    "a GIF that is a script": Attack(of(lambda: saved("GIF") + b"=1;alert(1)"), NO_PICTURE),
    "PostScript": Attack(of(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n".strip), NO_PICTURE),
    "a strip": Attack(of(saved, "PNG", size=(1, 60_000)), strip(1, 60_000)),
    "a strip across": Attack(of(saved, "PNG", size=(60_000, 1)), strip(60_000, 1)),
    "a folder": Attack(Path.mkdir, "is a folder"),
    "a pipe": Attack(pipe, "is a pipe or a device, not a file"),
    "a link that leads out": Attack(_link_out, "lies outside the folder of pictures"),
    "a link to itself": Attack(lambda path: path.symlink_to(path.name), "can't be opened"),
    "a device without end": Attack(lambda path: path.symlink_to("/dev/zero"), "lies outside the folder of pictures"),
}
SAFE = {
    "a ZIP behind a JPEG": Attack(of(lambda: saved("JPEG") + b"PK\3\4" + PAYLOAD)),
    "HTML behind a PNG": Attack(of(lambda: saved("PNG") + b"<html>" + PAYLOAD)),
    "PHP in a comment": Attack(of(lambda: saved("JPEG", comment=PAYLOAD, exif=exif()))),
    "words and XMP of a megabyte": Attack(of(lambda: saved("PNG", pnginfo=words(), exif=exif()))),
    "EXIF of a megabyte": Attack(of(lambda: saved("WEBP", exif=exif(PAYLOAD.decode() + "x" * MEGABYTE)))),
    "EXIF whose thousand entries lie": Attack(
        of(lambda: saved("PNG", exif=b"Exif\0\0" + tiff(*((40_000 + each, 1, 90_000, 8) for each in range(1000)))))
    ),
    "a profile of ten megabytes": Attack(of(lambda: saved("JPEG", icc_profile=profile() + bytes(10_000_000)))),
    "where an AVIF was taken": Attack(of(lambda: saved("AVIF", exif=exif(), xmp=PAYLOAD))),
    "where a TIFF was taken": Attack(of(lambda: saved("TIFF", exif=exif()))),
    "a JPEG by another name": Attack(of(saved, "JPEG")),
    "deep colours": Attack(of(lambda: png(30, 20, depth=16, rows=packed(20 * 181)))),
    "deep grey": Attack(of(saved, "PNG", "I;16")),
    "a hint of transparency": Attack(of(saved, "PNG", "P", transparency=b"\0\x80")),
    "print colours": Attack(of(saved, "JPEG", "CMYK")),
    "moving PNG": Attack(of(frames, "PNG")),
    "moving WebP": Attack(of(frames, "WEBP")),
    "moving AVIF": Attack(of(frames, "AVIF")),
    "pages of a TIFF": Attack(of(frames, "TIFF")),
    "one pixel": Attack(of(saved, "PNG", size=(1, 1))),
}
ATTACKS = BOMBS | ODD | SAFE
# The largest that are let in, of the kinds that take most to decode.
LARGEST = {
    "49 megapixels": of(lambda: png(7000, 7000, kind=6, rows=packed(7000 * 28_001))),
    "a large JPEG": of(saved, "JPEG", size=(7000, 7000)),
    "a JPEG in turns": of(saved, "JPEG", size=(5400, 5400), progressive=True, subsampling=0),
    "a large WebP": of(saved, "WEBP", "RGBA", (4400, 4400), method=0),
    "a large AVIF": of(saved, "AVIF", size=(4400, 4400), speed=10),
    "a large TIFF on its side": of(turned, 7000),
}
