"""How much one visitor may ask of the app's websockets."""

import logging
import os
import re
from dataclasses import dataclass

from tour.serving.server import LONGEST_MESSAGE

NO_COUNT = "%s: %r is no number between 1 and 999999. It stays at %d."


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
    behind: float = 30  # seconds on end that a connection may ask faster than `rate`
    blocked: float = 0.25  # seconds until a connection on which we can't write counts as unread
    unread: int = 2_000_000  # bytes that wait for one address to read them

    @classmethod
    def told(cls) -> "Limits":
        """Ours, with the connections of $TOUR_CONNECTIONS."""
        return cls(connections=count_told("TOUR_CONNECTIONS", cls.connections))


def count_told(variable: str, usual: int) -> int:
    """The number that the environment says, or as many as are usual; what is no such number is told in the log."""
    told = os.environ.get(variable, "")
    if re.fullmatch("[1-9][0-9]{0,5}", told):
        return int(told)
    if told:
        logging.getLogger("tour").warning(NO_COUNT, variable, told, usual)
    return usual
