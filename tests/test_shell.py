"""What we add to Streamlit's HTML."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from tour.packing import STATIC
from tour.shell import END_OF_HEAD, HEAD, Shell

PAGE = "<html><head><title>Streamlit</title></head><body></body></html>"


@pytest.fixture
def client():
    async def page(request):
        return HTMLResponse(PAGE, headers={"ETag": "theirs"})

    async def text(request):
        return PlainTextResponse("</head>")

    async def headless(request):
        return HTMLResponse("<p>No head</p>")

    routes = [
        Route("/", page),
        Route("/text", text),
        Route("/headless", headless),
        Route("/component/map/index.html", page),
    ]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Shell)]))


def test_our_style_sheet_is_in_the_head_of_the_page(client):
    answer = client.get("/")

    assert answer.content == PAGE.encode().replace(END_OF_HEAD, HEAD + END_OF_HEAD)
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert "etag" not in answer.headers


def test_head_tells_the_length_of_the_page(client):
    assert client.head("/").headers["content-length"] == client.get("/").headers["content-length"]


@pytest.mark.parametrize(("address", "text"), [("/text", "</head>"), ("/headless", "<p>No head</p>")])
def test_what_is_no_page_of_that_shape_goes_through(client, address, text):
    assert client.get(address).text == text


def test_the_frame_of_the_map_is_left_alone(client):
    assert client.get("/component/map/index.html").text == PAGE


def test_streamlits_page_still_has_the_shape_that_we_rewrite():
    assert (STATIC / "index.html").read_bytes().count(END_OF_HEAD) == 1
