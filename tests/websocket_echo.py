"""Raw requests, and a websocket that echoes: what tests of limits send and receive."""

import pytest
from starlette.websockets import WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState

from tour.ui.protocol import MESSAGES

HIGH_LIMITS = {"rate": 1000, "burst": 1000, "client_rate": 1000, "client_burst": 1000}
ECHO_MESSAGES = MESSAGES._replace(ends_run=bool)  # what the echo says is all there is
STEP_MESSAGE = BackMsg(rerun_script=ClientState(query_string="stop=quay")).SerializeToString()
REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
UPGRADE = b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
UPGRADE += b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"


async def echo(websocket):
    await websocket.accept()
    while True:
        try:
            await websocket.send_bytes(await websocket.receive_bytes())
        except WebSocketDisconnect:
            return


def round_trip(websocket, words: bytes = STEP_MESSAGE) -> bytes:
    websocket.send_bytes(words)
    return websocket.receive_bytes()


def close_code(websocket) -> int:
    with pytest.raises(WebSocketDisconnect) as closed:
        websocket.receive_bytes()
    return closed.value.code


def websocket_url(site: str) -> str:
    return site.replace("http", "ws", 1) + "/_stcore/stream"
