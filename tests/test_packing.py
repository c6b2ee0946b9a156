"""Streamlit's own files, compressed once."""

import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from tour.house import STREAMLIT
from tour.serving.packing import PackedStatic

SCRIPT = next((STREAMLIT / "static" / "js").glob("index.*.js"))
ADDRESS = f"/static/js/{SCRIPT.name}"


@pytest.fixture
def client():
    async def beyond(request):
        return PlainTextResponse("from beyond")

    return TestClient(Starlette(routes=[Route("/{path:path}", beyond)], middleware=[Middleware(PackedStatic)]))


def test_a_script_of_streamlits_arrives_whole_and_small(client):
    answer = client.get(ADDRESS)

    assert answer.headers["content-encoding"] == "gzip"
    assert answer.content == SCRIPT.read_bytes()
    assert int(answer.headers["content-length"]) < SCRIPT.stat().st_size / 2


def test_a_file_with_a_hash_in_its_name_may_be_kept_for_ever(client):
    assert "immutable" in client.get(ADDRESS).headers["cache-control"]


def test_an_answer_depends_on_what_the_browser_accepts(client):
    assert client.get(ADDRESS).headers["vary"] == "Accept-Encoding"
    assert client.get(ADDRESS, headers={"Accept-Encoding": "identity"}).text == "from beyond"


ELSEWHERE = ["/", "/static/js/nothing.js", "/static/%2e%2e/index.html", "/static/../../config.py", "/images/x.js"]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_all_else_goes_on(client, address):
    assert client.get(address).text == "from beyond"


def test_a_base_path_makes_no_difference(client):
    assert client.get(f"/exhibition{ADDRESS}").headers["content-encoding"] == "gzip"


def test_streamlit_still_names_its_files_as_we_expect():
    page = (STREAMLIT / "index.html").read_text("utf-8")

    assert re.search(r"\./static/js/index\.[\w-]{8}\.js", page)
