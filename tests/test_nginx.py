"""The proxy as it ships: it starts, speaks TLS, and bounds what one address may hold or ask."""

import socket
import ssl
import subprocess
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.conftest import PROJECT_ROOT
from tests.nginx import find, running_nginx, unpack

HEAD_TIMEOUT = 10  # seconds, of the shipped file


@pytest.fixture(scope="module")
def nginx(site, tmp_path_factory):
    with running_nginx(tmp_path_factory.mktemp("nginx"), [urlsplit(site).port]) as running:
        yield running


def test_the_app_answers_over_tls(nginx):
    response = httpx2.get(f"{nginx.secure}/_stcore/health", verify=False)

    assert response.text == "ok"
    assert response.http_version == "HTTP/1.1"


def test_plain_http_leads_to_the_sites_own_name_whatever_host_was_requested(nginx):
    response = httpx2.get(f"{nginx.plain}/?stop=broadgate", headers={"Host": "evil.example"})

    assert response.status_code == 301
    assert response.headers["location"] == "https://exhibition.example/?stop=broadgate"
    assert response.headers["server"] == "nginx"


@pytest.mark.parametrize("spelling", ["", "/", "%0a", "%20", "?x", "/x", "%2f.."])
def test_no_spelling_leads_to_the_number_of_visitors(nginx, spelling):
    response = httpx2.get(f"{nginx.secure}/_stcore/metrics{spelling}", verify=False)

    assert "active_sessions" not in response.text
    assert response.status_code in (400, 404)


@pytest.mark.slow
def test_half_a_head_is_let_go_after_ten_seconds(nginx):
    started = monotonic()
    with ThreadPoolExecutor(40) as pool:
        ended = list(pool.map(lambda _: half_a_head(nginx.secure), range(40)))

    assert all(HEAD_TIMEOUT - 1 < each - started < 2 * HEAD_TIMEOUT for each in ended)


def half_a_head(address: str) -> float:
    """When a connection is closed that has sent half of a request's head."""
    url = urlsplit(address)
    trust = ssl.create_default_context()
    trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection((url.hostname, url.port), 30) as line, trust.wrap_socket(line) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: exhibition.example\r\nX-Half: ")
        while line.recv(4096):
            pass
        return monotonic()


def test_one_address_that_asks_without_end_is_put_off_and_the_next_is_not(nginx):
    assert answers(nginx.address, [["203.0.113.7"] * 400] * 8) == {200, 429}
    assert answers(nginx.address, [["203.0.113.8"] * 30]) == {200}


@pytest.mark.parametrize("network", ["2001:db8:7:7:1", "2001:db8:7:"])
def test_an_ipv6_network_of_64_bits_is_one_address(nginx, network):
    rooms = [[f"{network}:{number}:{each}:1" for each in range(1, 401)] for number in range(1, 9)]

    assert answers(nginx.address, rooms) == {200, 429}


def answers(address: str, visitors: list[list[str]]) -> set[int]:
    """What these are answered who ask at once, each list on a connection of its own."""

    def ask(names: list[str]) -> set[int]:
        with httpx2.Client(base_url=address) as client:
            return {client.head("/robots.txt", headers={"X-Forwarded-For": name}).status_code for name in names}

    with ThreadPoolExecutor(len(visitors)) as pool:
        return set().union(*pool.map(ask, visitors))


def test_the_proxy_of_the_containers_is_a_whole_file_that_nginx_reads(tmp_path):
    shipped = (PROJECT_ROOT / "deploy" / "balance.conf").read_text("utf-8")
    (tmp_path / "nginx.conf").write_text(shipped.replace("server site:", "server 127.0.0.1:"), "utf-8")

    subprocess.run([find() or unpack(), "-e", "stderr", "-t", "-q", "-c", tmp_path / "nginx.conf"], check=True)
