"""Requests that are refused before their body is read."""

import socket
from contextlib import suppress
from urllib.parse import urlsplit

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.conftest import running_site
from tour.ui.protocol import MESSAGES
from tour.web.app import middleware, routes
from tour.web.middleware.request_limits import MAX_HEADER_BYTES, MAX_URL_LENGTH


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=routes(), middleware=middleware(MESSAGES)))


def status_line(site: str, head: str) -> str:
    """The first line of the response to a request without its body, once the server has closed the connection."""
    host = urlsplit(site)
    response = b""
    # What is too long is refused while more of it is on its way, and the connection reset: then nothing may be read.
    with socket.create_connection((host.hostname, host.port), timeout=30) as line, suppress(ConnectionError):
        line.sendall(head.encode())
        while more := line.recv(65536):
            response += more
    return response.decode().split("\r\n")[0]


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_an_upload_is_refused_before_its_first_byte(site, method):
    head = f"{method} /_stcore/upload_file/a/b HTTP/1.1\r\nHost: localhost\r\nContent-Length: 104857600\r\n\r\n"

    assert status_line(site, head) == "HTTP/1.1 404 Not Found"


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH", "TRACE"])
@pytest.mark.parametrize("address", ["/", "/text", "/tour.json", "/nowhere", "/_stcore/agent/interact"])
def test_an_unsafe_method_is_refused_before_the_first_byte(site, method, address):
    head = f"{method} {address} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 104857600\r\n\r\n"

    assert status_line(site, head) == "HTTP/1.1 405 Method Not Allowed"


@pytest.mark.slow
def test_an_unfinished_request_is_closed(site):
    assert status_line(site, "GET / HTTP/1.1\r\nHost: localhost\r\n") == ""


@pytest.mark.parametrize("path", ["/_stcore/metrics%0a", "/text%0d%0a", "/%00", "/print%7f"])
def test_an_address_with_a_control_character_is_not_found(site, path):
    assert status_line(site, f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n") == "HTTP/1.1 404 Not Found"


@pytest.mark.parametrize(
    ("host", "peer", "forwarded", "status"),
    [
        ("localhost:8501", "127.0.0.1", "", 200),
        ("127.0.0.1:8501", "127.0.0.1", "", 200),
        ("[::1]:8501", "::1", "", 200),
        ("tour.localhost", "::ffff:127.0.0.1", "", 200),
        ("exhibition.example", "127.0.0.1", "", 200),
        ("museum.lan", "127.0.0.1", "", 200),
        ("evil.example", "127.0.0.1", "", 421),
        ("[evil", "127.0.0.1", "", 421),
        ("Exhibition.Example:8501", "127.0.0.1", "", 200),
        ("evil.example:8501", "::ffff:127.0.0.1", "", 421),
        ("localhost.evil.example", "::1", "", 421),
        ("evil.example", "127.0.0.1", "203.0.113.9", 421),  # as the page's own script may claim
        ("exhibition.example", "127.0.0.1", "203.0.113.9", 200),
        ("evil.example", "203.0.113.9", "", 200),
    ],
)
def test_a_browser_on_this_machine_is_refused_under_a_foreign_name(host, peer, forwarded, status, monkeypatch):
    monkeypatch.setenv("TOUR_BASE_URL", "https://exhibition.example/")
    monkeypatch.setenv("TOUR_HOSTS", "kiosk.lan museum.lan")
    site = TestClient(Starlette(routes=routes(), middleware=middleware(MESSAGES)), client=(peer, 5))
    headers = {"Host": host} | ({"X-Forwarded-For": forwarded} if forwarded else {})

    assert site.get("/robots.txt", headers=headers).status_code == status


@pytest.fixture(scope="module")
def local_site():
    """The site on a curator's machine, listening on localhost alone: uvicorn trusts every proxy there."""
    with running_site(STREAMLIT_SERVER_ADDRESS="127.0.0.1") as site:
        yield site


@pytest.mark.parametrize("claimed", ["", "X-Forwarded-For: 203.0.113.9\r\n", "X-Forwarded-For: x\r\n"])
def test_nor_is_one_accepted_that_claims_to_come_through_a_proxy(local_site, claimed):
    head = "GET /robots.txt HTTP/1.1\r\nHost: evil.example\r\n"

    assert status_line(local_site, f"{head}{claimed}\r\n") == "HTTP/1.1 421 Misdirected Request"


def test_the_allowed_methods_are_listed(client):
    response = client.post("/text", content="x")

    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert "default-src 'none'" in response.headers["content-security-policy"]


@pytest.mark.parametrize("address", ["/_stcore/agent/openapi.json", "/_stcore/agent/mcp", "/_stcore/agent/interact"])
def test_streamlit_links_to_no_description_of_its_addresses(site, address):
    response = httpx2.options(f"{site}{address}")

    assert (response.status_code, set(response.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})
    assert "link" not in response.headers


def test_an_address_of_a_megabyte_is_refused(site):
    assert httpx2.get(f"{site}/?stop={'a' * 60_000}").status_code == 414
    # The server itself closes the connection for more than it would buffer.
    status = status_line(site, f"GET /?stop={'a' * 1_000_000} HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert status in ("", "HTTP/1.1 431 Request Header Fields Too Large")


def test_headers_without_end_are_refused(site):
    response = httpx2.get(f"{site}/text", headers={"Cookie": "a" * MAX_HEADER_BYTES})

    assert response.status_code == 431


def test_the_longest_address_and_headers_that_a_visitor_may_have_are_answered(client):
    long = "а" * (MAX_URL_LENGTH // 6 - 20)  # six bytes a letter, as a browser writes it

    assert (
        client.get(f"/?view=find&words={long}", headers={"Cookie": "a" * (MAX_HEADER_BYTES - 500)}).status_code == 200
    )


def test_a_websocket_with_a_long_address_is_refused(site):
    head = f"GET /_stcore/stream?{'a' * 8_000} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
    head += "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"

    assert status_line(site, head) == "HTTP/1.1 403 Forbidden"


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_safe_methods_are_accepted(site, method):
    assert httpx2.request(method, f"{site}/_stcore/health").status_code < 300
