"""Untrusted images are rejected with a message or converted safely, in bounded memory and time."""

import io
import json
import subprocess
import sys

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests import full_exhibition
from tests.conftest import PROJECT_ROOT, load_valid
from tests.full_exhibition import LIGHT
from tests.hostile_images import ATTACKS, BOMBS, LARGEST, ODD, PAYLOAD, SAFE
from tour.content.problems import ContentError
from tour.content_store import store
from tour.images import convert, derivatives
from tour.images.derivative_cache import DerivativeCache
from tour.images.safe_open import ImageError
from tour.ui.protocol import MESSAGES
from tour.web.app import middleware, routes

MAX_MEMORY_MB, MAX_CPU_SECONDS = 450, 20  # of each picture; memory beside that of the idle process


@pytest.fixture
def folders(tmp_path):
    """An exhibition of two stops, of which the second has one picture."""
    return full_exhibition.write(tmp_path, stops_only=True)


@pytest.fixture
def site(folders, monkeypatch):
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))
    monkeypatch.setenv("TOUR_MEDIA", str(folders[1]))
    return TestClient(Starlette(routes=routes(), middleware=middleware(MESSAGES)))


def replace_image(attack, media):
    (media / "light.png").unlink()
    attack.write(media / "light.png")


def error_message(data, media) -> str:
    with pytest.raises(ContentError) as caught:
        load_valid(data, media)
    return str(caught.value)


@pytest.mark.parametrize("attack", (BOMBS | ODD).values(), ids=BOMBS | ODD)
def test_it_is_refused_by_name(folders, attack):
    replace_image(attack, folders[1])

    assert error_message(*folders) == (
        f"{LIGHT}: figures[1].image names light.png, which {attack.message}.\n"
        "    Put a sound picture of that name into media/.\n1 problem in the content."
    )


@pytest.mark.parametrize("attack", SAFE.values(), ids=SAFE)
def test_it_is_made_safe(folders, attack):
    replace_image(attack, folders[1])
    load_valid(*folders)
    cache = DerivativeCache(folders[1])

    for each in derivatives.master(folders[1] / "light.png").derivatives:
        content = cache.get_or_create_bytes(each)
        is_plain(content, each.suffix)
        assert not any(part in content for part in (PAYLOAD, b"<?php", b"<script", b"PK\3\4"))


def is_plain(content: bytes, suffix: str) -> None:
    """A single frame of 8-bit RGB, without metadata."""
    with Image.open(io.BytesIO(content), formats=[convert.SAVE_OPTIONS[suffix]["format"]]) as image:
        image.load()
        assert (image.mode, getattr(image, "n_frames", 1)) == ("RGB", 1)
        assert not {"exif", "icc_profile", "xmp", "comment"} & image.info.keys()
        assert dict(image.getexif()) == {}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_what_visitors_see_stays_safe_when_a_picture_becomes_one(folders, site, attack):
    before = page_with_its_picture(site, folders)
    replace_image(attack, folders[1])
    for _ in range(3):
        store().poll()

    after = page_with_its_picture(site, folders)
    assert bool(store().problems) is bool(attack.message)
    assert (after == before) is bool(attack.message)


def page_with_its_picture(site, folders) -> str:
    """The name of the derivative that the page shows and the server sends, while it never sends the master."""
    page = site.get("/text")
    (derivative,) = derivatives.master(folders[1] / "light.png").of_kind("jpg")[:1]
    assert page.status_code == 200
    assert f"images/{derivative.name} " in page.text
    is_plain(site.get(f"/images/{derivative.name}").content, "jpg")
    assert {site.get(f"/{at}light.png").status_code for at in ("", "images/", "media/", "files/")} == {404}
    return derivative.name


def test_none_takes_much_memory_or_time_or_fills_the_log(tmp_path):
    attacks = {name: attack.write for name, attack in ATTACKS.items()} | LARGEST
    folder = tmp_path / "media"
    folder.mkdir()
    for name, write in attacks.items():
        write(folder / name)

    costs, log = costs_of(*(folder / name for name in attacks))

    assert [name for name, *_ in costs] == list(attacks)
    assert [each for each in costs if each[1] > MAX_MEMORY_MB or each[2] > MAX_CPU_SECONDS] == []
    assert [name for name, _, _, message in costs if message and name in SAFE | LARGEST] == []
    assert log == ""


def costs_of(*paths) -> tuple[list, str]:
    """Memory and CPU time of decoding the images in a process of its own, and its log."""
    command = [sys.executable, "-m", "tests.peak_memory", *paths]
    run = subprocess.run(command, cwd=PROJECT_ROOT, capture_output=True, text=True, timeout=300)
    return [json.loads(line) for line in run.stdout.splitlines()], run.stderr


def test_those_who_ask_for_large_ones_at_once_wait_for_one_another(tmp_path):
    paths = [tmp_path / str(number) for number in range(3)]
    for path in paths:
        LARGEST["49 megapixels"](path)

    costs, _ = costs_of("--at-once", *paths)

    assert [each for each in costs if each[1] > MAX_MEMORY_MB or each[3]] == []


def test_a_damaged_picture_is_decoded_once_and_not_for_every_visitor(folders, monkeypatch):
    calls = []
    verify = convert.verify
    monkeypatch.setattr(convert, "verify", lambda path: calls.append(path) or verify(path))
    replace_image(ODD["a PNG cut short"], folders[1])

    for _ in range(3):
        with pytest.raises(ImageError):
            derivatives.master(folders[1] / "light.png")

    assert len(calls) == 1


def test_a_link_that_comes_to_lead_out_shows_visitors_nothing_from_there(folders):
    before = derivatives.master(folders[1] / "light.png")

    replace_image(ODD["a link that leads out"], folders[1])

    assert derivatives.master(folders[1] / "light.png") == before
