"""Limits of websockets: which messages, at which rate, and how many connections."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.websocket_echo import ECHO_MESSAGES, HIGH_LIMITS, STEP_MESSAGE, close_code, echo, round_trip, websocket_url
from tour.ui.protocol import ALLOWED_TYPES, MESSAGES
from tour.web.clients import Client, Clients, PeerMiddleware, WebSocketLimits, client_address
from tour.web.fair_queue import FairQueue
from tour.web.middleware.websocket_limits import WebSocketLimitsMiddleware
from tour.web.rate_limiter import RateLimiter
from tour.web.websocket_connection import ThrottledConnection

pytestmark = pytest.mark.timed

STEPS = 40


def limited_echo(**limits) -> TestClient:
    """A server that echoes messages, with these limits and high ones for the rest."""
    guard = Middleware(
        WebSocketLimitsMiddleware, messages=ECHO_MESSAGES, clients=Clients(WebSocketLimits(**{**HIGH_LIMITS, **limits}))
    )
    return TestClient(Starlette(routes=[WebSocketRoute("/", echo)], middleware=[guard]))


OTHERS = [each.name for each in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields if each.name not in ALLOWED_TYPES]


@pytest.mark.parametrize("name", OTHERS)
def test_a_message_that_no_page_sends_closes_the_connection_before_streamlit_sees_it(name):
    message = BackMsg()
    field = BackMsg.DESCRIPTOR.fields_by_name[name]
    if field.message_type:
        getattr(message, name).SetInParent()
    else:
        setattr(message, name, "x" if field.type == field.TYPE_STRING else True)
    with limited_echo().websocket_connect("/") as websocket:
        round_trip(websocket)
        websocket.send_bytes(message.SerializeToString())
        assert close_code(websocket) == 1008


@pytest.mark.parametrize("content", [b"", b"\xff" * 40, BackMsg().SerializeToString()])
def test_an_invalid_message_closes_the_connection(content):
    with limited_echo().websocket_connect("/") as websocket:
        websocket.send_bytes(content)
        assert close_code(websocket) == 1008


def test_a_text_message_closes_the_connection():
    with limited_echo().websocket_connect("/") as websocket:
        websocket.send_text("x")
        assert close_code(websocket) == 1003


def test_a_connection_without_a_first_message_is_closed():
    with limited_echo(first_message_timeout=0.05).websocket_connect("/") as websocket:
        assert close_code(websocket) == 1008


def test_a_connection_that_has_sent_a_message_may_be_idle():
    with limited_echo(first_message_timeout=0.05).websocket_connect("/") as websocket:
        round_trip(websocket)
        with pytest.raises(TimeoutError), ThreadPoolExecutor(1) as waiting:
            try:
                waiting.submit(websocket.receive_bytes).result(timeout=0.3)
            finally:
                websocket.send_bytes(STEP_MESSAGE)


def test_a_burst_is_answered_at_once_and_more_a_little_later():
    with limited_echo(rate=5, burst=10).websocket_connect("/") as websocket:
        waits = []
        for _ in range(16):
            began = time.monotonic()
            round_trip(websocket)
            waits.append(time.monotonic() - began)

    assert sum(waits[:10]) < 0.5 < sum(waits[10:])


def test_a_flood_without_end_is_closed():
    with limited_echo(rate=50, burst=1, max_backlog=0.2).websocket_connect("/") as websocket:
        for _ in range(100):
            websocket.send_bytes(STEP_MESSAGE)
        with pytest.raises(WebSocketDisconnect) as closed:
            for _ in range(100):
                websocket.receive_bytes()
    assert closed.value.code == 1008


def test_connections_of_one_address_share_its_rate():
    client = limited_echo(client_rate=5, client_burst=5)
    with client, client.websocket_connect("/") as one, client.websocket_connect("/") as other:
        began = time.monotonic()
        for _ in range(5):
            round_trip(one)
            round_trip(other)

    assert time.monotonic() - began > 0.8


def test_one_address_has_a_limited_number_of_connections():
    client = limited_echo(max_connections=2)
    with client, client.websocket_connect("/") as one:
        with client.websocket_connect("/"):
            with client.websocket_connect("/", subprotocols=["streamlit"]) as third:
                assert close_code(third) == 1013
            assert round_trip(one)
        with client.websocket_connect("/") as again:
            assert round_trip(again)


def test_messages_for_a_connection_that_the_server_closed_are_dropped_silently():
    async def press():
        return {"type": "websocket.receive", "bytes": STEP_MESSAGE}

    async def refuse(message):
        raise RuntimeError("Unexpected ASGI message 'websocket.send', after sending 'websocket.close'.")

    async def heard() -> str:
        websocket = ThrottledConnection(Client(WebSocketLimits()), FairQueue(), ECHO_MESSAGES, press, refuse)
        await websocket.send({"type": "websocket.send", "bytes": b"y"})
        return (await websocket.receive())["type"]

    assert asyncio.run(heard()) == "websocket.disconnect"


@pytest.mark.parametrize(
    ("origin", "is_accepted"),
    [
        (None, True),
        ("http://testserver", True),
        ("https://testserver", True),  # TLS ends at a proxy
        ("https://exhibition.example", True),
        ("https://testserver.elsewhere.example", False),
        ("http://testserver:81", False),
        ("https://museum.example", False),
        ("http://localhost", False),
        ("null", False),
        ("", False),
    ],
)
def test_only_a_page_of_the_requested_host_or_of_the_base_url_is_accepted(origin, is_accepted, monkeypatch):
    monkeypatch.setenv("TOUR_BASE_URL", "https://exhibition.example/tour/")
    monkeypatch.setenv("TOUR_FRAME_ANCESTORS", "https://museum.example")
    headers = {} if origin is None else {"Origin": origin}

    with ExitStack() as lines:
        if not is_accepted:
            lines.enter_context(pytest.raises(WebSocketDisconnect))
        round_trip(lines.enter_context(limited_echo().websocket_connect("/", headers=headers)))


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "192.0.2.1, 203.0.113.9", "203.0.113.9"),
        ("::ffff:127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("172.17.0.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "192.0.2.1, 203.0.113.9, 172.17.0.1", "203.0.113.9"),  # two proxies, one behind the other
        ("127.0.0.1", "203.0.113.9, 172.17.0.2, 172.17.0.1", "203.0.113.9"),
        ("172.17.0.1", "192.0.2.1, unknown", "172.17.0.1"),
        ("127.0.0.1", "203.0.113.9:4444", "203.0.113.9"),
        ("127.0.0.1", "[2001:db8:1:2:3:4:5:6]:4444", "2001:db8:1:2::/64"),
        ("127.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "[::FFFF:cb00:7109]:4444", "203.0.113.9"),
        ("127.0.0.1", "::ffff:192.0.2.1, ::ffff:203.0.113.9, ::ffff:172.17.0.1", "203.0.113.9"),
        ("::ffff:172.17.0.2", "203.0.113.9, [::ffff:172.17.0.1]:443", "203.0.113.9"),
    ],
)
def test_only_a_trusted_proxy_says_who_its_client_is(peer, forwarded, client):
    addresses = []
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []

    async def app(scope, receive, send):
        addresses.append(client_address(scope))

    server = PeerMiddleware(ProxyHeadersMiddleware(app, "127.0.0.1,::1,172.17.0.0/16,nonsense"))
    asyncio.run(server({"type": "websocket", "client": (peer, 5), "headers": headers}, None, None))

    assert addresses == [client]


def test_a_pause_restores_the_burst():
    limiter = RateLimiter(rate=10, burst=3)

    assert [round(limiter.reserve(0), 3) for _ in range(5)] == [0, 0, 0, 0.1, 0.2]
    assert not limiter.is_idle(0.4)
    assert limiter.is_idle(0.6)
    assert [round(limiter.reserve(60), 3) for _ in range(4)] == [0, 0, 0, 0.1]


def step_to(stop) -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = f"?stop={stop.slug}"
    return message.SerializeToString()


def walk(websocket, stops) -> float:
    """Seconds that some steps take together, each until its page has been drawn."""
    began = time.monotonic()
    for number in range(STEPS):
        websocket.send(step_to(stops[number % len(stops)]))
        while ForwardMsg.FromString(websocket.recv(timeout=120)).WhichOneof("type") != "script_finished":
            pass
    return time.monotonic() - began


@contextmanager
def flood(site: str, message: bytes, count: int):
    """Another visitor, who sends all that at once until cut off."""
    with connect(websocket_url(site), subprotocols=["streamlit"], close_timeout=1) as websocket:
        with suppress(ConnectionClosed):
            for _ in range(count):
                websocket.send(message)
        yield


def test_a_flood_of_one_visitor_slows_another_by_less_than_three_times(site, exhibition):
    stops = exhibition.stops
    with connect(websocket_url(site), subprotocols=["streamlit"]) as websocket:
        walk(websocket, stops)
        calm = walk(websocket, stops)
        with flood(site, step_to(stops[0]), 5000):
            disturbed = walk(websocket, stops)

    assert disturbed < 3 * calm


def test_nobody_takes_over_a_page_by_its_session(site, exhibition):
    with connect(websocket_url(site), subprotocols=["streamlit"]) as websocket:
        session = session_of(websocket, exhibition)
        with connect(websocket_url(site), subprotocols=["streamlit", "x", session]) as other:
            first = session_of(other, exhibition)
            walk(websocket, exhibition.stops)

    assert session and first not in ("", session)


def test_a_page_that_reconnects_resumes_its_session_unless_it_is_in_use(site, exhibition):
    with connect(websocket_url(site), subprotocols=["streamlit"]) as websocket:
        session = session_of(websocket, exhibition)
    again = ["streamlit", "x", session]
    with (
        connect(websocket_url(site), subprotocols=again) as back,
        connect(websocket_url(site), subprotocols=again) as other,
    ):
        assert session_of(back, exhibition) == session
        assert session_of(other, exhibition) != session
        walk(back, exhibition.stops)


def test_of_two_that_resume_a_session_at_once_one_has_it():
    protocols = []

    async def app(scope, receive, send):
        protocols.append(dict(scope["headers"])[b"sec-websocket-protocol"])
        await asyncio.sleep(0)

    async def come_at_once():
        came = {"type": "websocket", "headers": [], "subprotocols": ["streamlit", "x", "a-session"], "client": None}
        sockets = WebSocketLimitsMiddleware(app, MESSAGES, Clients())
        await asyncio.gather(*(sockets(came, None, None) for _ in range(2)))
        await sockets(came, None, None)

    asyncio.run(come_at_once())

    assert protocols == [b"streamlit, -, a-session", b"streamlit", b"streamlit, -, a-session"]


def session_of(websocket, exhibition) -> str:
    websocket.send(step_to(exhibition.stops[0]))
    while (message := ForwardMsg.FromString(websocket.recv(20))).WhichOneof("type") != "new_session":
        pass
    return message.new_session.initialize.session_id


def test_a_client_that_returns_after_a_moment_is_remembered():
    clients = Clients()
    had_much = clients.get("203.0.113.7")
    had_much.usage.add(1.0, time.monotonic())
    clients.get("203.0.113.8")

    assert clients.get("203.0.113.7") is had_much


def test_the_running_site_accepts_no_message_that_no_page_sends(site):
    with (
        connect(websocket_url(site), subprotocols=["streamlit"]) as websocket,
        pytest.raises(ConnectionClosed) as closed,
    ):
        websocket.send(BackMsg(load_git_info=True).SerializeToString())
        while True:
            websocket.recv(10)

    assert closed.value.rcvd.code == 1008
