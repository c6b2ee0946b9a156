"""The server answers and never asks: no other host hears of a start, of a visitor or of a foreign page."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from benchmarks.visitor import Visitor
from tests.conftest import PROJECT_ROOT, running_site
from tests.test_security_headers import OURS, STREAMLITS
from tests.test_websocket_limits import address_of
from tour.model import Exhibition

HERE = re.compile(r"localhost|127\.0\.0\.1|::1")
OURSELVES = "https://exhibition.example"
FOREIGN = ("https://elsewhere.example", "http://localhost:1", "http://127.0.0.1", "http://10.0.0.1", "null", "http://[")


@pytest.fixture(scope="module")
def asked(tmp_path_factory) -> Path:
    """Whom the server asked, a line each; the file is there as soon as its process watches itself (tests/socket_audit)."""
    return tmp_path_factory.mktemp("asked") / "for.txt"


@pytest.fixture(scope="module")
def watched(asked) -> Iterator[str]:
    """The address of a site that is watched from its first moment."""
    noted = {"PYTHONPATH": str(PROJECT_ROOT / "tests" / "socket_audit"), "ASKED_FOR": str(asked)}
    with running_site(**noted, TOUR_BASE_URL=f"{OURSELVES}/") as site:
        yield site


def elsewhere(asked: Path) -> list[str]:
    return [line for line in asked.read_text().splitlines() if not HERE.search(line)]


async def walk_all(site: str, exhibition: Exhibition) -> Visitor:
    visitor = Visitor(site, f"stop={exhibition.stops[0].slug}&lang={exhibition.language}")
    await visitor.arrive()
    for _ in exhibition.stops[1:]:
        await visitor.press("Next" if exhibition.language == "en" else "Дальше")
    await visitor.leave()
    return visitor


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_page_of_another_site_opens_no_websocket_and_nobody_is_asked_about_it(watched, asked, origin):
    with pytest.raises(InvalidStatus) as refused:
        connect(address_of(watched), subprotocols=["streamlit"], origin=origin, open_timeout=60)

    assert refused.value.response.status_code == 403
    assert elsewhere(asked) == []


def test_a_page_at_the_sites_own_address_opens_one_and_nobody_is_asked_about_it(watched, asked):
    """Behind a proxy that asks for another host than the visitor did."""
    with connect(address_of(watched), subprotocols=["streamlit"], origin=OURSELVES, open_timeout=60):
        pass

    assert elsewhere(asked) == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_walk_past_every_stop_and_address_asks_no_other_host(watched, asked, every, language):
    exhibition = every[language]
    visitor = asyncio.run(walk_all(watched, exhibition))
    for address in (*OURS, *STREAMLITS):
        httpx2.get(watched + address, headers={"Accept-Language": language})

    assert f"stop={exhibition.stops[-1].slug}" in visitor.query
    assert elsewhere(asked) == []
