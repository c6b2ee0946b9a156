"""What is quicker here than Streamlit does it; $TOUR_STREAMLIT_PATCHES=0 leaves it as it is."""

import gc
import inspect
import logging
from collections.abc import Callable
from functools import cache

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from tour.settings import settings

FILL, FLUSH = "_populate_theme_msg", "flush_browser_queue"
TAKES = ["msg", "section"]
COLLECTING = (10_000, 10, 10)  # gc.set_threshold; Python's own first number is 700 or 2,000
UNSUPPORTED = "This Streamlit %s in a way that we do not know, and does it its own way: every step is a little slower."
THEME, QUEUES = "fills in its theme", "empties its queues"


def are_enabled() -> bool:
    return settings().streamlit_patches


def apply() -> None:
    """Once all is there that the server begins with."""
    if are_enabled():
        cache_theme()
        skip_empty_queues()
        freeze_gc()


def cache_theme() -> None:
    """Keep the theme for the messages that begin each run: a fifth of what a step costs the server goes into it.

    A change of the theme in config.toml then asks for a restart.
    """
    fill = getattr(app_session, FILL, None)
    if callable(fill) and list(inspect.signature(fill).parameters) == TAKES:
        setattr(app_session, FILL, cached(fill))
    else:
        logging.getLogger("tour").warning(UNSUPPORTED, THEME)


def skip_empty_queues() -> None:
    """Leave alone the queues of those to whom there is nothing to say; Streamlit empties everyone's, again and again.

    With 500 visitors a tenth of what a step costs goes into it.
    """
    flush = getattr(AppSession, FLUSH, None)
    names = getattr(getattr(flush, "__code__", None), "co_names", ())
    if "_browser_queue" in names and vars(ForwardMsgQueue()).get("_queue") == []:
        setattr(AppSession, FLUSH, skip_if_empty(flush))
    else:
        logging.getLogger("tour").warning(UNSUPPORTED, QUEUES)


def freeze_gc() -> None:
    """Have Python's garbage collector pass over what is here for good, and look at the rest less often.

    It holds up everyone: with 500 visitors a quarter of a second each time that it looks at everything.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTING)


def cached(fill: Callable[[CustomThemeConfig, str], None]) -> Callable[..., None]:
    """Fills a message with a section of the theme, as `fill` did the first time."""

    @cache
    def filled(section: str) -> CustomThemeConfig:
        theme = CustomThemeConfig()
        fill(theme, section)
        return theme

    def quickly(msg: CustomThemeConfig, section: str = "theme") -> None:
        if filled(section).ByteSize():  # an empty theme would count as a theme once it is merged
            msg.MergeFrom(filled(section))

    return quickly


def skip_if_empty(flush: Callable[[AppSession], list[ForwardMsg]]) -> Callable[[AppSession], list[ForwardMsg]]:
    """Empties the queue of a session, as `flush` does, if there is anything in it."""

    def quickly(session: AppSession) -> list[ForwardMsg]:
        return flush(session) if session._browser_queue._queue else []

    return quickly
