"""Those who are here through websockets, by their addresses."""

from dataclasses import dataclass, field
from operator import itemgetter
from time import monotonic
from typing import Protocol

from tour.web.fair_queue import Usage
from tour.web.rate_limiter import RateLimiter

# Seconds. A connection that has asked for nothing for IDLE may have to make room if that time, multiplied by the number
# of its client's connections, reaches IDLE_ALONE: no address fills the house.
IDLE, IDLE_WEIGHT = 10.0, 60.0


class Connection(Protocol):
    """An open page; `since` is when it last asked for something, `is_over` says that it has been told to leave."""

    since: float
    is_over: bool

    def close(self, code: int) -> None: ...


@dataclass(eq=False)
class Client:
    """All connections of one address; `unread` counts the bytes that wait for it to read."""

    pace: RateLimiter
    usage: Usage = field(default_factory=Usage)
    connections: set[Connection] = field(default_factory=set)
    unread: int = 0

    def is_gone(self, now: float) -> bool:
        return not self.connections and self.pace.is_rested(now) and self.usage.is_over(now)


class Clients:
    """All clients; one that has gone and would start afresh is forgotten."""

    def __init__(self, idle: float = IDLE, idle_alone: float = IDLE_WEIGHT) -> None:
        self.idle, self.idle_alone = idle, idle_alone
        self.by_address: dict[str, Client] = {}

    def get(self, address: str, pace: RateLimiter) -> Client:
        """The client of the address, one with that pace if it is new."""
        now = monotonic()
        for each, client in list(self.by_address.items()):
            if client.is_gone(now):
                del self.by_address[each]
        return self.by_address.setdefault(address, Client(pace))

    def idlest(self) -> Connection | None:
        """The one that may have to make room: idle for longest, and the longer the more its client has."""
        now = monotonic()
        every = [(each, client) for client in self.by_address.values() for each in client.connections]
        idles = [(now - each.since, client, each) for each, client in every if not each.is_over]
        ranked = [(idle * len(client.connections), idle, each) for idle, client, each in idles if idle >= self.idle]
        weight, _, idlest = max(ranked, key=itemgetter(0, 1), default=(0, 0, None))
        return idlest if weight >= self.idle_alone else None
