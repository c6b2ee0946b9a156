"""Which of the messages in Streamlit's protocol a browser may send."""

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg

# A walk consists of these. Streamlit answers others to anybody who asks: it runs git in the event loop and tells the
# names of files, or empties caches. What a later Streamlit adds stays out until somebody has read it.
USED = ("rerun_script", "app_heartbeat")


def is_used(content: bytes) -> bool:
    """Whether it is a message that a walk needs; what is no message of that protocol is none."""
    try:
        return BackMsg.FromString(content).WhichOneof("type") in USED
    except DecodeError:
        return False
