"""Many visitors: stepping on and on, arriving together, staying, coming and going; and what happened to them."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter as clock

from markupsafe import escape

from benchmarks.visitor import Fault, Lost, Visitor
from tour.model import Exhibition

JITTER = 0.2  # of the time between two steps, either way
AT_ONCE = 20  # how many of those who come and go are there together
TURN = 36  # steps of one visitor on end; the limits in tour/web/websocket_connection.py hold up whoever takes more


@dataclass(frozen=True)
class Way:
    """A walk: the query that leads to each stop, the HTML that must be shown there, and where visitors may begin."""

    queries: tuple[str, ...]
    marks: tuple[str, ...]
    starts: int


@dataclass
class Tally:
    """Seconds of each step, and of each return of a visitor who was dropped; faults by their words; bytes of steps."""

    steps: list[float] = field(default_factory=list)
    returns: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    received: int = 0


def tour_way(exhibition: Exhibition) -> Way:
    """Beginning anywhere, since links lead anywhere."""
    stops = exhibition.stops
    queries = tuple(f"stop={stop.slug}&lang={exhibition.language}" for stop in stops)
    return Way(queries, tuple(f">{escape(stop.title)}</h1>" for stop in stops), starts=len(stops))


def bare_way() -> Way:
    """The bare script has no address: everyone begins at 0."""
    return Way(("",) * 10_000, tuple(f">Stop {number}</h1>" for number in range(10_000)), starts=1)


class Walker:
    """A visitor on a way: to its end and back, looking at each stop whether it is the right one."""

    def __init__(self, site: str, way: Way, start: int) -> None:
        self.way, self.at, self.onward = way, start, True
        self.visitor = Visitor(site, way.queries[start])

    async def arrive(self) -> None:
        await self.visitor.arrive()
        self._look()

    async def step(self) -> None:
        if not 0 <= self.at + (1 if self.onward else -1) < len(self.way.queries):
            self.onward = not self.onward
        await self.visitor.press("Next" if self.onward else "Previous")
        self.at += 1 if self.onward else -1
        self._look()

    async def come_back(self) -> None:
        """After a loss, at the stop of the address: a press that was under way may have counted or not."""
        await self.visitor.come_back()
        self.at = self.way.queries.index(self.visitor.query)
        self._look()

    def _look(self) -> None:
        if self.way.marks[self.at] not in "".join(self.visitor.shown):
            raise Fault("wrong stop")


@asynccontextmanager
async def gathered(site: str, way: Way, count: int, seed: int) -> AsyncIterator[tuple[Tally, list[Walker]]]:
    """So many visitors, each at a stop, who stay until the end."""
    chance, tally, room = random.Random(seed), Tally(), asyncio.Semaphore(AT_ONCE)
    walkers = [Walker(site, way, chance.randrange(way.starts)) for _ in range(count)]

    async def arrive(walker: Walker) -> None:
        async with room:
            await _counted(tally, walker, walker.arrive(), None)

    await asyncio.gather(*map(arrive, walkers))
    yield tally, walkers
    await asyncio.gather(*(walker.visitor.leave() for walker in walkers))


async def step_in_turn(tally: Tally, walkers: list[Walker], steps: int) -> Tally:
    """One visitor at a time, stepping as soon as a stop is there; after some steps it is the next one's turn."""
    before = sum(walker.visitor.received for walker in walkers)
    for step in range(steps):
        walker = walkers[step // TURN]
        await _counted(tally, walker, walker.step(), clock())
    tally.received = sum(walker.visitor.received for walker in walkers) - before
    return tally


async def keep_stepping(site: str, way: Way, count: int, every: float, seconds: float, seed: int) -> Tally:
    """Each visitor steps every so many seconds, whether or not others have to wait.

    They arrive within the first `every` seconds; steps due in the `seconds` after that are timed.
    """
    chance, tally, opening = random.Random(seed), Tally(), clock() + every
    async with asyncio.TaskGroup() as group:
        for number in range(count):
            walker = Walker(site, way, chance.randrange(way.starts))
            pace = random.Random(chance.random())
            group.create_task(_walk(walker, every * number / count, pace, every, opening, opening + seconds, tally))
    return tally


async def _walk(
    walker: Walker, wait: float, pace: random.Random, every: float, opening: float, end: float, tally: Tally
) -> None:
    await asyncio.sleep(wait)
    due = clock()
    here = await _counted(tally, walker, walker.arrive(), None)
    while here and (due := due + every * pace.uniform(1 - JITTER, 1 + JITTER)) < end:
        is_late = clock() > due
        while here and not await walker.visitor.stay(due - clock()):
            here = await _return(tally, walker)
        if here:
            # A step that came due while the last one was under way has waited since then.
            asked = due if is_late else clock()
            here = await _counted(tally, walker, walker.step(), asked if due >= opening else None)
    await walker.visitor.leave()


async def arrive_together(site: str, way: Way, count: int, seed: int) -> Tally:
    """All within one second; timed until the first stop is drawn."""
    chance, tally = random.Random(seed), Tally()

    async def arrive(walker: Walker, wait: float) -> None:
        await asyncio.sleep(wait)
        await _counted(tally, walker, walker.arrive(), clock())

    walkers = [Walker(site, way, chance.randrange(way.starts)) for _ in range(count)]
    await asyncio.gather(*(arrive(walker, chance.random()) for walker in walkers))
    await asyncio.gather(*(walker.visitor.leave() for walker in walkers))
    return tally


async def come_and_go(site: str, way: Way, count: int, seed: int, steps: int = 2) -> Tally:
    """Each arrives, takes some steps as soon as it can, and leaves; some are there together."""
    chance, tally, room = random.Random(seed), Tally(), asyncio.Semaphore(AT_ONCE)

    async def visit(walker: Walker) -> None:
        async with room:
            await _counted(tally, walker, walker.arrive(), None)
            for _ in range(steps):
                await _counted(tally, walker, walker.step(), clock())
            await walker.visitor.leave()

    await asyncio.gather(*(visit(Walker(site, way, chance.randrange(way.starts))) for _ in range(count)))
    return tally


async def _counted(tally: Tally, walker: Walker, doing, since: float | None) -> bool:
    """Whether the visitor is still there afterwards; timed unless `since` is None."""
    try:
        await doing
    except Lost:
        return await _return(tally, walker)
    except Fault as fault:
        tally.faults[str(fault)] += 1
        return str(fault) == "wrong stop"
    if since is not None:
        tally.steps.append(clock() - since)
    return True


async def _return(tally: Tally, walker: Walker) -> bool:
    lost = clock()
    try:
        await walker.come_back()
    except Fault as fault:
        tally.faults[str(fault)] += 1
        return False
    tally.returns.append(clock() - lost)
    return True
