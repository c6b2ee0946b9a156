"""Documents that are expensive to create: once for all requests, and anew for a new version."""

import asyncio
import gc
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.conftest import load_valid
from tour.model import Exhibition
from tour.web.document_cache import MAX_PENDING_PER_CLIENT, MAX_ROOTS, DocumentCache

BASE = "https://museum.example/"
WORDS = "The quay was built in 1899. " * 200


class Site:
    """A document at /, which counts how often it is created."""

    def __init__(self, exhibition: Exhibition):
        self.exhibition, self.documents, self.creations = exhibition, DocumentCache(), 0
        self.fault: Exception | None = None
        self.has_begun, self.may_end = threading.Event(), threading.Event()
        self.may_end.set()
        app = Starlette(routes=[Route("/", self.document)])
        self.client = TestClient(app, raise_server_exceptions=False)

    async def document(self, request):
        base = request.query_params.get("base", BASE)
        return await self.documents.answer(request, self.exhibition, "text", base, "text/plain", self.make)

    def make(self) -> str:
        self.creations += 1
        self.has_begun.set()
        self.may_end.wait(20)
        if self.fault:
            raise self.fault
        return WORDS


@pytest.fixture
def site(folders):
    site = Site(load_valid(*folders))
    with site.client:
        yield site


def test_thirty_requests_at_once_and_a_later_one_get_the_same_document(site):
    methods = ["GET", "HEAD", "GET"] * 10
    with ThreadPoolExecutor(len(methods)) as visitors:
        site.may_end.clear()
        futures = [visitors.submit(site.client.request, method, "/") for method in methods]
        site.has_begun.wait(20)
        assert not any(each.done() for each in futures)
        site.may_end.set()
        answers = [each.result(20) for each in futures]
    later = site.client.get("/")

    assert {response.status_code for response in answers} == {200}
    assert {response.text for response in answers} == {WORDS, ""}
    assert later.text == WORDS
    assert site.creations == 1


def test_one_client_has_a_limited_number_of_pending_documents(site):
    site.may_end.clear()
    with ThreadPoolExecutor(40) as visitors:
        futures = [
            visitors.submit(site.client.get, f"/?base=https://{n}.example/") for n in range(MAX_PENDING_PER_CLIENT + 5)
        ]
        refused = next(each.result(20) for each in as_completed(futures))
        site.may_end.set()
        answers = [each.result(20).status_code for each in futures]

    assert (refused.status_code, refused.headers["retry-after"]) == (503, "60")
    assert answers.count(200) >= MAX_PENDING_PER_CLIENT


def test_a_browser_that_has_it_gets_304_and_it_is_not_created_again(site):
    tag = site.client.get("/").headers["etag"]
    again = site.client.get("/", headers={"If-None-Match": tag})

    assert (again.status_code, again.content, site.creations) == (304, b"", 1)


def test_it_is_compressed_for_browsers_that_accept_it_and_plain_for_others(site):
    small = site.client.get("/", headers={"Accept-Encoding": "gzip"})
    plain = site.client.get("/", headers={"Accept-Encoding": "identity, gzip;q=0"})

    assert small.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert int(small.headers["content-length"]) < int(plain.headers["content-length"]) / 10
    assert small.text == plain.text == WORDS
    assert small.headers["vary"] == "Accept-Encoding"


def test_another_root_or_version_has_its_own(site, folders):
    site.client.get("/")
    site.client.get("/?base=https://other.example/")
    site.exhibition = load_valid(*folders)
    site.client.get("/")

    assert site.creations == 3


def test_two_roots_in_turn_are_created_once_each(site):
    for _ in range(3):
        site.client.get("/?base=https://www.museum.example/")
        site.client.get("/?base=https://museum.example/")

    assert site.creations == 2


def test_few_roots_are_kept_and_the_one_in_use_is_among_them(site):
    for number in range(3 * MAX_ROOTS):
        site.client.get(f"/?base=https://{number}.example/")
        site.client.get("/")

    (roots,) = site.documents.by_exhibition[site.exhibition].values()
    assert len(roots) == MAX_ROOTS
    assert site.creations == 3 * MAX_ROOTS + 1


def test_the_cache_goes_with_its_version(site, folders):
    site.client.get("/")
    site.exhibition = load_valid(*folders)
    gc.collect()

    assert len(site.documents.by_exhibition) == 0


def test_an_error_is_not_cached(site):
    site.fault = OSError("The disk is gone.")
    assert site.client.get("/").status_code == 500
    site.fault = None

    assert site.client.get("/").text == WORDS


def test_one_is_created_at_a_time_and_a_client_with_one_request_is_soon_next():
    async def order() -> list[str]:
        documents, order = DocumentCache(), []

        async def create(client: str) -> None:
            await documents._create(documents.clients.get(client), "text/plain", lambda: order.append(client) or "")

        await asyncio.gather(*(create("greedy") for _ in range(20)), create("modest"))
        return order

    assert "modest" in asyncio.run(order())[:3]
