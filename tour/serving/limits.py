"""How much one visitor may ask of the app's websockets."""

import os
from dataclasses import dataclass

from tour.serving.server import LONGEST_MESSAGE


@dataclass(frozen=True)
class Limits:
    """Meant for a school class behind one address: whoever asks quicker waits a moment, and few are ever sent away."""

    connections: int = 300  # at once, of one address
    message: int = LONGEST_MESSAGE  # bytes; a step has some 1,000
    first: float = 60  # seconds for the first message, which the app sends at once
    rate: float = 10  # messages a second of one connection
    at_once: int = 40
    together: float = 40  # messages a second of all connections of one address
    together_at_once: int = 200
    behind: float = 30  # seconds on end that a connection may ask faster than that
    blocked: float = 0.25  # seconds until a connection on which we can't write counts as unread
    unread: int = 2_000_000  # bytes that wait for one address to read them

    @classmethod
    def told(cls) -> "Limits":
        """Ours, with the connections of $TOUR_CONNECTIONS."""
        told = os.environ.get("TOUR_CONNECTIONS", "")
        return cls(connections=int(told) if told.isdecimal() else cls.connections)
