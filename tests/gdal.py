"""Geographic files as GDAL reads them."""

import struct
from pathlib import Path

import pyogrio


def read_features(path: Path, layer: str | None = None) -> list[dict]:
    """Rows as GDAL reads them; `points` are longitude and latitude in degrees."""
    meta, _, shapes, columns = pyogrio.raw.read(path, layer=layer, force_2d=True)
    rows = (dict(zip(meta["fields"], row, strict=True)) for row in zip(*columns, strict=True))
    return [{**row, "points": _points(shape)} for row, shape in zip(rows, shapes, strict=True)]


def _points(shape: bytes) -> list[tuple[float, float]]:
    """The points of a point or a line in well-known binary (OGC 06-103r4), which begins with 5 or 9 bytes."""
    is_point = struct.unpack_from("<I", shape, 1) == (1,)
    return list(struct.iter_unpack("<2d", shape[5 if is_point else 9 :]))
