"""At capacity new visitors get pages without the app, and those who have it notice nothing."""

import asyncio
import logging
import re
import time
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx2
import pytest
from lxml import html
from playwright.sync_api import expect
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from websockets.sync.client import connect

from tests.browser import DESKTOP, FIRST_WEBSOCKET_ONLY, Visit
from tests.conftest import few_file_descriptors, running_site, wait_until
from tests.nginx import running_nginx
from tests.websocket_echo import ECHO_MESSAGES, STEP_MESSAGE, close_code, echo, round_trip, websocket_url
from tour import typography
from tour.settings import settings
from tour.ui.protocol import MESSAGES
from tour.web.app import middleware, routes
from tour.web.clients import Clients, WebSocketLimits
from tour.web.middleware.capacity import CapacityMiddleware
from tour.web.middleware.websocket_limits import WebSocketLimitsMiddleware

STREAM = "/_stcore/stream"


@pytest.fixture
def client(monkeypatch):
    """The published site with room for one visitor, and an echo in place of the app."""
    monkeypatch.setenv("TOUR_MAX_SESSIONS", "1")
    return TestClient(Starlette(routes=[WebSocketRoute(STREAM, echo), *routes()], middleware=middleware(MESSAGES)))


@pytest.mark.parametrize(("language", "notice"), [("en", "Very many visitors"), ("ru", "очень много посетителей")])
def test_a_new_visitor_at_capacity_gets_the_stop_without_the_app(client, exhibitions, language, notice):
    stop = exhibitions[language].stop("broadgate")
    with client, client.websocket_connect(STREAM):
        response = client.get(f"/?stop=broadgate&lang={language}")

    page = html.fromstring(response.text)
    assert (response.status_code, response.headers["retry-after"]) == (503, "30")
    assert page.get("lang") == language
    assert page.findtext(".//h1") == typography.typeset_text(stop.title)
    assert typography.typeset_text(notice) in page.xpath("string(//*[@role='status'])")
    assert page.xpath("//a[@rel='next']/@href")
    assert "_stcore" not in response.text
    assert [each for each in page.xpath("//script/@src") if "static/" in each] == []


def test_there_is_room_once_a_page_is_closed(client):
    with client:
        with client.websocket_connect(STREAM):
            assert client.get("/").status_code == 503
        assert client.get("/").status_code == 200


def test_open_pages_go_on_and_one_more_is_rejected(client):
    with client, client.websocket_connect(STREAM) as one:
        with client.websocket_connect(STREAM) as other:
            assert close_code(other) == 1013
        assert round_trip(one) == STEP_MESSAGE


@pytest.mark.parametrize("address", ["/text", "/tour.json", "/files/base.css", "/images/none.jpg", "/sitemap.xml"])
def test_all_other_addresses_respond_as_ever_at_capacity(client, address):
    with client:
        before = client.get(address).status_code
        with client.websocket_connect(STREAM):
            assert client.get(address).status_code == before


@contextmanager
def with_an_idle_page(idle: float = 0.0):
    """The same, in which a page that has been idle for so long is closed for another; the client, and that page."""
    clients = Clients(WebSocketLimits(max_sessions=1, idle_seconds=idle, idle_weight=idle))
    full = Middleware(CapacityMiddleware, root="/", clients=clients)
    guards = [Middleware(WebSocketLimitsMiddleware, messages=ECHO_MESSAGES, clients=clients), full]
    client = TestClient(Starlette(routes=[WebSocketRoute(STREAM, echo), *routes()], middleware=guards))
    with client, client.websocket_connect(STREAM) as line:
        yield client, line


def test_the_idlest_page_is_closed_for_a_new_one():
    with with_an_idle_page() as (client, idle):
        assert client.get("/").status_code == 200
        with client.websocket_connect(STREAM) as newcomer:
            assert close_code(idle) == 1013
            assert round_trip(newcomer) == STEP_MESSAGE


def test_a_page_that_has_just_been_used_is_not_closed():
    with with_an_idle_page(idle=60) as (client, busy):
        assert client.get("/").status_code == 503
        with client.websocket_connect(STREAM) as newcomer:
            assert close_code(newcomer) == 1013
        assert round_trip(busy) == STEP_MESSAGE


def test_a_page_that_reconnects_closes_no_other():
    page = ["streamlit", "PLACEHOLDER_AUTH_TOKEN", "a-session"]
    with with_an_idle_page() as (client, idle):
        with client.websocket_connect(STREAM, subprotocols=page) as back:
            assert close_code(back) == 1013
        assert round_trip(idle) == STEP_MESSAGE


def test_one_idle_page_is_closed_for_one_new_page_only():
    async def lingering(scope, receive, send):
        await receive()
        await send({"type": "websocket.accept"})
        inside.add(scope["client"])
        while (await receive())["type"] != "websocket.disconnect":
            pass
        await leave.wait()
        inside.discard(scope["client"])

    async def come(number: int) -> None:
        messages = asyncio.Queue()
        messages.put_nowait({"type": "websocket.connect"})
        came = {"type": "websocket", "path": STREAM, "headers": [], "subprotocols": ["streamlit"]}
        visits.append(asyncio.create_task(site({**came, "client": (f"203.0.113.{number}", 5)}, messages.get, swallow)))

    async def swallow(message) -> None:
        pass

    async def run() -> None:
        await come(1)
        await asyncio.wait_for(until_inside(1), 20)
        next(iter(clients.by_address["203.0.113.1"].connections)).last_active -= 120
        for number in range(2, 8):
            await come(number)
        await asyncio.wait(visits[2:], timeout=20)
        assert len(inside) == 2  # one of them is to be closed
        leave.set()
        await asyncio.gather(*visits[:1])
        assert inside == {("203.0.113.2", 5)}
        for visit in visits:
            visit.cancel()

    async def until_inside(count: int) -> None:
        while len(inside) < count:
            await asyncio.sleep(0)

    inside, visits, leave = set(), [], asyncio.Event()
    clients = Clients(WebSocketLimits(max_sessions=1))
    guarded = CapacityMiddleware(lingering, "/", clients)
    site = WebSocketLimitsMiddleware(guarded, ECHO_MESSAGES, clients)
    asyncio.run(run())


class Open:
    """An open page that has been idle for so many seconds."""

    def __init__(self, idle: float):
        self.last_active, self.is_closed = time.monotonic() - idle, False


@pytest.mark.parametrize(
    ("idle", "makes_room"),
    [
        ({"one": [300], "other": [200]}, ("one", 0)),
        ({"one": [300], "many": [20, 30, 15, 20] * 25}, ("many", 1)),  # an address that opens a hundred pages
        ({"class": [5] * 30, "one": [70]}, ("one", 0)),  # pupils who step
        ({"class": [5] * 30, "one": [50]}, None),
    ],
)
def test_the_longest_idle_page_is_closed_and_sooner_one_of_many_at_one_address(idle, makes_room):
    clients, pages = Clients(), {}
    for address, seconds in idle.items():
        pages[address] = [Open(each) for each in seconds]
        clients.get(address).connections.update(pages[address])

    assert clients.idlest() is (makes_room and pages[makes_room[0]][makes_room[1]])


def test_the_operator_is_warned_once_with_a_hint(client, caplog):
    with client, client.websocket_connect(STREAM), caplog.at_level(logging.WARNING, "tour"):
        client.get("/")
        client.get("/")

    assert len(caplog.messages) == 1
    assert "TOUR_MAX_SESSIONS" in caplog.text


def test_without_valid_content_the_page_at_capacity_says_so(client, folders, monkeypatch):
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))
    (folders[0] / "exhibition.toml").unlink()
    with client, client.websocket_connect(STREAM):
        response = client.get("/")

    assert (response.status_code, "being prepared" in response.text) == (503, True)


@pytest.mark.parametrize(("value", "limit"), [("", 1000), ("600", 600), ("many", 1000), ("0", 1000), ("-5", 1000)])
def test_a_limit_that_is_no_number_is_logged_and_ignored(monkeypatch, caplog, value, limit):
    monkeypatch.setenv("TOUR_MAX_SESSIONS", value)

    assert settings().max_sessions == limit
    assert ("TOUR_MAX_SESSIONS" in caplog.text) == (value not in ("", "600"))


def test_with_hardly_any_files_left_to_open_there_is_no_room(client, monkeypatch):
    monkeypatch.setenv("TOUR_MAX_SESSIONS", "1000")
    with client:
        client.get("/")
        with few_file_descriptors(room=20):
            assert client.get("/").status_code == 503
        assert client.get("/").status_code == 200


@pytest.fixture(scope="module")
def small_site():
    """The published site with room for one visitor."""
    with running_site(TOUR_MAX_SESSIONS="1") as site:
        yield site


def test_a_visitor_at_capacity_reads_on_and_gets_the_app_later(browser, small_site, exhibition, device):
    first, second, third = exhibition.stops[:3]
    inside, outside = Visit(browser, small_site, DESKTOP), Visit(browser, small_site, device)
    inside.open(f"?stop={first.slug}")
    outside.page.goto(f"{small_site}/?stop={first.slug}")

    outside.page.get_by_role("link", name=re.compile("^Next")).click()
    outside.at(second)
    expect(outside.page.get_by_text("Very many visitors are here just now")).to_be_visible()
    inside.page.get_by_role("button", name="Next").click()
    inside.at(second)

    inside.context.close()
    wait_until(lambda: httpx2.get(small_site, timeout=60).status_code == 200)
    outside.page.get_by_role("link", name="Try again").click()
    outside.page.get_by_role("button", name="Next").click()
    outside.at(third)
    outside.context.close()
    wait_until(lambda: httpx2.get(small_site, timeout=60).status_code == 200)


def test_a_visitor_whose_page_was_closed_goes_on_by_its_links(browser, small_site, exhibition, device):
    reader = Visit(browser, small_site, device)
    reader.context.add_init_script(FIRST_WEBSOCKET_ONLY)
    page = reader.open(f"?stop={exhibition.stops[0].slug}")

    page.evaluate("lastSocket.close()")
    wait_until(lambda: httpx2.get(small_site, timeout=60).status_code == 200)
    with connect(websocket_url(small_site), open_timeout=60):
        line = page.get_by_role("status").filter(has_text="The connection is lost")
        line.get_by_role("link", name=re.compile("^Next")).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(exhibition.stops[1].title)
        expect(page.get_by_text("Very many visitors are here just now")).to_be_visible()

    reader.context.close()
    wait_until(lambda: httpx2.get(small_site, timeout=60).status_code == 200)


def test_nginx_passes_the_page_at_capacity_on(small_site, tmp_path, exhibition):
    with (
        running_nginx(tmp_path, [urlsplit(small_site).port]) as nginx,
        connect(websocket_url(small_site), open_timeout=60),
    ):
        response = httpx2.get(f"{nginx.address}/?stop=broadgate", timeout=60)

    assert (response.status_code, response.headers["retry-after"]) == (503, "30")
    assert exhibition.stop("broadgate").title in response.text
