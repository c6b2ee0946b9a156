"""Who goes next when more is asked than the server can do at once: whoever has had least of it lately."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

# Pages that the app draws at the same time. One would leave the processor idle while what was drawn is being sent.
SLOTS = 4
MAX_SLOT_SECONDS = 5.0  # seconds after which a slot is free again, come what may
HALF_LIFE = 5.0  # seconds in which half of what a client has had is forgotten
NEGLIGIBLE_SECONDS = 0.01  # seconds of slots that need not be remembered


@dataclass(eq=False)
class Usage:
    """The seconds of slots that a client has had, whether it has one, and what it waits for."""

    seconds: float = 0.0
    since: float = 0.0
    is_at_work: bool = False
    waiting: deque[asyncio.Future[None]] = field(default_factory=deque)

    def lately(self, now: float) -> float:
        """The seconds, those of long ago counting for little."""
        return self.seconds * 0.5 ** ((now - self.since) / HALF_LIFE)

    def is_over(self, now: float) -> bool:
        """Whether it may be forgotten: who comes again a moment later is not to be new."""
        return not (self.is_at_work or self.waiting or self.lately(now) > NEGLIGIBLE_SECONDS)

    def add(self, seconds: float, now: float) -> None:
        self.seconds, self.since = self.lately(now) + seconds, now


class Slot:
    """A place at work, until it is released; more than once means nothing."""

    def __init__(self, queue: "FairQueue", usage: Usage):
        self._queue, self._usage, self._since = queue, usage, queue.clock()
        self._timer = asyncio.get_running_loop().call_later(MAX_SLOT_SECONDS, self.release)

    def release(self) -> None:
        if not self._timer.cancelled():
            self._timer.cancel()
            now = self._queue.clock()
            self._usage.add(now - self._since, now)
            self._queue.free(self._usage)


class FairQueue:
    """So many slots for all clients, one at most for each; a free one goes to the client that has had least."""

    def __init__(self, slots: int = SLOTS, clock: Callable[[], float] = monotonic):
        self.slots, self.clock = slots, clock
        self.waiting: set[Usage] = set()

    async def acquire(self, usage: Usage) -> Slot:
        turn = asyncio.get_running_loop().create_future()
        usage.waiting.append(turn)
        self.waiting.add(usage)
        self._admit()
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():
                self.free(usage)
            elif turn in usage.waiting:
                self._forget(usage, turn)
            raise
        return Slot(self, usage)

    def free(self, usage: Usage) -> None:
        self.slots += 1
        usage.is_at_work = False
        self._admit()

    def _admit(self) -> None:
        now = self.clock()
        while self.slots and (idle := [each for each in self.waiting if not each.is_at_work]):
            usage = min(idle, key=lambda each: each.lately(now))
            turn = usage.waiting[0]
            self._forget(usage, turn)
            if not turn.cancelled():
                self.slots -= 1
                usage.is_at_work = True
                turn.set_result(None)

    def _forget(self, usage: Usage, turn: asyncio.Future[None]) -> None:
        usage.waiting.remove(turn)
        if not usage.waiting:
            self.waiting.discard(usage)
