"""Scripts and styles, compressed once for all visitors."""

import os
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from tests.conftest import wait_until
from tour.paths import STATIC_DIR, STREAMLIT_STATIC_DIR
from tour.ui.protocol import MESSAGES
from tour.web.app import middleware
from tour.web.middleware.static_compression import BEST_QUALITY, CompressedStaticMiddleware, StaticFile

SCRIPT = next((STREAMLIT_STATIC_DIR / "static" / "js").glob("index.*.js"))
ADDRESS = f"/static/js/{SCRIPT.name}"
BROTLI, GZIP = {"Accept-Encoding": "gzip, deflate, br, zstd"}, {"Accept-Encoding": "gzip"}


def client_of(*answering: Middleware) -> TestClient:
    async def beyond(request):
        return PlainTextResponse("from beyond")

    return TestClient(Starlette(routes=[Route("/{path:path}", beyond)], middleware=answering))


@pytest.fixture
def client() -> TestClient:
    return client_of(*middleware(MESSAGES))


@pytest.fixture
def ours(tmp_path) -> Path:
    """A script of our own, below /files/ of `own`."""
    script = tmp_path / "page.js"
    script.write_bytes((STATIC_DIR / "page.js").read_bytes())
    return script


@pytest.fixture
def own(ours) -> TestClient:
    return client_of(Middleware(CompressedStaticMiddleware, folders={"/files/": ours.parent}))


@pytest.mark.parametrize(("accepted", "coding"), [(BROTLI, "br"), (GZIP, "gzip")], ids=["brotli", "gzip"])
def test_a_script_of_streamlit_is_compressed(client, accepted, coding):
    response = client.get(ADDRESS, headers=accepted)

    assert response.headers["content-encoding"] == coding
    assert response.content == SCRIPT.read_bytes()
    assert int(response.headers["content-length"]) < SCRIPT.stat().st_size / 2


@pytest.mark.parametrize("accepted", ["br;q=0, gzip", "gzip;q=1.0, BR; q=0.0"])
def test_a_coding_of_weight_zero_is_not_sent(client, accepted):
    assert client.get(ADDRESS, headers={"Accept-Encoding": accepted}).headers["content-encoding"] == "gzip"


def test_nobody_waits_for_the_best_compression_and_later_visitors_have_it(own, ours):
    def size() -> int:
        response = own.get("/files/page.js", headers=BROTLI)
        assert response.content == ours.read_bytes()
        return int(response.headers["content-length"])

    with StaticFile.one_at_a_time:
        fast = size()

    wait_until(lambda: size() < fast)


def test_a_file_that_has_changed_is_compressed_anew(own, ours):
    before = own.get("/files/page.js", headers=BROTLI)
    ours.write_text("const story = 'another';")
    os.utime(ours, ns=(1, 1))
    after = own.get("/files/page.js", headers=BROTLI)

    assert after.text == "const story = 'another';"
    assert after.headers["etag"] != before.headers["etag"]


def test_a_browser_that_has_the_file_gets_304(own):
    etag = own.get("/files/page.js", headers=BROTLI).headers["etag"]

    response = own.get("/files/page.js", headers={**BROTLI, "If-None-Match": etag})

    assert (response.status_code, response.content) == (304, b"")


@pytest.mark.parametrize("accepted", [BROTLI, {"Accept-Encoding": "identity"}], ids=["brotli", "identity"])
def test_a_file_that_is_removed_is_not_found(accepted, tmp_path):
    (tmp_path / "page.js").write_bytes(b"")
    files = Mount("/files", StaticFiles(directory=tmp_path))
    compression = Middleware(CompressedStaticMiddleware, folders={"/files/": tmp_path})
    client = TestClient(Starlette(routes=[files], middleware=[compression]))
    assert client.get("/files/page.js", headers=accepted).status_code == 200

    (tmp_path / "page.js").unlink()

    assert client.get("/files/page.js", headers=accepted).status_code == 404


def test_of_many_requests_at_once_one_begins_the_best_compression(own, monkeypatch):
    qualities, started, compress = [], threading.Barrier(8), brotli.compress
    read_bytes = Path.read_bytes

    def slow_read(path: Path) -> bytes:
        time.sleep(0.1)  # nothing is waited for: without a lock, the others would read meanwhile
        return read_bytes(path)

    def get() -> None:
        started.wait()
        own.get("/files/page.js", headers=BROTLI)

    monkeypatch.setattr(Path, "read_bytes", slow_read)
    monkeypatch.setattr(brotli, "compress", lambda content, quality: qualities.append(quality) or compress(content))
    with StaticFile.one_at_a_time, ThreadPoolExecutor(8) as visitors:
        for each in [visitors.submit(get) for _ in range(8)]:
            each.result()
    wait_until(lambda: not [each for each in threading.enumerate() if each.name == "compression"])

    assert qualities.count(BEST_QUALITY) == 1


def test_only_a_file_with_a_hash_in_its_name_is_immutable(client):
    assert "immutable" in client.get(ADDRESS).headers["cache-control"]
    assert client.get("/files/page.js").headers["cache-control"] == "no-cache"


def test_an_answer_depends_on_what_the_browser_accepts(client):
    assert client.get(ADDRESS).headers["vary"] == "Accept-Encoding"
    plain = client.get(ADDRESS, headers={"Accept-Encoding": "identity"})
    assert (plain.text, plain.headers["vary"]) == ("from beyond", "Accept-Encoding")


ELSEWHERE = ["/", "/static/js/nothing.js", "/static/%2e%2e/index.html", "/static/../../config.py", "/images/x.js"]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_the_app_answers_for_all_else(client, address):
    assert client.get(address).text == "from beyond"


FRAME = "component/streamlit_folium.st_folium/static/js/main.521860b0.js"


@pytest.mark.parametrize("address", ["files/page.js", "files/map.css", "leaflet/leaflet.js", FRAME])
@pytest.mark.parametrize("base", ["", "exhibition/"])
def test_our_scripts_and_the_maps_are_compressed_as_well_and_below_a_base_path(address, base):
    response = client_of(*middleware(MESSAGES, base)).get(f"/{base}{address}", headers=BROTLI)

    assert response.headers["content-encoding"] == "br"


def test_streamlit_still_names_its_files_as_we_expect():
    page = (STREAMLIT_STATIC_DIR / "index.html").read_text("utf-8")

    assert re.search(r"\./static/js/index\.[\w-]{8}\.js", page)
