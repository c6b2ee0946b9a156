"""Behind the nginx that we ship, visitors don't notice which process answers, nor that one of them ends."""

import asyncio
import re

import pytest
import requests
from playwright.sync_api import expect

from benchmarks.load_generator import step_at_intervals, tour_scenario
from benchmarks.streamlit_client import StreamlitClient
from tests.conftest import free_port
from tests.nginx import running_nginx
from tests.replicas import running_replicas

pytestmark = pytest.mark.timed

ACTIVE = re.compile(r"^active_sessions (\d+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def replicas(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nginx")
    with running_replicas(folder, 3) as replicas:
        yield replicas


def test_visitors_are_distributed_among_the_processes(replicas, exhibition):
    def sessions() -> list[int]:
        metrics = [requests.get(f"http://127.0.0.1:{port}/_stcore/metrics").text for port in replicas.ports]
        return [int(ACTIVE.search(text)[1]) for text in metrics]

    async def visit():
        clients = [StreamlitClient(replicas.address) for _ in range(6)]
        for client in clients:
            await client.open()
        sessions_by_process = await asyncio.to_thread(sessions)
        for client in clients:
            await client.close()
        return sessions_by_process

    assert asyncio.run(visit()) == [2, 2, 2]


@pytest.mark.parametrize(("visitors", "interval"), [(100, 2.0), pytest.param(200, 4.0, marks=pytest.mark.slow)])
def test_no_visitor_loses_a_stop_while_one_process_is_killed_and_another_started_again(
    replicas, exhibition, visitors, interval
):
    """`interval` is that between two steps of a visitor, in seconds."""
    killed, restarted, _ = replicas.ports

    async def disturb():
        await asyncio.sleep(2 * interval)
        await asyncio.to_thread(replicas.kill, killed)
        await asyncio.sleep(interval / 2)
        await asyncio.to_thread(replicas.start, killed)
        await asyncio.to_thread(replicas.end, restarted)
        await asyncio.to_thread(replicas.start, restarted)

    async def walk():
        visits = step_at_intervals(
            replicas.address, tour_scenario(exhibition), visitors, interval, 4 * interval, seed=1943
        )
        return (await asyncio.gather(visits, disturb()))[0]

    totals = asyncio.run(walk())
    assert totals.errors == {}
    assert len(totals.reconnect_times) > visitors / 3
    assert len(totals.step_times) > 3 * visitors


def test_metrics_are_not_shown_to_visitors(replicas):
    assert requests.get(f"{replicas.address}/_stcore/metrics").status_code == 404
    assert requests.get(f"{replicas.address}/_stcore/health").text == "ok"


@pytest.fixture(scope="module")
def nginx_without_processes(tmp_path_factory):
    """The address of an nginx all of whose processes are down."""
    with running_nginx(tmp_path_factory.mktemp("nginx"), [free_port(), free_port()]) as nginx:
        yield nginx.address


@pytest.mark.parametrize(
    ("path", "accept_language", "message"),
    [
        ("", "en-GB,en;q=0.9", "will be back in a moment"),
        ("", "ru-RU,ru;q=0.9,en;q=0.8", "вернётся через минуту"),
        ("?stop=broadgate&lang=ru", "en-GB", "вернётся через минуту"),
        ("?lang=en", "ru-RU", "will be back in a moment"),
    ],
)
def test_while_all_processes_are_down_a_page_says_so_in_the_visitors_language(
    nginx_without_processes, path, accept_language, message
):
    response = requests.get(f"{nginx_without_processes}/{path}", headers={"Accept-Language": accept_language})

    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert message in response.text


def test_that_page_looks_for_the_stop_by_itself(nginx_without_processes, browser):
    page = browser.new_page()
    page.goto(f"{nginx_without_processes}/?stop=broadgate")

    with page.expect_request(re.compile(r"\?stop=broadgate")):
        expect(page.get_by_text("This page looks for it by itself")).to_be_visible()
    page.close()
