"""Behind the nginx that we ship, visitors don't notice which process answers, nor that one of them ends."""

import asyncio
import re

import pytest
import requests
from playwright.sync_api import expect

from benchmarks.crowd import keep_stepping, tour_way
from benchmarks.visitor import Visitor
from tests.conftest import free_port
from tests.nginx import running_nginx
from tests.replicas import running_replicas

VISITORS = 200
EVERY = 4.0  # seconds between two steps of a visitor
ACTIVE = re.compile(r"^active_sessions (\d+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def replicas(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nginx")
    with running_replicas(folder, 3) as replicas:
        yield replicas


def test_visitors_are_shared_out_among_the_processes(replicas, exhibition):
    def sessions() -> list[int]:
        metrics = [requests.get(f"http://127.0.0.1:{port}/_stcore/metrics").text for port in replicas.ports]
        return [int(ACTIVE.search(text)[1]) for text in metrics]

    async def visit():
        visitors = [Visitor(replicas.address) for _ in range(6)]
        for visitor in visitors:
            await visitor.arrive()
        shared = await asyncio.to_thread(sessions)
        for visitor in visitors:
            await visitor.leave()
        return shared

    assert asyncio.run(visit()) == [2, 2, 2]


def test_no_visitor_loses_a_stop_while_one_process_is_killed_and_another_started_again(replicas, exhibition):
    killed, restarted, _ = replicas.ports

    async def disturb():
        await asyncio.sleep(2 * EVERY)
        await asyncio.to_thread(replicas.kill, killed)
        await asyncio.sleep(EVERY / 2)
        await asyncio.to_thread(replicas.start, killed)
        await asyncio.to_thread(replicas.end, restarted)
        await asyncio.to_thread(replicas.start, restarted)

    async def walk():
        visits = keep_stepping(replicas.address, tour_way(exhibition), VISITORS, EVERY, 4 * EVERY, seed=1943)
        return (await asyncio.gather(visits, disturb()))[0]

    tally = asyncio.run(walk())
    assert tally.faults == {}
    assert len(tally.returns) > VISITORS / 3
    assert len(tally.steps) > 3 * VISITORS


def test_what_is_for_the_owner_alone_is_not_told_to_visitors(replicas):
    assert requests.get(f"{replicas.address}/_stcore/metrics").status_code == 404
    assert requests.get(f"{replicas.address}/_stcore/health").text == "ok"


@pytest.fixture(scope="module")
def deserted(tmp_path_factory):
    """The address of an nginx behind which nobody is."""
    with running_nginx(tmp_path_factory.mktemp("deserted"), [free_port(), free_port()]) as nginx:
        yield nginx.address


@pytest.mark.parametrize(
    ("asked", "wanted", "said"),
    [
        ("", "en-GB,en;q=0.9", "will be back in a moment"),
        ("", "ru-RU,ru;q=0.9,en;q=0.8", "вернётся через минуту"),
        ("?stop=broadgate&lang=ru", "en-GB", "вернётся через минуту"),
        ("?lang=en", "ru-RU", "will be back in a moment"),
    ],
)
def test_while_all_are_away_a_page_says_so_in_the_visitors_language(deserted, asked, wanted, said):
    answer = requests.get(f"{deserted}/{asked}", headers={"Accept-Language": wanted})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert said in answer.text


def test_the_page_of_the_absence_looks_for_the_stop_by_itself(deserted, browser):
    page = browser.new_page()
    page.goto(f"{deserted}/?stop=broadgate")

    with page.expect_request(re.compile(r"\?stop=broadgate")):
        expect(page.get_by_text("This page looks for it by itself")).to_be_visible()
    page.close()
