"""Good manners towards hosts: one request at a time, a pause before the next, and rest for those that ask for it."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NoReturn


class HostBusyError(Exception):
    """The host asks for more rest than we wait for, and is left alone from now on."""


class HostThrottle:
    """Whose turn it is: `at_once` hosts in parallel, at each of them one request, `pause` seconds apart.

    A host that asks for rest gets it; beyond `patience` seconds it isn't asked again.
    """

    def __init__(self, pause: float, at_once: int, patience: float):
        self._pause, self._patience = pause, patience
        self._places = asyncio.Semaphore(at_once)
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._not_before: defaultdict[str, float] = defaultdict(float)
        self._left_alone: set[str] = set()

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """One request's turn at the host; raises Busy."""
        async with self._locks[host]:
            if host in self._left_alone:
                raise HostBusyError
            await asyncio.sleep(self._not_before[host] - _now())
            async with self._places:
                try:
                    yield
                finally:
                    self._not_before[host] = _now() + self._pause

    async def rest(self, host: str, seconds: float) -> None:
        """Leave the host in peace for so long, within a turn; raises Busy if that is too long to wait."""
        if seconds > self._patience:
            self.leave_alone(host)
        await asyncio.sleep(max(seconds, self._pause))

    def leave_alone(self, host: str) -> NoReturn:
        """Ask nothing of the host any more; raises Busy."""
        self._left_alone.add(host)
        raise HostBusyError


def _now() -> float:
    return asyncio.get_running_loop().time()
