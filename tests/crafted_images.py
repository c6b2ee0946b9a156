"""Image files built byte by byte: sizes that lie, decompression bombs, repeated scans."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

MEGABYTE = 1 << 20


def png(width: int, height: int, kind: int = 2, depth: int = 8, chunks: bytes = b"", rows: bytes = b"") -> bytes:
    """A PNG of the stated size; without `rows` it has next to no image data."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunks + chunk(b"IDAT", rows or zlib.compress(bytes(99))) + chunk(b"IEND", b"")


def chunk(kind: bytes, content: bytes) -> bytes:
    body = kind + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def compressed_zeros(count: int) -> bytes:
    """A zlib stream of `count` zeros at a thousandth of their size: one compressed megabyte repeated."""
    compressor = zlib.compressobj(9, wbits=-15)
    megabyte = compressor.compress(bytes(MEGABYTE)) + compressor.flush(zlib.Z_FULL_FLUSH)
    rest = compressor.compress(bytes(count % MEGABYTE)) + compressor.flush()
    return b"\x78\xda" + megabyte * (count // MEGABYTE) + rest + struct.pack(">HH", count % 65521, 1)


def encoded(kind: str, mode: str = "RGB", size: tuple[int, int] = (300, 200), **options: Any) -> bytes:
    """A valid image, as Pillow encodes it."""
    out = io.BytesIO()
    Image.new(mode, size, options.pop("colour", 0)).save(out, kind, **options)
    return out.getvalue()


def tiff(*entries: tuple[int, int, int, int], side: int = 10, content: bytes = b"") -> bytes:
    """A grey TIFF of `side` pixels square, with these directory entries (tag, type, count, value), then `content`."""
    required = [(256, 3, 1, side), (257, 3, 1, side), (258, 3, 1, 8), (259, 3, 1, 8), (262, 3, 1, 1), (277, 3, 1, 1)]
    directory = sorted([*required, *entries])
    table = b"".join(struct.pack("<HHII", *entry) for entry in directory)
    return b"II*\0" + struct.pack("<IH", 8, len(directory)) + table + bytes(4) + content


def with_false_size(kind: str, marker: bytes, size_format: str, side: int, **options: Any) -> bytes:
    """A small image whose header states, after the marker, `side` pixels square."""
    before, _, after = encoded(kind, size=(100, 100), **options).partition(marker)
    return before + marker + struct.pack(size_format, side, side) + after[struct.calcsize(size_format) :]


def wide_webp() -> bytes:
    """A WebP of one colour and 16,383 pixels a side."""
    body = b"WEBPVP8L" + struct.pack("<I", 14) + bytes.fromhex("2ffebfff0f071011fd0f4444ff03")
    return b"RIFF" + struct.pack("<I", len(body)) + body


def tiff_with_large_tile(side: int) -> bytes:
    """A TIFF of ten by ten pixels in one tile of `side` pixels square."""
    content, offset = compressed_zeros(side * side), 14 + 12 * 10
    return tiff((322, 4, 1, side), (323, 4, 1, side), (324, 4, 1, offset), (325, 4, 1, len(content)), content=content)


def sideways_tiff(side: int) -> bytes:
    """A TIFF with an EXIF rotation by 90 degrees, in a single strip."""
    content, offset = compressed_zeros(side * side), 14 + 12 * 10
    strip = (273, 4, 1, offset), (278, 4, 1, side), (279, 4, 1, len(content))
    return tiff((274, 3, 1, 6), *strip, side=side, content=content)


def with_repeated_scans(size: tuple[int, int], count: int) -> bytes:
    """A progressive JPEG whose last scan is repeated `count` times."""
    content = encoded("JPEG", size=size, progressive=True)
    return content[:-2] + content[content.rindex(b"\xff\xda") : -2] * count + content[-2:]


def animated(kind: str) -> bytes:
    return encoded(kind, save_all=True, append_images=[Image.new("RGB", (300, 200), each) for each in ("red", "blue")])
