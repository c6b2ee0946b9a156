"""Virtual users of the load benchmark see what visitors with a browser do, and report an error when they don't."""

import asyncio
import math
from dataclasses import replace

import pytest

from benchmarks.load_generator import (
    VirtualUser,
    connected_users,
    short_visits,
    step_at_intervals,
    step_sequentially,
    tour_scenario,
)
from benchmarks.metrics import percentile
from benchmarks.servers import tour_server
from benchmarks.streamlit_client import PageError


@pytest.fixture
def scenario(exhibition):
    return tour_scenario(exhibition)


def test_a_user_without_a_browser_walks_the_tour_to_its_end_and_turns_round(site, scenario):
    user = VirtualUser(site, scenario, len(scenario.queries) - 2)

    async def walk():
        await user.arrive()
        await user.step()
        at_the_end = user.client.query
        await user.step()
        await user.leave()
        return at_the_end, user.client.query

    assert asyncio.run(walk()) == (scenario.queries[-1], scenario.queries[-2])


def test_a_wrong_stop_is_reported(site, scenario):
    user = VirtualUser(site, replace(scenario, expected_html=scenario.expected_html[::-1]), 0)

    async def arrive():
        try:
            await user.arrive()
        finally:
            await user.leave()

    with pytest.raises(PageError, match="wrong stop"):
        asyncio.run(arrive())


def test_every_step_of_short_visits_is_timed_and_none_fails(site, scenario):
    totals = asyncio.run(short_visits(site, scenario, 5, seed=1))

    assert (len(totals.step_times), totals.reconnect_times, totals.errors) == (10, [], {})


def test_steps_at_intervals_are_timed_after_all_users_have_arrived(site, scenario):
    totals = asyncio.run(step_at_intervals(site, scenario, 4, interval=0.5, seconds=1, seed=1))

    assert (4 <= len(totals.step_times) <= 12, totals.errors) == (True, {})


def test_bytes_are_those_of_the_steps_alone(site, scenario):
    async def walk():
        async with connected_users(site, scenario, 1, seed=1) as (totals, users):
            arrival = users[0].client.bytes_received
            await step_sequentially(totals, users, 3)
            return totals, users[0].client.bytes_received - arrival

    totals, received = asyncio.run(walk())

    assert (len(totals.step_times), totals.bytes_received, totals.errors) == (3, received, {})


def test_users_of_a_benchmark_are_clients_of_their_own(monkeypatch):
    monkeypatch.setenv("TOUR_MAX_CONNECTIONS_PER_CLIENT", "1")

    async def meet():
        async with connected_users(tour.address, tour.scenario, 3, seed=1) as (totals, _):
            return totals.errors

    with tour_server() as tour:
        errors = asyncio.run(meet())

    assert errors == {}


def test_a_percentile_is_a_time_that_was_measured():
    assert [percentile([40, 10, 30, 20], share) for share in (0.5, 0.95, 0.01)] == [20, 40, 10]
    assert math.isnan(percentile([], 0.5))
