"""Slow images delay only the requests for them."""

import threading
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.conftest import load_valid
from tour.images import derivatives
from tour.web import conditional, image_routes
from tour.web.app import routes

REQUESTS = 60  # more than a server has threads
TIMEOUT = 10  # seconds


@pytest.fixture
def stuck():
    """The image pool, both of whose threads are busy until the test ends."""
    end = threading.Event()
    jobs = [image_routes.IMAGE_POOL.submit(end.wait) for _ in range(2)]
    yield end
    end.set()
    wait(jobs)


@pytest.fixture
def client(folders, monkeypatch):
    """One server, which many may ask at once."""
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))
    monkeypatch.setenv("TOUR_MEDIA", str(folders[1]))
    with TestClient(Starlette(routes=routes())) as client:
        yield client


@pytest.fixture
def names(folders):
    return [each.name for each in derivatives.needed(load_valid(*folders), folders[1])]


def test_who_asks_for_sixty_slow_pictures_keeps_no_page_waiting(client, names, stuck):
    urls = [f"/images/{names[number % len(names)]}" for number in range(REQUESTS)]
    with ThreadPoolExecutor(REQUESTS + 2) as visitors:
        slow = [visitors.submit(client.get, each) for each in [*urls, "/cards/none.jpg"]]

        assert visitors.submit(client.get, "/?stop=quay").result(TIMEOUT).status_code == 200
        assert not any(each.done() for each in slow)

        stuck.set()
        assert [each.result(TIMEOUT).status_code for each in slow] == [200] * REQUESTS + [404]


def test_a_picture_that_is_cached_does_not_wait(client, names, request):
    client.get(f"/images/{names[0]}")
    request.getfixturevalue("stuck")

    with ThreadPoolExecutor(1) as visitor:
        assert visitor.submit(client.get, f"/images/{names[0]}").result(TIMEOUT).status_code == 200


def test_a_request_that_waits_too_long_gets_a_friendly_message(stuck, monkeypatch):
    monkeypatch.setattr(conditional, "QUEUE_TIMEOUT", 0.1)
    slow = image_routes.image_endpoint(lambda name: b"made", "It failed.")
    client = TestClient(Starlette(routes=[Route("/slow/{name}", slow)]))

    response = client.get("/slow/quay-000000000000-480.jpg")

    assert (response.status_code, response.text, response.headers["retry-after"]) == (503, image_routes.OVERLOADED, "0")
