"""Pictures come out upright, in sRGB, smaller, and with nothing private in them."""

import io

import pytest
from PIL import Image, ImageCms

from tests.crafted_images import png
from tour.images import convert
from tour.images.safe_open import ImageError


def decoded(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def test_a_phone_photograph_is_turned_upright(tmp_path):
    sideways = Image.new("RGB", (400, 200), "red")
    exif = Image.Exif()
    exif[0x0112] = 6
    sideways.save(tmp_path / "phone.jpg", exif=exif)

    assert convert.verify(tmp_path / "phone.jpg") == (200, 400)
    assert decoded(convert.derivative(tmp_path / "phone.jpg", 100, "webp")).size == (100, 200)


def test_the_location_of_the_camera_is_removed(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "a private remark"
    exif.get_ifd(0x8825)[2] = (52.0, 24.0, 25.0)
    Image.new("RGB", (400, 200), "red").save(tmp_path / "phone.jpg", exif=exif, comment=b"another")

    for suffix in convert.SAVE_OPTIONS:
        derivative = convert.derivative(tmp_path / "phone.jpg", 200, suffix)
        assert dict(decoded(derivative).getexif()) == {}
        assert b"private" not in derivative
        assert b"another" not in derivative


def test_a_small_picture_is_never_enlarged(tmp_path):
    Image.new("RGB", (300, 200)).save(tmp_path / "small.png")

    assert decoded(convert.derivative(tmp_path / "small.png", 1600, "jpg")).size == (300, 200)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_pixel_becomes_plain_colour(tmp_path, mode):
    name = "master.tiff" if mode == "CMYK" else "master.png"
    Image.new(mode, (30, 20)).save(tmp_path / name)

    assert decoded(convert.derivative(tmp_path / name, 30, "jpg")).mode == "RGB"


@pytest.mark.parametrize(("mode", "name"), [("I;16", "deep.png"), ("I;16", "deep.tif"), ("I;16B", "deep.tif")])
@pytest.mark.parametrize(("grey", "shown"), [(65535, 255), (32896, 128), (0, 0)])
def test_sixteen_bits_of_grey_become_the_eight_nearest(tmp_path, mode, name, grey, shown):
    Image.new(mode, (30, 20), grey).save(tmp_path / name)

    assert decoded(convert.derivative(tmp_path / name, 30, "jpg")).getpixel((5, 5)) == (shown, shown, shown)


@pytest.mark.parametrize("mode", ["I", "F"])
def test_thirty_two_bits_of_grey_are_an_error(tmp_path, mode):
    Image.new(mode, (30, 20)).save(tmp_path / "scientific.tif")

    with pytest.raises(ImageError, match="32 bits of grey"):
        convert.verify(tmp_path / "scientific.tif")


def test_what_was_transparent_is_white(tmp_path):
    Image.new("RGBA", (30, 20), (0, 0, 0, 0)).save(tmp_path / "clear.png")

    assert decoded(convert.derivative(tmp_path / "clear.png", 30, "jpg")).getpixel((5, 5)) == (255, 255, 255)


def test_a_broken_colour_profile_does_not_spoil_the_picture(tmp_path):
    Image.new("RGB", (30, 20), "blue").save(tmp_path / "odd.jpg", icc_profile=b"not a profile")

    assert decoded(convert.derivative(tmp_path / "odd.jpg", 30, "webp")).size == (30, 20)


def test_a_colour_profile_is_turned_into_srgb(tmp_path):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.new("RGB", (30, 20), (200, 30, 30)).save(tmp_path / "profile.png", icc_profile=profile)

    derivative = decoded(convert.derivative(tmp_path / "profile.png", 30, "webp"))

    assert "icc_profile" not in derivative.info
    assert derivative.getpixel((9, 9)) == pytest.approx((200, 30, 30), abs=6)


def test_a_bomb_is_refused_before_it_unfolds(tmp_path):
    (tmp_path / "bomb.png").write_bytes(png(20_000, 20_000))

    with pytest.raises(ImageError, match="megapixels"):
        convert.verify(tmp_path / "bomb.png")


@pytest.mark.parametrize("content", [b"", b"<svg onload='alert(1)'/>", b"GIF89a", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_refused(tmp_path, content):
    (tmp_path / "odd.png").write_bytes(content)

    with pytest.raises(ImageError):
        convert.verify(tmp_path / "odd.png")


@pytest.mark.parametrize("size", [(600, 10), (20, 110)])
def test_a_strip_of_which_no_copy_can_be_made_is_refused(tmp_path, size):
    Image.new("RGB", size).save(tmp_path / "strip.png")

    with pytest.raises(ImageError, match="too narrow a strip"):
        convert.verify(tmp_path / "strip.png")
