"""Virtual users of the site: alone, at intervals, arriving together, on short visits; counts what happened to them."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter as clock

from markupsafe import escape

from benchmarks.streamlit_client import ConnectionLostError, PageError, StreamlitClient
from tour.model import Exhibition

JITTER = 0.2  # of the time between two steps, either way
MAX_CONCURRENT_VISITS = 20
# The limits in tour/web/middleware/websocket_limits.py delay whoever takes more without a pause.
STEPS_PER_USER = 36
WRONG_STOP = "wrong stop"


@dataclass(frozen=True)
class Scenario:
    """A walk: the query of each stop, the HTML that must be shown there, and at how many of the stops users begin."""

    queries: tuple[str, ...]
    expected_html: tuple[str, ...]
    starts: int


@dataclass
class Totals:
    """Seconds of each step, and of each reconnection; errors by their messages; bytes of steps."""

    step_times: list[float] = field(default_factory=list)
    reconnect_times: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    bytes_received: int = 0


def tour_scenario(exhibition: Exhibition) -> Scenario:
    """Beginning anywhere, since links lead anywhere."""
    stops = exhibition.stops
    queries = tuple(f"stop={stop.slug}&lang={exhibition.language}" for stop in stops)
    return Scenario(queries, tuple(f">{escape(stop.title)}</h1>" for stop in stops), starts=len(stops))


def baseline_scenario() -> Scenario:
    """The baseline's script has no addresses: everyone begins at 0."""
    return Scenario(("",) * 10_000, tuple(f">Stop {number}</h1>" for number in range(10_000)), starts=1)


class VirtualUser:
    """Walks a scenario to its end and back, and checks at each stop whether it is the right one."""

    def __init__(self, site: str, scenario: Scenario, start: int) -> None:
        self.scenario, self.index, self.is_forward = scenario, start, True
        self.client = StreamlitClient(site, scenario.queries[start])

    async def arrive(self) -> None:
        await self.client.open()
        self._check()

    async def step(self) -> None:
        if not 0 <= self.index + (1 if self.is_forward else -1) < len(self.scenario.queries):
            self.is_forward = not self.is_forward
        await self.client.press("Next" if self.is_forward else "Previous")
        self.index += 1 if self.is_forward else -1
        self._check()

    async def reconnect(self) -> None:
        """After a loss, at the stop of the address: a press that was under way may have counted or not."""
        await self.client.reconnect()
        self.index = self.scenario.queries.index(self.client.query)
        self._check()

    async def leave(self) -> None:
        await self.client.close()

    def _check(self) -> None:
        if self.scenario.expected_html[self.index] not in "".join(self.client.html):
            raise PageError(WRONG_STOP)


def random_user(site: str, scenario: Scenario, chance: random.Random) -> VirtualUser:
    """One at any stop where users begin."""
    return VirtualUser(site, scenario, chance.randrange(scenario.starts))


@asynccontextmanager
async def connected_users(
    site: str, scenario: Scenario, count: int, seed: int
) -> AsyncIterator[tuple[Totals, list[VirtualUser]]]:
    """So many users, each at a stop, who stay until the end."""
    chance, totals, arrivals = random.Random(seed), Totals(), asyncio.Semaphore(MAX_CONCURRENT_VISITS)
    users = [random_user(site, scenario, chance) for _ in range(count)]

    async def arrive(user: VirtualUser) -> None:
        async with arrivals:
            await _record(totals, user, user.arrive(), None)

    await asyncio.gather(*map(arrive, users))
    yield totals, users
    await asyncio.gather(*(user.leave() for user in users))


async def step_sequentially(totals: Totals, users: list[VirtualUser], steps: int) -> Totals:
    """One user at a time, stepping as soon as a stop is there; after STEPS_PER_USER it is the next one's turn."""
    before = sum(user.client.bytes_received for user in users)
    for step in range(steps):
        user = users[step // STEPS_PER_USER]
        await _record(totals, user, user.step(), clock())
    totals.bytes_received = sum(user.client.bytes_received for user in users) - before
    return totals


async def step_at_intervals(
    site: str, scenario: Scenario, count: int, interval: float, seconds: float, seed: int
) -> Totals:
    """Each user steps every `interval` seconds, whether or not others have to wait.

    They arrive within the first `interval`; steps due in the `seconds` after that are timed.
    """
    chance, totals, opening = random.Random(seed), Totals(), clock() + interval

    async def walk(user: VirtualUser, delay: float, jitter: random.Random) -> None:
        await asyncio.sleep(delay)
        due = clock()
        is_connected = await _record(totals, user, user.arrive(), None)
        while is_connected and (due := due + interval * jitter.uniform(1 - JITTER, 1 + JITTER)) < opening + seconds:
            is_late = clock() > due
            while is_connected and not await user.client.stay(due - clock()):
                is_connected = await _reconnect(totals, user)
            if is_connected:
                # A step that came due while the last one was under way has waited since then.
                since = due if is_late else clock()
                is_connected = await _record(totals, user, user.step(), since if due >= opening else None)
        await user.leave()

    async with asyncio.TaskGroup() as group:
        for number in range(count):
            user, jitter = random_user(site, scenario, chance), random.Random(chance.random())
            group.create_task(walk(user, interval * number / count, jitter))
    return totals


async def arrive_within_a_second(site: str, scenario: Scenario, count: int, seed: int) -> Totals:
    """Timed until the first stop is drawn."""
    chance, totals = random.Random(seed), Totals()

    async def arrive(user: VirtualUser, delay: float) -> None:
        await asyncio.sleep(delay)
        await _record(totals, user, user.arrive(), clock())

    users = [random_user(site, scenario, chance) for _ in range(count)]
    await asyncio.gather(*(arrive(user, chance.random()) for user in users))
    await asyncio.gather(*(user.leave() for user in users))
    return totals


async def short_visits(site: str, scenario: Scenario, count: int, seed: int, steps: int = 2) -> Totals:
    """Each user arrives, takes some steps without a pause, and leaves; MAX_CONCURRENT_VISITS are there at a time."""
    chance, totals, visits = random.Random(seed), Totals(), asyncio.Semaphore(MAX_CONCURRENT_VISITS)

    async def visit(user: VirtualUser) -> None:
        async with visits:
            await _record(totals, user, user.arrive(), None)
            for _ in range(steps):
                await _record(totals, user, user.step(), clock())
            await user.leave()

    await asyncio.gather(*(visit(random_user(site, scenario, chance)) for _ in range(count)))
    return totals


async def _record(totals: Totals, user: VirtualUser, action: Awaitable[None], since: float | None) -> bool:
    """Whether the user is still connected afterwards; timed unless `since` is None."""
    try:
        await action
    except ConnectionLostError:
        return await _reconnect(totals, user)
    except PageError as error:
        totals.errors[str(error)] += 1
        return str(error) == WRONG_STOP
    if since is not None:
        totals.step_times.append(clock() - since)
    return True


async def _reconnect(totals: Totals, user: VirtualUser) -> bool:
    lost_at = clock()
    try:
        await user.reconnect()
    except PageError as error:
        totals.errors[str(error)] += 1
        return False
    totals.reconnect_times.append(clock() - lost_at)
    return True
