"""What a websocket may ask, how quickly, and from how many places at once."""

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

from tour.ui.protocol import MESSAGES, USED
from tour.web.clients import Client, Clients, Limits, PeerMiddleware, client_address
from tour.web.fair_queue import FairQueue
from tour.web.middleware.websocket_limits import ThrottledConnection, WebSocketLimitsMiddleware
from tour.web.rate_limiter import RateLimiter

PLENTY = {"rate": 1000, "burst": 1000, "client_rate": 1000, "client_burst": 1000}
STEPS = 40
ECHOED = MESSAGES._replace(ends_run=bool)  # what the echo says is all there is
STEP = BackMsg(rerun_script={"query_string": "stop=quay"}).SerializeToString()


async def echo(websocket):
    await websocket.accept()
    while True:
        try:
            await websocket.send_bytes(await websocket.receive_bytes())
        except WebSocketDisconnect:
            return


def guarded(**limits) -> TestClient:
    """A server that says back what it is told, with these limits and plenty of the others."""
    guard = Middleware(WebSocketLimitsMiddleware, messages=ECHOED, clients=Clients(Limits(**{**PLENTY, **limits})))
    return TestClient(Starlette(routes=[WebSocketRoute("/", echo)], middleware=[guard]))


def said_back(line, words: bytes = STEP) -> bytes:
    line.send_bytes(words)
    return line.receive_bytes()


def closed_with(line) -> int:
    with pytest.raises(WebSocketDisconnect) as closed:
        line.receive_bytes()
    return closed.value.code


OTHERS = [each.name for each in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields if each.name not in USED]


@pytest.mark.parametrize("name", OTHERS)
def test_a_message_that_no_walk_needs_closes_the_line_before_streamlit_sees_it(name):
    asked = BackMsg()
    field = BackMsg.DESCRIPTOR.fields_by_name[name]
    if field.message_type:
        getattr(asked, name).SetInParent()
    else:
        setattr(asked, name, "x" if field.type == field.TYPE_STRING else True)
    with guarded().websocket_connect("/") as line:
        said_back(line)
        line.send_bytes(asked.SerializeToString())
        assert closed_with(line) == 1008


@pytest.mark.parametrize("content", [b"", b"\xff" * 40, BackMsg().SerializeToString()])
def test_what_is_no_message_of_streamlits_closes_the_line(content):
    with guarded().websocket_connect("/") as line:
        line.send_bytes(content)
        assert closed_with(line) == 1008


def test_text_which_the_app_never_sends_closes_the_line():
    with guarded().websocket_connect("/") as line:
        line.send_text("x")
        assert closed_with(line) == 1003


def test_who_says_nothing_is_let_go():
    with guarded(first_message_timeout=0.05).websocket_connect("/") as line:
        assert closed_with(line) == 1008


def test_who_has_spoken_may_be_silent():
    with guarded(first_message_timeout=0.05).websocket_connect("/") as line:
        said_back(line)
        with pytest.raises(TimeoutError), ThreadPoolExecutor(1) as waiting:
            try:
                waiting.submit(line.receive_bytes).result(timeout=0.3)
            finally:
                line.send_bytes(STEP)


def test_quick_presses_are_answered_at_once_and_more_of_them_a_little_later():
    with guarded(rate=5, burst=10).websocket_connect("/") as line:
        waits = []
        for _ in range(16):
            began = time.monotonic()
            said_back(line)
            waits.append(time.monotonic() - began)

    assert sum(waits[:10]) < 0.5 < sum(waits[10:])


def test_who_floods_without_end_is_sent_away():
    with guarded(rate=50, burst=1, max_backlog=0.2).websocket_connect("/") as line:
        for _ in range(100):
            line.send_bytes(STEP)
        with pytest.raises(WebSocketDisconnect) as closed:
            for _ in range(100):
                line.receive_bytes()
    assert closed.value.code == 1008


def test_many_lines_of_one_address_share_their_turns():
    client = guarded(client_rate=5, client_burst=5)
    with client, client.websocket_connect("/") as one, client.websocket_connect("/") as other:
        began = time.monotonic()
        for _ in range(5):
            said_back(one)
            said_back(other)

    assert time.monotonic() - began > 0.8


def test_one_address_has_so_many_lines_and_room_again_when_one_is_closed():
    client = guarded(connections=2)
    with client, client.websocket_connect("/") as one:
        with client.websocket_connect("/"):
            with client.websocket_connect("/", subprotocols=["streamlit"]) as third:
                assert closed_with(third) == 1013
            assert said_back(one)
        with client.websocket_connect("/") as again:
            assert said_back(again)


def test_what_waits_for_a_line_that_the_server_gave_up_is_dropped_without_a_word():
    async def press():
        return {"type": "websocket.receive", "bytes": STEP}

    async def refuse(message):
        raise RuntimeError("Unexpected ASGI message 'websocket.send', after sending 'websocket.close'.")

    async def heard() -> str:
        line = ThrottledConnection(Client(Limits()), FairQueue(), ECHOED, press, refuse)
        await line.send({"type": "websocket.send", "bytes": b"y"})
        return (await line.receive())["type"]

    assert asyncio.run(heard()) == "websocket.disconnect"


@pytest.mark.parametrize(
    ("origin", "is_let_in"),
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
def test_only_a_page_of_the_host_that_it_asks_or_of_the_sites_address_is_let_in(origin, is_let_in, monkeypatch):
    monkeypatch.setenv("TOUR_BASE_URL", "https://exhibition.example/tour/")
    monkeypatch.setenv("TOUR_FRAME_ANCESTORS", "https://museum.example")
    headers = {} if origin is None else {"Origin": origin}

    with ExitStack() as lines:
        if not is_let_in:
            lines.enter_context(pytest.raises(WebSocketDisconnect))
        said_back(lines.enter_context(guarded().websocket_connect("/", headers=headers)))


@pytest.mark.parametrize(
    ("peer", "forwarded", "meant"),
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
    ],
)
def test_only_a_trusted_proxy_says_who_its_client_is(peer, forwarded, meant):
    addresses = []
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []

    async def app(scope, receive, send):
        addresses.append(client_address(scope))

    server = PeerMiddleware(ProxyHeadersMiddleware(app, "127.0.0.1,::1,172.17.0.0/16,nonsense"))
    asyncio.run(server({"type": "websocket", "client": (peer, 5), "headers": headers}, None, None))

    assert addresses == [meant]


def test_a_rest_gives_all_turns_at_once_back():
    limiter = RateLimiter(rate=10, burst=3)

    assert [round(limiter.reserve(0), 3) for _ in range(5)] == [0, 0, 0, 0.1, 0.2]
    assert not limiter.is_idle(0.4)
    assert limiter.is_idle(0.6)
    assert [round(limiter.reserve(60), 3) for _ in range(4)] == [0, 0, 0, 0.1]


def address_of(site: str) -> str:
    return site.replace("http", "ws", 1) + "/_stcore/stream"


def step_to(stop) -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = f"?stop={stop.slug}"
    return message.SerializeToString()


def walk(line, stops) -> float:
    """Seconds that some steps take together, each until its page has been drawn."""
    began = time.monotonic()
    for number in range(STEPS):
        line.send(step_to(stops[number % len(stops)]))
        while ForwardMsg.FromString(line.recv(timeout=120)).WhichOneof("type") != "script_finished":
            pass
    return time.monotonic() - began


@contextmanager
def flood(site: str, message: bytes, count: int):
    """Another visitor, who sends all that at once until cut off."""
    with connect(address_of(site), subprotocols=["streamlit"], close_timeout=1) as line:
        with suppress(ConnectionClosed):
            for _ in range(count):
                line.send(message)
        yield


def test_a_flood_of_one_visitor_slows_another_by_less_than_three_times(site, exhibition):
    stops = exhibition.stops
    with connect(address_of(site), subprotocols=["streamlit"]) as line:
        walk(line, stops)
        calm = walk(line, stops)
        with flood(site, step_to(stops[0]), 5000):
            disturbed = walk(line, stops)

    assert disturbed < 3 * calm


def test_nobody_takes_a_page_over_whose_session_they_know(site, exhibition):
    with connect(address_of(site), subprotocols=["streamlit"]) as line:
        session = session_of(line, exhibition)
        with connect(address_of(site), subprotocols=["streamlit", "x", session]) as other:
            first = session_of(other, exhibition)
            walk(line, exhibition.stops)

    assert session and first not in ("", session)


def test_a_page_that_comes_back_goes_on_with_its_session_unless_it_is_taken(site, exhibition):
    with connect(address_of(site), subprotocols=["streamlit"]) as line:
        session = session_of(line, exhibition)
    again = ["streamlit", "x", session]
    with connect(address_of(site), subprotocols=again) as back, connect(address_of(site), subprotocols=again) as other:
        assert session_of(back, exhibition) == session
        assert session_of(other, exhibition) != session
        walk(back, exhibition.stops)


def test_of_two_that_claim_a_session_at_once_one_has_it():
    told = []

    async def app(scope, receive, send):
        told.append(dict(scope["headers"])[b"sec-websocket-protocol"])
        await asyncio.sleep(0)

    async def come_at_once():
        came = {"type": "websocket", "headers": [], "subprotocols": ["streamlit", "x", "a-session"], "client": None}
        sockets = WebSocketLimitsMiddleware(app, MESSAGES, Clients())
        await asyncio.gather(*(sockets(came, None, None) for _ in range(2)))
        await sockets(came, None, None)

    asyncio.run(come_at_once())

    assert told == [b"streamlit, -, a-session", b"streamlit", b"streamlit, -, a-session"]


def session_of(line, exhibition) -> str:
    line.send(step_to(exhibition.stops[0]))
    while (message := ForwardMsg.FromString(line.recv(20))).WhichOneof("type") != "new_session":
        pass
    return message.new_session.initialize.session_id


def test_who_comes_again_a_moment_later_is_not_new_to_the_queue():
    clients = Clients()
    had_much = clients.get("203.0.113.7")
    had_much.usage.add(1.0, time.monotonic())
    clients.get("203.0.113.8")

    assert clients.get("203.0.113.7") is had_much


def test_the_site_as_it_runs_lets_in_no_message_that_a_walk_does_not_need(site):
    with connect(address_of(site), subprotocols=["streamlit"]) as line, pytest.raises(ConnectionClosed) as closed:
        line.send(BackMsg(load_git_info=True).SerializeToString())
        while True:
            line.recv(10)

    assert closed.value.rcvd.code == 1008
