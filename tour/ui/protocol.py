"""What a browser says of its page's buttons, map and links: whether it is what our pages read.

Over all else Streamlit would stumble, some of it at every later step too, and say so in English.
"""

import json
import os
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime import Runtime

from tour.web.websocket_connection import MessageProtocol

MOST_LINKS = 10  # in one message: a double click is two, and each is a step


def is_sound(state: ClientState) -> bool:
    # Only a curator's page has a fragment; asked for one that it hasn't, Streamlit draws nothing and never says so.
    is_whole = not state.fragment_id or os.environ.get("TOUR_EDITING") == "1"
    return is_whole and all(map(_is_read, state.widget_states.widgets))


def _is_read(widget: WidgetState) -> bool:
    """Whether the value is of the kind that this widget has, and sound."""
    kind = widget.WhichOneof("value")
    values = VALUES.get(kind)
    return values is not None and bool(values.ids.fullmatch(widget.id)) and values.is_sound(getattr(widget, kind))


def _is_click(written: str) -> bool:
    """Whether it is what the map tells of a click; a page from before an update may tell more, or less."""
    told = _parsed(written)
    is_flat = isinstance(told, dict) and all(isinstance(each, str | int | None) for each in told.values())
    return is_flat and isinstance(told.get("last_object_clicked_tooltip"), str | None)


def _are_links(written: str) -> bool:
    """Whether it is what page_sync.js tells of links that were followed."""
    told = _parsed(written)
    return isinstance(told, list) and len(told) <= MOST_LINKS and all(map(_is_link, told))


def _is_link(told: object) -> bool:
    if not isinstance(told, dict) or told.keys() != {"event", "value"} or told["event"] != "link":
        return False
    address = told["value"]
    # Lone surrogates, which can't be written into an address again, aren't printable.
    return isinstance(address, str) and address.startswith("./") and address.isprintable()


def _parsed(written: str) -> object:
    """What it says as JSON; None if it is none, or deeper or of longer numbers than Python reads."""
    try:
        return json.loads(written)
    except (ValueError, RecursionError):
        return None


class Values(NamedTuple):
    """Values of a kind: the ids of the widgets that have them, and whether one is sound."""

    ids: re.Pattern
    is_sound: Callable[[Any], bool]


# Streamlit's id of a widget ends in our key for it; the map's key is a hash.
ID = r"\$\$ID-[0-9a-f]+-"
VALUES = {
    "trigger_value": Values(re.compile(ID + "(start|tour-previous|tour-next)"), bool),
    "json_value": Values(re.compile(ID + "[0-9a-f]+"), _is_click),
    "json_trigger_value": Values(re.compile(r"\$\$STREAMLIT_INTERNAL_KEY_" + ID + "tour-arrival__events"), _are_links),
}


# A walk consists of these. Streamlit answers others to anybody who asks: it runs git in the event loop and tells the
# names of files, or empties caches. What a later Streamlit adds stays out until somebody has read it.
RUN = "rerun_script"
USED = (RUN, "app_heartbeat")
END = "script_finished"
LONGEST_END = 200  # bytes; most of what the app sends is longer, and not looked into


def is_used(content: bytes) -> bool:
    """Whether it is a message that a walk needs; what is no message of that protocol is none."""
    try:
        message = BackMsg.FromString(content)
    except DecodeError:
        return False
    return message.WhichOneof("type") in USED and is_sound(message.rerun_script)


def begins_run(content: bytes) -> bool:
    """Whether this message, one that is used, has the script draw a page."""
    return BackMsg.FromString(content).WhichOneof("type") == RUN


def ends_run(content: bytes) -> bool:
    """Whether Streamlit says with this that the page is drawn."""
    return len(content) < LONGEST_END and ForwardMsg.FromString(content).WhichOneof("type") == END


def is_active(session: str) -> bool:
    return Runtime.exists() and Runtime.instance().is_active_session(session)


MESSAGES = MessageProtocol(is_used, begins_run, ends_run, is_active)
