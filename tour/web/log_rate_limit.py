"""Lines of the log that strangers cause, as often as they like: each kind is written once a minute, and counted."""

import logging
from collections import Counter
from collections.abc import Callable
from time import monotonic

# Ours isn't among them: it tells keepers of the content what they need, line by line.
LIBRARY_LOGGERS = ("asyncio", "streamlit", "uvicorn.error", "websockets")
INTERVAL = 60.0  # seconds
MORE = "%s (and %s more like it)"


def limit_library_logs() -> None:
    """From now on, for all loggers of libraries that there are by now."""
    limit = LogRateLimit()
    for name, logger in logging.root.manager.loggerDict.items():
        if name.startswith(LIBRARY_LOGGERS) and isinstance(logger, logging.Logger):
            logger.addFilter(limit)


class LogRateLimit(logging.Filter):
    """Lets the first line of a kind pass, counts the others of that minute, and tells their number with the next one.

    Lines are of one kind if the same place in the code writes them, whatever they quote. Errors always pass.
    """

    def __init__(self, clock: Callable[[], float] = monotonic):
        super().__init__()
        self.clock = clock
        self.until: dict[tuple[str, int], float] = {}
        self.more: Counter[tuple[str, int]] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno >= logging.ERROR:
            return True
        kind, now = (record.pathname, record.lineno), self.clock()
        if now < self.until.get(kind, now):
            self.more[kind] += 1
            return False
        self.until[kind] = now + INTERVAL
        if more := self.more.pop(kind, 0):
            record.msg, record.args = MORE % (record.getMessage(), f"{more:,}"), ()
        return True
