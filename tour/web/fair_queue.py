"""Fair queueing: of all clients that wait, the one that has used least of the server lately is next."""

import asyncio
import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

SLOTS = 4  # pages drawn at the same time: one alone would leave the processor idle while its page is being sent
MAX_SLOT_SECONDS = 5.0  # after which a slot is free again in any case
HALF_LIFE = 5.0  # seconds in which half of a client's usage is forgotten
NEGLIGIBLE_SECONDS = 0.01


@dataclass(eq=False)
class Usage:
    """The seconds of slots that a client has used, as of `updated`, and whether it has one now."""

    seconds: float = 0.0
    updated: float = 0.0
    is_active: bool = False

    def recent(self, now: float) -> float:
        """The seconds, decayed."""
        return self.seconds * math.exp2((self.updated - now) / HALF_LIFE)

    def is_negligible(self, now: float) -> bool:
        """Whether it may be forgotten; sooner, a client would be new after a moment's absence."""
        return not self.is_active and self.recent(now) <= NEGLIGIBLE_SECONDS

    def add(self, seconds: float, now: float) -> None:
        self.seconds, self.updated = self.recent(now) + seconds, now


class Slot:
    """One of the queue's slots, until it is released; a second release does nothing."""

    def __init__(self, queue: "FairQueue", usage: Usage):
        self._queue, self._usage, self._acquired = queue, usage, queue.clock()
        self._timer = asyncio.get_running_loop().call_later(MAX_SLOT_SECONDS, self.release)

    def release(self) -> None:
        if not self._timer.cancelled():
            self._timer.cancel()
            now = self._queue.clock()
            self._usage.add(now - self._acquired, now)
            self._queue.free(self._usage)


class FairQueue:
    """So many slots for all clients, and at most one for each."""

    def __init__(self, slots: int = SLOTS, clock: Callable[[], float] = monotonic):
        self.slots, self.clock = slots, clock
        self.waiting: defaultdict[Usage, deque[asyncio.Future[None]]] = defaultdict(deque)

    async def acquire(self, usage: Usage) -> Slot:
        turn = asyncio.get_running_loop().create_future()
        self.waiting[usage].append(turn)
        self._admit()
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # admitted in the same moment
                self.free(usage)
            raise
        return Slot(self, usage)

    def free(self, usage: Usage) -> None:
        self.slots += 1
        usage.is_active = False
        self._admit()

    def _admit(self) -> None:
        now = self.clock()
        while self.slots and (candidates := [usage for usage in self.waiting if not usage.is_active]):
            usage = min(candidates, key=lambda usage: usage.recent(now))
            turn = self.waiting[usage].popleft()
            if not self.waiting[usage]:
                del self.waiting[usage]
            if not turn.cancelled():
                self.slots -= 1
                usage.is_active = True
                turn.set_result(None)
