"""The client with the least recent usage is next, and released or cancelled slots are free again."""

import asyncio

import pytest

from tour.web.fair_queue import FairQueue, Usage


class Work:
    """Clients whose every turn takes a second, by a clock of its own; `order` is that in which they had them."""

    def __init__(self, slots: int):
        self.now, self.order = 0.0, []
        self.queue = FairQueue(slots, clock=lambda: self.now)

    async def turn(self, usage: Usage, name: str) -> None:
        slot = await self.queue.acquire(usage)
        self.order.append(name)
        await asyncio.sleep(0)
        self.now += 1
        slot.release()


def test_a_client_with_one_request_goes_before_one_with_many():
    async def order() -> list[str]:
        work, greedy = Work(slots=1), Usage()
        async with asyncio.TaskGroup() as group:
            for _ in range(20):
                group.create_task(work.turn(greedy, "greedy"))
            group.create_task(work.turn(Usage(), "modest"))
        return work.order

    assert asyncio.run(order()).index("modest") == 1


def test_clients_get_equal_shares_however_much_they_request():
    async def order() -> list[str]:
        work = Work(slots=2)
        async with asyncio.TaskGroup() as group:
            for name, count in (("one", 40), ("other", 10), ("third", 10)):
                usage = Usage()
                for _ in range(count):
                    group.create_task(work.turn(usage, name))
        return work.order

    begun = asyncio.run(order())[:30]
    assert all(9 <= begun.count(name) <= 11 for name in ("one", "other", "third"))


def test_no_more_slots_than_allowed_are_in_use():
    async def most() -> int:
        queue, at_work, most = FairQueue(slots=3), 0, 0

        async def work() -> None:
            nonlocal at_work, most
            slot = await queue.acquire(Usage())
            at_work += 1
            most = max(most, at_work)
            await asyncio.sleep(0)
            at_work -= 1
            slot.release()
            slot.release()

        await asyncio.gather(*(work() for _ in range(30)))
        return most

    assert asyncio.run(most()) == 3


def test_one_client_has_one_slot_at_a_time_so_that_one_is_free_for_another():
    async def is_free() -> bool:
        queue, greedy = FairQueue(slots=2), Usage()
        await queue.acquire(greedy)
        waiting = asyncio.create_task(queue.acquire(greedy))
        await asyncio.sleep(0)
        (await asyncio.wait_for(queue.acquire(Usage()), 1)).release()
        waiting.cancel()
        return not waiting.done()

    assert asyncio.run(is_free())


@pytest.mark.parametrize("is_admitted", [False, True])
def test_a_cancelled_request_frees_its_slot(is_admitted):
    async def left() -> int:
        queue, usage = FairQueue(slots=1), Usage()
        slot = await queue.acquire(usage)
        waiting = asyncio.create_task(queue.acquire(usage))
        await asyncio.sleep(0)
        if is_admitted:
            slot.release()
        waiting.cancel()
        if not is_admitted:
            slot.release()
        await asyncio.gather(waiting, return_exceptions=True)
        (await asyncio.wait_for(queue.acquire(usage), 1)).release()
        return queue.slots

    assert asyncio.run(left()) == 1


def test_usage_of_long_ago_counts_for_little():
    usage = Usage()
    usage.add(8, now=0)

    assert usage.recent(0) == 8
    assert usage.recent(60) < 0.01
