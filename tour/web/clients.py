"""Clients by IP address, each with its limits, its share of the server and its open websockets."""

import ipaddress
import re
from dataclasses import dataclass, field
from operator import itemgetter
from time import monotonic
from typing import Protocol

from starlette.types import ASGIApp, Receive, Scope, Send

from tour.settings import settings
from tour.web.fair_queue import Usage
from tour.web.rate_limiter import RateLimiter

PEER = "tour.peer"  # in a scope: address and port of the socket itself, which "client" may not be
PORT = re.compile(r"^(?:([\d.]+)|\[([^]]+)\])(?::\d+)?$")  # 192.0.2.1:443, [2001:db8::1]:443


class PeerMiddleware:
    """Stands before uvicorn's ProxyHeadersMiddleware, which believes the proxies in $FORWARDED_ALLOW_IPS."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # A dual-stack socket, here or of a proxy, has IPv4 proxies as ::ffff:127.0.0.1, which such a list doesn't.
        if scope.get("client"):
            host, port = scope["client"]
            scope["client"] = scope[PEER] = _normalize(host), port
            scope["headers"] = [
                (name, _normalize(value.decode("latin-1")).encode("latin-1") if name == b"x-forwarded-for" else value)
                for name, value in scope["headers"]
            ]
        await self.app(scope, receive, send)


def client_address(scope: Scope) -> str:
    """The client's IP address; of IPv6 its /64 network, all of whose addresses one household has."""
    hosts = [endpoint[0] for endpoint in (scope.get("client"), scope.get(PEER)) if endpoint]
    # A proxy may forward what is no address ("unknown"): then its own counts.
    address = next(filter(None, map(parse_ip, hosts)), None)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((address, 64), strict=False))
    return str(address) if address else next(iter(hosts), "")


def parse_ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An address, with a port or without; one of IPv4 that is mapped into IPv6 (::ffff:192.0.2.1) as itself."""
    try:
        address = ipaddress.ip_address(PORT.sub(r"\1\2", text))
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _normalize(hosts: str) -> str:
    """Addresses with commas between, each as parse_ip() reads it; what is no address, as it is."""
    return ", ".join(str(parse_ip(host) or host) for host in map(str.strip, hosts.split(",")))


@dataclass(frozen=True)
class WebSocketLimits:
    """Allows for a school class behind one address: what comes too fast is delayed, and few connections are closed."""

    max_sessions: int = field(default_factory=lambda: settings().max_sessions)
    max_connections: int = field(default_factory=lambda: settings().max_connections_per_client)
    first_message_timeout: float = 60  # seconds; the app sends its first message at once
    rate: float = 10  # messages a second of one connection
    burst: int = 40
    client_rate: float = 40  # messages a second of all connections of one client
    client_burst: int = 200
    max_backlog: float = 30  # seconds on end in which a connection may exceed its rate
    blocked_after: float = 0.25  # seconds that a message may take to be sent before its connection counts as unread
    max_unsent_bytes: int = 2_000_000  # that wait for one client to read them
    # A connection that has been idle for so many seconds may be closed for another if that time, multiplied by the
    # number of its client's connections, reaches the weight: a client with many connections loses one sooner.
    idle_seconds: float = 10
    idle_weight: float = 60


class Connection(Protocol):
    """A websocket."""

    last_active: float  # when it last requested a page
    is_closed: bool

    def close(self, code: int) -> None: ...


class Client:
    """All websockets of one address."""

    def __init__(self, limits: WebSocketLimits):
        self.limits = limits
        self.rate_limiter = RateLimiter(limits.client_rate, limits.client_burst)
        self.usage = Usage()
        self.connections: set[Connection] = set()
        self.unsent_bytes = 0  # bytes that wait for it to read
        self.pending_documents = 0  # that are to be created for it

    def is_forgettable(self, now: float) -> bool:
        is_busy = self.connections or self.pending_documents
        return not is_busy and self.rate_limiter.is_idle(now) and self.usage.is_negligible(now)


class Clients:
    """All clients that are connected, or were lately."""

    def __init__(self, limits: WebSocketLimits | None = None) -> None:
        self.limits = limits or WebSocketLimits()
        self.by_address: dict[str, Client] = {}

    def get(self, address: str) -> Client:
        now = monotonic()
        self.by_address = {key: client for key, client in self.by_address.items() if not client.is_forgettable(now)}
        return self.by_address.setdefault(address, Client(self.limits))

    def idlest(self) -> Connection | None:
        """The connection to close when there is no room for another: the one with the most idle time × connections."""
        now = monotonic()
        candidates = [
            (idle * len(client.connections), idle, connection)
            for client in self.by_address.values()
            for connection in client.connections
            if not connection.is_closed and (idle := now - connection.last_active) >= self.limits.idle_seconds
        ]
        weight, _, idlest = max(candidates, key=itemgetter(0, 1), default=(0, 0, None))
        return idlest if weight >= self.limits.idle_weight else None
