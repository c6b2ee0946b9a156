"""The limit of open files and connections: each visitor takes four."""

import logging
import os
import sys
from contextlib import suppress

if sys.platform != "win32":  # which has no such limit
    import resource

MIN_RECOMMENDED = 4096
PER_SESSION = 4
RESERVE = 0.1  # of the limit, for visitors who are connected already
TOO_FEW = (
    "At most %d files and connections may be open at once, enough for some %d visitors. For more of them raise the"
    " limit before the start: `ulimit -n 65536`, or LimitNOFILE=65536 in a unit of systemd."
)


def raise_file_limit() -> None:
    """Raise the limit as far as the system allows; logs a warning where that is not enough."""
    if sys.platform == "win32":
        return
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):  # some systems report no limit, and have one
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < MIN_RECOMMENDED:
        logging.getLogger(__name__).warning(TOO_FEW, soft, soft // PER_SESSION)


def is_near_limit() -> bool:
    """Whether hardly any more files may be opened."""
    if sys.platform == "win32":
        return False
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        lowest_free = os.open(os.devnull, os.O_RDONLY)
    except OSError:
        return True
    os.close(lowest_free)
    return soft != resource.RLIM_INFINITY and lowest_free >= soft * (1 - RESERVE)
