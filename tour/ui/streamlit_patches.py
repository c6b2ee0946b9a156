"""Changes of Streamlit and of the garbage collector that make steps cheaper; TOUR_STREAMLIT_PATCHES=0 makes none."""

import gc
import logging
from collections.abc import Callable
from typing import Any

from tour.settings import settings

logger = logging.getLogger(__name__)

GC_THRESHOLD = (10_000, 10, 10)  # Python's own first number is 700 or 2,000
UNSUPPORTED = "This Streamlit flushes its queues in an unknown way, and goes on doing so: each step is a little slower."


def apply() -> None:
    """Once all is loaded that the server begins with."""
    if settings().streamlit_patches:
        skip_empty_queues()
        freeze_gc()


def skip_empty_queues() -> None:
    """Don't flush the queues of sessions to which there is nothing to send: Streamlit flushes every one, all the time.

    With 500 visitors a tenth of what a step costs goes into it.
    """
    try:
        from streamlit.runtime.app_session import AppSession
        from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

        flush = AppSession.flush_browser_queue
        is_supported = "_browser_queue" in flush.__code__.co_names and ForwardMsgQueue()._queue == []
    # Private parts: whatever has changed there, the site starts.
    except (ImportError, AttributeError):
        is_supported = False
    if is_supported:
        AppSession.flush_browser_queue = skip_if_empty(flush)
    else:
        logger.warning(UNSUPPORTED)


def skip_if_empty(flush: Callable[[Any], list]) -> Callable[[Any], list]:
    """Flushes the queue of a session, as `flush` does, if there is anything in it."""
    return lambda session: flush(session) if session._browser_queue._queue else []


def freeze_gc() -> None:
    """Have the garbage collector pass over what is here for good, and look at the rest less often.

    It stops everyone: with 500 visitors for a quarter of a second each time that it looks at everything.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLD)
