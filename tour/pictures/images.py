"""Pictures: upright, sRGB, smaller, stripped of private metadata. The only room that knows Pillow."""

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

# A picture of 12 KB can unfold to gigabytes; this many pixels (a 50-megapixel camera's) is where we stop.
PIXEL_LIMIT = 50_000_000
# WebP ends at 16,383 pixels, and a copy must be a pixel high.
MOST_UPRIGHT, MOST_ACROSS = 5, 50  # times the width, times the height
Image.MAX_IMAGE_PIXELS = None  # Pillow's own limit, a warning first, gives way to that one
MASTER_FORMATS = ("PNG", "JPEG", "WEBP", "AVIF", "TIFF")
SAVE = {
    "avif": {"format": "AVIF", "quality": 60, "speed": 7},
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "jpg": {"format": "JPEG", "quality": 82, "progressive": True, "optimize": True},
}
# MPO is a JPEG with another picture behind it, as some telephones make it.
SUFFIXES = {"PNG": "png", "JPEG": "jpg", "MPO": "jpg", "WEBP": "webp", "AVIF": "avif", "TIFF": "tif"}
_TURNED = {5, 6, 7, 8}  # EXIF orientations that swap width and height
_ORIENTATION = 0x0112
_POSITION = 0x8825  # the part of EXIF with the position


class ImageFault(Exception):
    """The file can't be used as a picture; the message reads on from its name."""


def size(master: Path) -> tuple[int, int]:
    """Width and height in pixels as the picture is shown, read from the header alone; raises ImageFault."""
    with _opened(master) as image, _faults():
        turned = image.getexif().get(_ORIENTATION) in _TURNED
        return image.size[::-1] if turned else image.size


def has_position(master: Path) -> bool:
    """Whether the file's metadata tell where it was taken, as those of most telephones do; raises ImageFault."""
    with _opened(master) as image, _faults():
        return bool(image.getexif().get_ifd(_POSITION)) or b"GPSLatitude" in _bytes(image.info.get("xmp", b""))


def _bytes(found: str | bytes) -> bytes:
    return found.encode() if isinstance(found, str) else found


def suffix(master: Path) -> str:
    """The end of a name for the picture, by what it is; raises ImageFault."""
    with _opened(master) as image:
        return SUFFIXES[image.format]


def verify(master: Path) -> None:
    """Decode the whole picture once; raises ImageFault if any of it is missing or broken."""
    with _opened(master) as image, _faults():
        image.load()
    width, height = size(master)
    if height > width * MOST_UPRIGHT or width > height * MOST_ACROSS:
        raise ImageFault(f"is {width} by {height} pixels, too narrow a strip to be shown")


def derivative(master: Path, width: int, suffix: str) -> bytes:
    """The picture at most `width` pixels wide, encoded by `suffix` (avif, webp, jpg); raises ImageFault."""
    out = io.BytesIO()
    with _opened(master) as image, _faults():
        # A JPEG can be decoded at a fraction of its size, which saves most of the work on a photograph.
        image.draft("RGB", (width * 2, width * 2))
        _shown(image, width).save(out, **SAVE[suffix])
    return out.getvalue()


def in_few_colours(png: bytes) -> bytes:
    """A flat drawing with 256 colours, which are all it needs, at a third of the weight."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        few = image.convert("RGB").quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(out, format="PNG", optimize=True)
    return out.getvalue()


def _shown(image: Image.Image, width: int) -> Image.Image:
    upright = _srgb(ImageOps.exif_transpose(image))
    if upright.width > width:
        upright = upright.resize((width, round(upright.height * width / upright.width)), Image.Resampling.LANCZOS)
    # A fresh image carries pixels only: no EXIF, no GPS, no comments.
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    return clean


def _srgb(image: Image.Image) -> Image.Image:
    """The picture as 8-bit sRGB on white where it was transparent."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16") or image.mode == "I":
        image = image.point(lambda value: value / 257).convert("L")
    if image.has_transparency_data:
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA")).convert("RGB")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile: the plain conversion below is the best guess
    return image.convert("RGB")


def _opened(master: Path) -> Image.Image:
    try:
        image = Image.open(master, formats=MASTER_FORMATS)
    except FileNotFoundError:
        raise ImageFault("is missing") from None
    except IsADirectoryError:
        raise ImageFault("is a folder") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise ImageFault(_unopened(master)) from error
    if image.width * image.height > PIXEL_LIMIT:
        megapixels = image.width * image.height / 1_000_000
        image.close()
        raise ImageFault(
            f"has {megapixels:.0f} megapixels, more than the {PIXEL_LIMIT // 1_000_000} that are safe to open"
        )
    return image


def _unopened(master: Path) -> str:
    return "is not a picture (PNG, JPEG, WebP, AVIF or TIFF)" if master.stat().st_size else "is empty"


@contextmanager
def _faults() -> Iterator[None]:
    """Whatever Pillow meets while it decodes becomes an ImageFault."""
    try:
        yield
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        raise ImageFault("is cut short or damaged") from error
