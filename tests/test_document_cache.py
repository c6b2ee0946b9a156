"""What is costly is made once for all who ask, and anew for a new edition."""

import asyncio
import gc
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from tour.model import Exhibition
from tour.validation.validate import load_valid
from tour.web.document_cache import MAX_PENDING_PER_CLIENT, DocumentCache

BASE = "https://museum.example/"
WORDS = "The quay was built in 1899. " * 200


class Site:
    """A document at /, of which it is known how often it has been made."""

    def __init__(self, exhibition: Exhibition):
        self.exhibition, self.documents, self.makings = exhibition, DocumentCache(), 0
        self.fault: Exception | None = None
        self.has_begun, self.may_end = threading.Event(), threading.Event()
        self.may_end.set()
        app = Starlette(routes=[Route("/", self.document)])
        self.client = TestClient(app, raise_server_exceptions=False)

    async def document(self, request):
        base = request.query_params.get("base", BASE)
        return await self.documents.answer(request, self.exhibition, "text", base, "text/plain", self.make)

    def make(self) -> str:
        self.makings += 1
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


def test_thirty_who_ask_at_once_and_later_get_the_same_one(site):
    methods = ["GET", "HEAD", "GET"] * 10
    with ThreadPoolExecutor(len(methods)) as visitors:
        site.may_end.clear()
        asked = [visitors.submit(site.client.request, method, "/") for method in methods]
        site.has_begun.wait(20)
        assert not any(each.done() for each in asked)
        site.may_end.set()
        answers = [each.result(20) for each in asked]
    later = site.client.get("/")

    assert {answer.status_code for answer in answers} == {200}
    assert {answer.text for answer in answers} == {WORDS, ""}
    assert later.text == WORDS
    assert site.makings == 1


def test_one_client_has_so_many_documents_made_at_once_and_no_more(site):
    site.may_end.clear()
    with ThreadPoolExecutor(40) as visitors:
        asked = [
            visitors.submit(site.client.get, f"/?base=https://{n}.example/") for n in range(MAX_PENDING_PER_CLIENT + 5)
        ]
        refused = next(each.result(20) for each in as_completed(asked))
        site.may_end.set()
        answers = [each.result(20).status_code for each in asked]

    assert (refused.status_code, refused.headers["retry-after"]) == (503, "60")
    assert answers.count(200) >= MAX_PENDING_PER_CLIENT


def test_a_browser_that_has_it_is_told_so_without_making_it_again(site):
    tag = site.client.get("/").headers["etag"]
    again = site.client.get("/", headers={"If-None-Match": tag})

    assert (again.status_code, again.content, site.makings) == (304, b"", 1)


def test_it_is_compressed_for_whom_takes_it_so_and_plain_for_others(site):
    small = site.client.get("/", headers={"Accept-Encoding": "gzip"})
    plain = site.client.get("/", headers={"Accept-Encoding": "identity, gzip;q=0"})

    assert small.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert int(small.headers["content-length"]) < int(plain.headers["content-length"]) / 10
    assert small.text == plain.text == WORDS
    assert small.headers["vary"] == "Accept-Encoding"


def test_another_root_or_edition_has_its_own(site, folders):
    site.client.get("/")
    site.client.get("/?base=https://other.example/")
    site.exhibition = load_valid(*folders)
    site.client.get("/")

    assert site.makings == 3


def test_what_is_kept_goes_with_its_edition(site, folders):
    site.client.get("/")
    site.exhibition = load_valid(*folders)
    gc.collect()

    assert len(site.documents.by_exhibition) == 0


def test_a_fault_is_not_kept(site):
    site.fault = OSError("The disk is gone.")
    assert site.client.get("/").status_code == 500
    site.fault = None

    assert site.client.get("/").text == WORDS


def test_one_is_made_at_a_time_and_who_asks_little_waits_for_no_crowd():
    async def order() -> list[str]:
        documents, order = DocumentCache(), []

        async def create(client: str) -> None:
            await documents._create(documents._client(client), "text/plain", lambda: order.append(client) or "")

        await asyncio.gather(*(create("greedy") for _ in range(20)), create("modest"))
        return order

    assert "modest" in asyncio.run(order())[:3]
