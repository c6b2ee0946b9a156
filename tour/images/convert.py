"""Converts images: upright, sRGB, smaller, stripped of metadata. Uses Pillow."""

import io
from math import isqrt
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps

from tour.images.safe_open import LARGE_IMAGE_PIXELS, ImageError, aspect_ratio_error, open_safely

SAVE_OPTIONS: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 60, "speed": 7},
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "jpg": {"format": "JPEG", "quality": 82, "progressive": True, "optimize": True},
}
# MPO is a JPEG with a second image behind it, as some phones make it.
SUFFIX_BY_FORMAT = {"PNG": "png", "JPEG": "jpg", "MPO": "jpg", "WEBP": "webp", "AVIF": "avif", "TIFF": "tif"}
BAND_PIXELS = 1_000_000  # converted to sRGB at once
_ORIENTATION = 0x0112  # EXIF tag
_SIDEWAYS = {5, 6, 7, 8}  # EXIF orientations that swap width and height
_GPS = 0x8825  # EXIF tag of the GPS directory


def has_position(path: Path) -> bool:
    """Whether the metadata say where it was taken, as those of most phones do; raises ImageError."""
    with open_safely(path) as image:
        return bool(image.getexif().get_ifd(_GPS)) or "GPSLatitude" in str(image.info.get("xmp"))


def suffix(path: Path) -> str:
    """The file name extension that suits the content; raises ImageError."""
    with open_safely(path) as image:
        return SUFFIX_BY_FORMAT[image.format or ""]


def verify(path: Path) -> tuple[int, int]:
    """Decode the whole image; width and height in pixels as it is shown. Raises ImageError if it is damaged."""
    with open_safely(path) as image:
        size = _upright_size(image)
        image.load()
    if message := aspect_ratio_error(*size):
        raise ImageError(message)
    return size


def derivative(path: Path, width: int, suffix: str) -> bytes:
    """The image at most `width` pixels wide, encoded by `suffix` (avif, webp, jpg); raises ImageError."""
    out = io.BytesIO()
    with open_safely(path) as image:
        # A JPEG can be decoded at a fraction of its size, which saves most of the work on a photograph.
        image.draft("RGB", (width * 2, width * 2))
        upright = ImageOps.exif_transpose(_to_srgb(image, width))
        if upright.width > width:
            upright = upright.resize((width, round(upright.height * width / upright.width)), Image.Resampling.LANCZOS)
        upright.save(out, **SAVE_OPTIONS[suffix])
    return out.getvalue()


def quantize_png(png: bytes) -> bytes:
    """A flat drawing with 256 colours, which are all it needs, at a third of the size."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        quantized = image.convert("RGB").quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    quantized.save(out, format="PNG", optimize=True)
    return out.getvalue()


def _upright_size(image: Image.Image) -> tuple[int, int]:
    return image.size[::-1] if image.getexif().get(_ORIENTATION) in _SIDEWAYS else image.size


def _to_srgb(image: Image.Image, width: int) -> Image.Image:
    """The pixels as 8-bit sRGB, with the EXIF orientation; a large image is reduced, not below `width`."""
    pixels, upright_width = image.width * image.height, _upright_size(image)[0]
    image.load()
    factor = max(1, min(isqrt(pixels // LARGE_IMAGE_PIXELS), upright_width // width))
    # A new image has pixels only: no EXIF, no GPS, no comments.
    srgb = Image.new("RGB", (-(-image.width // factor), -(-image.height // factor)))
    rows = max(1, BAND_PIXELS // image.width // factor) * factor
    # Band by band: every step of the conversion makes a copy, and there is no memory for four of a large image.
    for top in range(0, image.height, rows):
        band = _band_to_srgb(image.crop((0, top, image.width, min(top + rows, image.height))))
        srgb.paste(band.reduce(factor), (0, top // factor))
    srgb.getexif()[_ORIENTATION] = image.getexif().get(_ORIENTATION, 1)
    return srgb


def _band_to_srgb(image: Image.Image) -> Image.Image:
    """The image as 8-bit sRGB, on white where it was transparent."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16"):  # 16 bits of grey, in whichever byte order
        image = image.convert("I").point(lambda value: value / 257).convert("L")
    if image.has_transparency_data:
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA")).convert("RGB")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if srgb := ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"):
                return srgb
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile: the plain conversion below is the best guess
    return image.convert("RGB")
