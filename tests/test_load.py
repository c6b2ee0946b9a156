"""The visitors of the load benchmark see what a browser's would, and say so when they don't."""

import asyncio
import math
from dataclasses import replace

import pytest

from benchmarks.crowd import Walker, come_and_go, gathered, keep_stepping, step_in_turn, tour_way
from benchmarks.measure import percentile
from benchmarks.sites import one_tour
from benchmarks.visitor import Fault


@pytest.fixture
def way(exhibition):
    return tour_way(exhibition)


def test_a_visitor_without_a_browser_walks_the_tour_to_its_end_and_turns_round(site, way):
    walker = Walker(site, way, len(way.queries) - 2)

    async def walk():
        await walker.arrive()
        await walker.step()
        at_the_end = walker.visitor.query
        await walker.step()
        await walker.visitor.leave()
        return at_the_end, walker.visitor.query

    assert asyncio.run(walk()) == (way.queries[-1], way.queries[-2])


def test_a_wrong_stop_is_told(site, way):
    walker = Walker(site, replace(way, marks=way.marks[::-1]), 0)

    async def arrive():
        try:
            await walker.arrive()
        finally:
            await walker.visitor.leave()

    with pytest.raises(Fault, match="wrong stop"):
        asyncio.run(arrive())


def test_every_step_of_a_crowd_is_timed_and_none_is_at_fault(site, way):
    tally = asyncio.run(come_and_go(site, way, 5, seed=1))

    assert (len(tally.steps), tally.returns, tally.faults) == (10, [], {})


def test_those_who_step_on_are_timed_after_all_have_come(site, way):
    tally = asyncio.run(keep_stepping(site, way, 4, every=0.5, seconds=1, seed=1))

    assert (4 <= len(tally.steps) <= 12, tally.faults) == (True, {})


def test_bytes_are_those_of_the_steps_alone(site, way):
    async def walk():
        async with gathered(site, way, 1, seed=1) as (tally, walkers):
            arrival = walkers[0].visitor.received
            await step_in_turn(tally, walkers, 3)
            return tally, walkers[0].visitor.received - arrival

    tally, received = asyncio.run(walk())

    assert (len(tally.steps), tally.received, tally.faults) == (3, received, {})


def test_visitors_of_a_benchmark_are_households_of_their_own(monkeypatch):
    monkeypatch.setenv("TOUR_CONNECTIONS", "1")

    async def meet():
        async with gathered(tour.address, tour.way, 3, seed=1) as (tally, _):
            return tally.faults

    with one_tour() as tour:
        faults = asyncio.run(meet())

    assert faults == {}


def test_a_percentile_is_a_time_that_was_measured():
    assert [percentile([40, 10, 30, 20], share) for share in (0.5, 0.95, 0.01)] == [20, 40, 10]
    assert math.isnan(percentile([], 0.5))
