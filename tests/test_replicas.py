"""Behind the nginx that we ship, visitors don't notice which process answers, nor that one of them ends."""

import asyncio
import re

import pytest
import requests

from benchmarks.crowd import keep_stepping, tour_way
from benchmarks.visitor import Visitor
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
