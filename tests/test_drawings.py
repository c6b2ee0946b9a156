"""Drawings: SVG and the shared symbols in, raster master out."""

import io
import os

import pytest
from PIL import Image

from tour.curation.drawings import draw_all, with_symbols

KIT = '<svg xmlns="http://www.w3.org/2000/svg"><defs><rect id="sky" width="9" height="9" fill="#1F4E8C"/></defs></svg>'
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 60"><use href="#sky"/></svg>'


@pytest.fixture
def media(tmp_path):
    folder = tmp_path / "drawings"
    folder.mkdir()
    (folder / "kit.svg").write_text(KIT, "utf-8")
    (folder / "quay.svg").write_text(DRAWING, "utf-8")
    return tmp_path


def test_a_drawing_stands_alone_with_the_symbols_in_it():
    assert with_symbols(DRAWING, KIT).count('id="sky"') == 1


def test_a_master_has_a_pixel_for_each_unit_and_the_shared_symbols(media):
    assert [path.name for path in draw_all(media)] == ["quay.png"]

    with Image.open(io.BytesIO((media / "quay.png").read_bytes())) as master:
        assert master.size == (90, 60)
        assert master.convert("RGB").getpixel((4, 4)) == (0x1F, 0x4E, 0x8C)


def test_only_what_has_changed_is_drawn_again(media):
    draw_all(media)
    assert draw_all(media) == []

    os.utime(media / "drawings/quay.svg", (2e9, 2e9))

    assert len(draw_all(media)) == 1
