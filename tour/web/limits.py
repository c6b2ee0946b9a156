"""The limits of websockets."""

from dataclasses import dataclass, field

from tour.settings import settings


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
