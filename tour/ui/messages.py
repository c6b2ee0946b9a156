"""What Streamlit's protocol says, as far as the server has to know: what a browser may send, and where runs end."""

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime

from tour.serving.connection import Messages
from tour.ui.client_state import is_sound

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


MESSAGES = Messages(is_used, begins_run, ends_run, is_active)
