"""Derivatives: which, under what names, each generated once."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from tests.conftest import load_valid
from tour.images import convert
from tour.images.derivative_cache import DerivativeCache
from tour.images.derivatives import DETAIL_WIDTH, derivative_widths, master, needed
from tour.images.safe_open import ImageError
from tour.paths import STATIC_DIR


@pytest.fixture
def cache(folders):
    return DerivativeCache(folders[1])


@pytest.fixture
def wanted(folders):
    return needed(load_valid(*folders), folders[1])


def test_a_small_master_is_never_enlarged():
    assert derivative_widths(master_width=900) == (480, 900)


def test_a_large_master_has_three_widths():
    assert derivative_widths(master_width=1800) == (480, 960, 1600)


def test_a_master_for_a_close_view_has_one_width_more():
    assert derivative_widths(master_width=3200) == (480, 960, 1600, 3200)


def test_the_lightbox_asks_for_the_widest_derivative():
    assert f'source.sizes = "{DETAIL_WIDTH}px"' in (STATIC_DIR / "page.js").read_text("utf-8")


def test_a_changed_master_has_other_names(folders):
    path = folders[1] / "quay.png"
    before = {each.name for each in master(path).derivatives}

    Image.new("RGB", (900, 601), "white").save(path)

    assert before.isdisjoint(each.name for each in master(path).derivatives)


def test_an_unchanged_master_keeps_its_names(folders):
    path = folders[1] / "quay.png"
    before = master(path)

    path.touch()

    assert master(path) == before


def test_a_changed_master_that_keeps_its_time_and_size_has_other_names(folders):
    path = folders[1] / "quay.png"
    Image.new("RGB", (900, 600), "white").save(path, "TIFF")
    before, stat = master(path), path.stat()

    Image.new("RGB", (900, 600), "black").save(path, "TIFF")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    assert path.stat().st_size == stat.st_size
    assert master(path).derivatives != before.derivatives


def test_every_derivative_is_generated_once(cache, wanted):
    for each in wanted:
        cache.get_or_create_file(each)

    assert len(wanted) == 3 * 3 * 2
    assert cache.missing(wanted) == []


def test_concurrent_requests_share_one_generation(cache, wanted, monkeypatch):
    calls = []
    create = convert.derivative
    monkeypatch.setattr(convert, "derivative", lambda *of: calls.append(threading.get_ident()) or create(*of))

    with ThreadPoolExecutor(8) as visitors:
        paths = set(visitors.map(cache.get_or_create_file, [wanted[0]] * 8))

    assert (len(paths), len(calls)) == (1, 1)


def test_a_derivative_of_a_picture_that_is_gone_is_stale(folders, cache, wanted):
    stale = {each.name for each in wanted if each.master.stem == "quay"}
    for each in wanted:
        cache.get_or_create_file(each)

    assert {path.name for path in cache.stale(each for each in wanted if each.name not in stale)} == stale


def test_a_generation_that_fails_leaves_nothing_behind(folders, cache, wanted):
    folders[1].joinpath("quay.png").write_bytes(b"spoilt")

    with pytest.raises(ImageError):
        cache.get_or_create_file(wanted[0])

    assert list(cache.folder.glob("*")) == []


def test_a_corrupt_picture_stays_what_it_was_to_visitors(folders):
    path = folders[1] / "quay.png"
    before = master(path)

    path.write_bytes(path.read_bytes()[:500])
    assert master(path) == before

    path.unlink()
    assert master(path) == before


def test_a_picture_put_in_anothers_place_never_gets_its_name(folders, cache, wanted):
    (quay,) = [each for each in wanted if each.name.startswith("quay-") and each.name.endswith("-480.jpg")]

    Image.new("RGB", (900, 601), "white").save(folders[1] / "quay.png")

    with pytest.raises(ImageError):
        cache.get_or_create_file(quay)
    assert cache.get(quay.name) is None


def test_a_derivative_of_a_replaced_picture_is_cached_for_pages_that_are_open(folders, cache, wanted):
    content = cache.get_or_create_bytes(wanted[0])

    wanted[0].master.unlink()

    assert cache.get(wanted[0].name) == content


@pytest.mark.parametrize("odd", ["../../data/sources.toml", "..", "", "cards", "quay.png", "/etc/passwd"])
def test_nothing_but_a_derivative_is_cached(cache, odd):
    assert cache.get(odd) is None
