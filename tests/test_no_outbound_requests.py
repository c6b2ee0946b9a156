"""The server makes no outbound requests: not at its start, nor for a visitor or a foreign page."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from benchmarks.streamlit_client import StreamlitClient
from tests.conftest import PROJECT_ROOT, running_site
from tests.sitemap import OUR_PATHS, STREAMLIT_PATHS
from tests.websocket_echo import websocket_url
from tour.model import Exhibition

LOCAL = re.compile(r"localhost|127\.0\.0\.1|::1")
BASE_URL = "https://exhibition.example"
FOREIGN = ("https://elsewhere.example", "http://localhost:1", "http://127.0.0.1", "http://10.0.0.1", "null", "http://[")


@pytest.fixture(scope="module")
def audit_log(tmp_path_factory) -> Path:
    """Each connection of the server, a line; the file exists as soon as the process is audited (tests/socket_audit)."""
    return tmp_path_factory.mktemp("audit") / "connections.txt"


@pytest.fixture(scope="module")
def audited_site(audit_log) -> Iterator[str]:
    """The address of a site that is audited from its start."""
    environment = {"PYTHONPATH": str(PROJECT_ROOT / "tests" / "socket_audit"), "SOCKET_AUDIT_LOG": str(audit_log)}
    with running_site(**environment, TOUR_BASE_URL=f"{BASE_URL}/") as site:
        yield site


def outbound(audit_log: Path) -> list[str]:
    return [line for line in audit_log.read_text().splitlines() if not LOCAL.search(line)]


async def walk_all(site: str, exhibition: Exhibition) -> StreamlitClient:
    client = StreamlitClient(site, f"stop={exhibition.stops[0].slug}&lang={exhibition.language}")
    await client.open()
    for _ in exhibition.stops[1:]:
        await client.press("Next" if exhibition.language == "en" else "Дальше")
    await client.close()
    return client


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_page_of_another_site_opens_no_websocket_and_causes_no_request(audited_site, audit_log, origin):
    with pytest.raises(InvalidStatus) as refused:
        connect(websocket_url(audited_site), subprotocols=["streamlit"], origin=origin, open_timeout=60)

    assert refused.value.response.status_code == 403
    assert outbound(audit_log) == []


def test_a_page_at_the_base_url_opens_one_and_causes_no_request(audited_site, audit_log):
    """Behind a proxy that passes on another Host than the visitor requested."""
    with connect(websocket_url(audited_site), subprotocols=["streamlit"], origin=BASE_URL, open_timeout=60):
        pass

    assert outbound(audit_log) == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_tour_of_every_stop_and_address_causes_no_outbound_request(audited_site, audit_log, exhibitions, language):
    exhibition = exhibitions[language]
    client = asyncio.run(walk_all(audited_site, exhibition))
    for address in (*OUR_PATHS, *STREAMLIT_PATHS):
        httpx2.get(audited_site + address, headers={"Accept-Language": language})

    assert f"stop={exhibition.stops[-1].slug}" in client.query
    assert outbound(audit_log) == []
