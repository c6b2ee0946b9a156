"""What is quicker here than Streamlit does it; $TOUR_TUNING=0 leaves it as it is."""

import inspect
import logging
import os
from collections.abc import Callable
from functools import cache

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

FILL = "_populate_theme_msg"
TAKES = ["msg", "section"]
OTHERWISE = "This Streamlit fills in its theme in a way that we do not know: it does so at every step, a little slower."


def is_wanted() -> bool:
    return os.environ.get("TOUR_TUNING") != "0"


def tune() -> None:
    """Keep the theme for the messages that begin each run: a fifth of what a step costs the server goes into it.

    A change of the theme in config.toml then asks for a restart.
    """
    if not is_wanted():
        return
    fill = getattr(app_session, FILL, None)
    if callable(fill) and list(inspect.signature(fill).parameters) == TAKES:
        setattr(app_session, FILL, kept(fill))
    else:
        logging.getLogger("tour").warning(OTHERWISE)


def kept(fill: Callable[[CustomThemeConfig, str], None]) -> Callable[..., None]:
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
