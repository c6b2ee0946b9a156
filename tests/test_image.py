"""The container image, built and run: every stop as on a server, no root, and no writing but where the guide says."""

import asyncio
import json
import re
from io import BytesIO
from urllib.request import urlopen

import pytest
from PIL import Image

from benchmarks.load_generator import VirtualUser, tour_scenario
from tests import image
from tests.image import DOCKERFILE
from tests.test_containers import FOLDER, USER, WRITTEN

pytestmark = [pytest.mark.slow, pytest.mark.timed]  # one image, and all cores to build it


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("image")
    engine = image.engine(folder)
    image.build(engine, folder)
    return engine


@pytest.fixture(scope="module")
def container(engine):
    with image.running_container(engine) as container:
        yield container


def read(container, path: str) -> bytes:
    with urlopen(f"{container.address}/{path}", timeout=20) as response:
        return response.read()


def test_it_serves_a_stop_with_its_picture(container, exhibition):
    stop = exhibition.stops[0]

    page = read(container, f"?stop={stop.slug}").decode()

    assert f"{stop.title}</h1>" in page
    picture = Image.open(BytesIO(read(container, re.search(r'<img src="(images/[^"]+)"', page)[1])))
    picture.load()
    assert picture.width >= 480


def test_it_serves_the_open_data_of_every_stop(container, exhibition):
    tour = read(container, "tour.json").decode()

    assert all(stop.slug in tour for stop in exhibition.stops)


def test_a_visitor_walks_to_the_next_stop(container, exhibition):
    async def walk() -> int:
        visitor = VirtualUser(container.address, tour_scenario(exhibition), 0)
        await visitor.arrive()
        await visitor.step()
        await visitor.leave()
        return visitor.index

    assert asyncio.run(walk()) == 1


def test_it_passes_the_health_check_of_the_image(container):
    check = json.loads(re.search(r"^HEALTHCHECK .*CMD (.+)$", DOCKERFILE, re.MULTILINE)[1])

    assert container.run(*check).returncode == 0


def test_no_process_is_root_or_has_a_capability(container):
    status = container.run("sh", "-c", "cat /proc/[0-9]*/status").stdout

    assert set(re.findall(r"^Uid:\s+(.+)$", status, re.MULTILINE)) == {"\t".join([USER] * 4)}
    assert set(re.findall(r"^Cap(?:Prm|Eff|Bnd):\s+(\w+)$", status, re.MULTILINE)) == {"0" * 16}
    assert set(re.findall(r"^NoNewPrivs:\s+(\d)$", status, re.MULTILINE)) == {"1"}


@pytest.mark.parametrize("user", [USER, "0"])
@pytest.mark.parametrize("folder", ["/", "/etc", "/usr", "/var/tmp", FOLDER, f"{FOLDER}/data", f"{FOLDER}/media"])
def test_not_even_root_writes_to_the_root_file_system(container, folder, user):
    assert container.run("touch", f"{folder}/written", user=user).stderr.endswith("Read-only file system\n")


@pytest.mark.parametrize("folder", sorted(WRITTEN))
def test_its_user_writes_where_the_guide_says(container, folder):
    assert container.run("sh", "-c", f"touch {folder}/written && rm {folder}/written").stderr == ""


def test_a_new_volume_has_every_derivative_of_the_image(container):
    assert ": 0 made, 0 removed." in container.run("python", "-m", "tour", "images").stdout


def test_a_pod_fills_its_empty_volume_from_the_image(engine):
    copy = "cp -r media/derivatives/. /derivatives/ && diff -r media/derivatives /derivatives"
    options = ["--rm", "--read-only", "--cap-drop", "ALL", "--user", f"{USER}:{USER}", "--tmpfs", "/derivatives"]

    assert engine.succeeds("run", *options, image.NAME, "sh", "-c", copy)
