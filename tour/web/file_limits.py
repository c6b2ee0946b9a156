"""How many files and connections the process may have open at once: each visitor needs four."""

import logging
import os
from contextlib import suppress

try:
    import resource
except ImportError:  # Windows, which has no such limit
    resource = None

MIN_RECOMMENDED = 4096
TOO_FEW = (
    "At most %d files and connections may be open at once, enough for some %d visitors. For more of them raise the"
    " limit before the start: `ulimit -n 65536`, or LimitNOFILE=65536 in a unit of systemd."
)
PER_SESSION = 4
RESERVE = 0.1  # of them, for those who are here already


def raise_file_limit() -> None:
    """Let the process have as many as the system lets it; says so in the log where that is not enough."""
    if resource is None:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):  # some systems say that there is no limit, and have one
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < MIN_RECOMMENDED:
        logging.getLogger("tour").warning(TOO_FEW, soft, soft // PER_SESSION)


def is_near_limit() -> bool:
    """Whether hardly any more may be opened: a system gives out the lowest number that is free."""
    if resource is None:
        return False
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        lowest = os.open(os.devnull, os.O_RDONLY)
    except OSError:
        return True
    os.close(lowest)
    return soft != resource.RLIM_INFINITY and lowest >= soft * (1 - RESERVE)
