"""Pictures: upright, sRGB, smaller, stripped of private metadata. Knows Pillow."""

import io
from math import isqrt
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from tour.images.safe_open import LARGE_IMAGE_PIXELS, ImageError, aspect_ratio_error, open_safely

SAVE = {
    "avif": {"format": "AVIF", "quality": 60, "speed": 7},
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "jpg": {"format": "JPEG", "quality": 82, "progressive": True, "optimize": True},
}
# MPO is a JPEG with another picture behind it, as some telephones make it.
SUFFIXES = {"PNG": "png", "JPEG": "jpg", "MPO": "jpg", "WEBP": "webp", "AVIF": "avif", "TIFF": "tif"}
BAND = 1_000_000  # pixels that are made plain at once
_ROTATED = {5, 6, 7, 8}  # EXIF orientations that swap width and height
_ORIENTATION = 0x0112
_POSITION = 0x8825  # the part of EXIF with the position


def size(master: Path) -> tuple[int, int]:
    """Width and height in pixels as the picture is shown; raises ImageError."""
    with open_safely(master) as image:
        return _size(image)


def has_position(master: Path) -> bool:
    """Whether the file's metadata tell where it was taken, as those of most telephones do; raises ImageError."""
    with open_safely(master) as image:
        return bool(image.getexif().get_ifd(_POSITION)) or b"GPSLatitude" in _bytes(image.info.get("xmp", b""))


def _bytes(found: str | bytes) -> bytes:
    return found.encode() if isinstance(found, str) else found


def suffix(master: Path) -> str:
    """The end of a name for the picture, by what it is; raises ImageError."""
    with open_safely(master) as image:
        return SUFFIXES[image.format]


def verify(master: Path) -> tuple[int, int]:
    """Decode the whole picture once; its size as shown. Raises ImageError if any of it is missing or broken."""
    with open_safely(master) as image:
        shown = _size(image)
        image.load()
    if fault := aspect_ratio_error(*shown):
        raise ImageError(fault)
    return shown


def derivative(master: Path, width: int, suffix: str) -> bytes:
    """The picture at most `width` pixels wide, encoded by `suffix` (avif, webp, jpg); raises ImageError."""
    out = io.BytesIO()
    with open_safely(master) as image:
        # A JPEG can be decoded at a fraction of its size, which saves most of the work on a photograph.
        image.draft("RGB", (width * 2, width * 2))
        _shown(image, width).save(out, **SAVE[suffix])
    return out.getvalue()


def quantize_png(png: bytes) -> bytes:
    """A flat drawing with 256 colours, which are all it needs, at a third of the weight."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        few = image.convert("RGB").quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(out, format="PNG", optimize=True)
    return out.getvalue()


def _size(image: Image.Image) -> tuple[int, int]:
    return image.size[::-1] if _orientation(image) in _ROTATED else image.size


def _orientation(image: Image.Image) -> int:
    return image.getexif().get(_ORIENTATION, 1)


def _shown(image: Image.Image, width: int) -> Image.Image:
    upright = ImageOps.exif_transpose(_to_srgb(image, width))
    if upright.width > width:
        upright = upright.resize((width, round(upright.height * width / upright.width)), Image.Resampling.LANCZOS)
    # A fresh image carries pixels only: no EXIF, no GPS, no comments.
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    return clean


def _to_srgb(image: Image.Image, width: int) -> Image.Image:
    """The pixels as 8-bit sRGB, with the turn that EXIF notes; a large picture is made smaller, not below `width`.

    Band by band: every step of it makes a copy, and of a large picture there isn't room for four.
    """
    pixels, across = image.width * image.height, _size(image)[0]
    image.load()
    factor = max(1, min(isqrt(pixels // LARGE_IMAGE_PIXELS), across // width))
    plain = Image.new("RGB", (-(-image.width // factor), -(-image.height // factor)))
    rows = max(1, BAND // image.width // factor) * factor
    for top in range(0, image.height, rows):
        band = _srgb(image.crop((0, top, image.width, min(top + rows, image.height))))
        plain.paste(band.reduce(factor), (0, top // factor))
    plain.getexif()[_ORIENTATION] = _orientation(image)
    return plain


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
