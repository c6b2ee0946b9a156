"""Files of pictures as nobody paints them: PNG and TIFF byte by byte, sizes that lie, zeros without end."""

import io
import struct
import zlib

from PIL import Image

MEGABYTE = 1 << 20


def png(width: int, height: int, kind: int = 2, depth: int = 8, chunks: bytes = b"", rows: bytes = b"") -> bytes:
    """A PNG that says how large it is; unless `rows` are given it holds next to nothing."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunks + chunk(b"IDAT", rows or zlib.compress(bytes(99))) + chunk(b"IEND", b"")


def chunk(kind: bytes, content: bytes) -> bytes:
    body = kind + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def packed(count: int) -> bytes:
    """So many zeros, a thousandth of their weight: one packed megabyte again and again."""
    packing = zlib.compressobj(9, wbits=-15)
    megabyte = packing.compress(bytes(MEGABYTE)) + packing.flush(zlib.Z_FULL_FLUSH)
    rest = packing.compress(bytes(count % MEGABYTE)) + packing.flush()
    return b"\x78\xda" + megabyte * (count // MEGABYTE) + rest + struct.pack(">HH", count % 65521, 1)


def saved(kind: str, mode: str = "RGB", size: tuple[int, int] = (300, 200), **options: object) -> bytes:
    """A sound picture, as Pillow writes it."""
    out = io.BytesIO()
    Image.new(mode, size, options.pop("colour", 0)).save(out, kind, **options)
    return out.getvalue()


def tiff(*entries: tuple[int, int, int, int], side: int = 10, content: bytes = b"") -> bytes:
    """A grey TIFF of so many pixels a side, with these entries (tag, type, count, value); `content` comes after."""
    plain = [(256, 3, 1, side), (257, 3, 1, side), (258, 3, 1, 8), (259, 3, 1, 8), (262, 3, 1, 1), (277, 3, 1, 1)]
    every = sorted([*plain, *entries])
    table = b"".join(struct.pack("<HHII", *entry) for entry in every)
    return b"II*\0" + struct.pack("<IH", 8, len(every)) + table + bytes(4) + content


def stretched(kind: str, mark: bytes, sides: str, side: int, **options: object) -> bytes:
    """A small picture that says of itself, behind the mark, that it is large."""
    before, mark, after = saved(kind, size=(100, 100), **options).partition(mark)
    return before + mark + struct.pack(sides, side, side) + after[struct.calcsize(sides) :]


def wide_webp() -> bytes:
    """A WebP of one colour and 16,383 pixels a side."""
    body = b"WEBPVP8L" + struct.pack("<I", 14) + bytes.fromhex("2ffebfff0f071011fd0f4444ff03")
    return b"RIFF" + struct.pack("<I", len(body)) + body


def tiled(side: int) -> bytes:
    """A TIFF of ten by ten pixels in one tile of far more."""
    content, at = packed(side * side), 14 + 12 * 10
    return tiff((322, 4, 1, side), (323, 4, 1, side), (324, 4, 1, at), (325, 4, 1, len(content)), content=content)


def turned(side: int) -> bytes:
    """A TIFF that lies on its side, all of it in one strip."""
    content, at = packed(side * side), 14 + 12 * 10
    strip = (273, 4, 1, at), (278, 4, 1, side), (279, 4, 1, len(content))
    return tiff((274, 3, 1, 6), *strip, side=side, content=content)


def in_turns(size: tuple[int, int], more: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    content = saved("JPEG", size=size, progressive=True)
    return content[:-2] + content[content.rindex(b"\xff\xda") : -2] * more + content[-2:]


def frames(kind: str) -> bytes:
    return saved(kind, save_all=True, append_images=[Image.new("RGB", (300, 200), each) for each in ("red", "blue")])
