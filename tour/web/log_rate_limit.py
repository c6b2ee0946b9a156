"""A rate limit for the log lines that clients can cause: one of each kind a minute, and the number of the others."""

import logging
from collections import Counter
from collections.abc import Callable
from time import monotonic

# Not our own: those tell curators about each problem of the content.
LIBRARY_LOGGERS = ("asyncio", "streamlit", "uvicorn.error", "websockets")
INTERVAL = 60.0  # seconds
REPEATED = "%s (and %s more like it)"


def limit_library_logs() -> None:
    """Apply the limit to all loggers of these libraries that exist by now."""
    limit = LogRateLimit()
    for name, logger in logging.root.manager.loggerDict.items():
        if name.startswith(LIBRARY_LOGGERS) and isinstance(logger, logging.Logger):
            logger.addFilter(limit)


class LogRateLimit(logging.Filter):
    """Passes all errors, and the first line of a kind in each interval: those that one line of code writes."""

    def __init__(self, clock: Callable[[], float] = monotonic):
        super().__init__()
        self.clock = clock
        self.suppressed_until: dict[tuple[str, int], float] = {}
        self.suppressed: Counter[tuple[str, int]] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno >= logging.ERROR:
            return True
        kind, now = (record.pathname, record.lineno), self.clock()
        if now < self.suppressed_until.get(kind, now):
            self.suppressed[kind] += 1
            return False
        self.suppressed_until[kind] = now + INTERVAL
        if count := self.suppressed.pop(kind, 0):
            record.msg, record.args = REPEATED % (record.getMessage(), f"{count:,}"), ()
        return True
