"""Streamlit's protocol: which messages of a browser our pages send, and what they and the app's own mean.

Streamlit would fail on any other value, on some of them at every later step too, and report it in English.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime import Runtime

from tour.settings import settings
from tour.web.websocket_connection import MessageProtocol

MAX_LINKS = 10  # in one message: a double click is two, and each is a step
# Streamlit answers other messages to anybody: it runs git in the event loop, lists file names, or empties caches. What
# a later Streamlit adds is not accepted until somebody has read it.
RUN = "rerun_script"
ALLOWED_TYPES = (RUN, "app_heartbeat")
RUN_FINISHED = "script_finished"
MAX_END_BYTES = 200  # most of what the app sends is longer, and not parsed


def is_used(content: bytes) -> bool:
    """Whether a page of ours sends this message."""
    try:
        message = BackMsg.FromString(content)
    except DecodeError:
        return False
    return message.WhichOneof("type") in ALLOWED_TYPES and _is_valid(message.rerun_script)


def begins_run(content: bytes) -> bool:
    """Whether this message, one that is used, has the script draw a page."""
    return BackMsg.FromString(content).WhichOneof("type") == RUN


def ends_run(content: bytes) -> bool:
    """Whether this message of Streamlit says that the page is drawn."""
    return len(content) < MAX_END_BYTES and ForwardMsg.FromString(content).WhichOneof("type") == RUN_FINISHED


def is_active(session: str) -> bool:
    return Runtime.exists() and Runtime.instance().is_active_session(session)


MESSAGES = MessageProtocol(is_used, begins_run, ends_run, is_active)


def _is_valid(state: ClientState) -> bool:
    # Only the editor panel is a fragment; for one that the page lacks, Streamlit draws nothing and never says so.
    is_whole_page = not state.fragment_id or settings().editor_panel
    return is_whole_page and all(map(_is_valid_widget, state.widget_states.widgets))


def _is_valid_widget(widget: WidgetState) -> bool:
    kind = widget.WhichOneof("value")
    if kind not in WIDGETS:
        return False
    ids, is_valid = WIDGETS[kind]
    return bool(ids.fullmatch(widget.id)) and is_valid(getattr(widget, kind))


def _is_click(text: str) -> bool:
    """Whether it is what the map reports of a click; a page from before an update may report more, or less."""
    click = _parse_json(text)
    is_flat = isinstance(click, dict) and all(isinstance(value, str | int | None) for value in click.values())
    return is_flat and isinstance(click.get("last_object_clicked_tooltip"), str | None)


def _are_links(text: str) -> bool:
    """Whether it is what page_sync.js reports of links that were followed."""
    links = _parse_json(text)
    return isinstance(links, list) and len(links) <= MAX_LINKS and all(map(_is_link, links))


def _is_link(event: Any) -> bool:
    match event:
        case {"event": "link", "value": str(url), **rest} if not rest:
            # Lone surrogates, which can't be written into a URL again, aren't printable.
            return url.startswith("./") and url.isprintable()
    return False


def _parse_json(text: str) -> Any:
    """None if it is no JSON, or deeper or with longer numbers than Python reads."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


# Of each kind of value: the ids of the widgets that have it, which end in our key (the map's is a hash), and its check.
ID = r"\$\$ID-[0-9a-f]+-"
WIDGETS: dict[str, tuple[re.Pattern[str], Callable[[Any], bool]]] = {
    "trigger_value": (re.compile(ID + "(start|tour-previous|tour-next)"), bool),
    "json_value": (re.compile(ID + "[0-9a-f]+"), _is_click),
    "json_trigger_value": (re.compile(r"\$\$STREAMLIT_INTERNAL_KEY_" + ID + "tour-page-sync__events"), _are_links),
}
