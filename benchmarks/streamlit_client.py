"""A Streamlit client without a browser: speaks to the server as Streamlit's own page does, in Streamlit's messages."""

import asyncio
from ipaddress import IPv4Address
from itertools import count
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin, Subprotocol

WEBSOCKET_PATH = "/_stcore/stream"
FIRST_RETRY_DELAY = 0.5  # seconds before a disconnected page tries again, doubled each time, as Streamlit's page does
MAX_RETRIES = 8
TIMEOUT = 60.0  # seconds for one step
MAX_MESSAGE_AGE = 2  # runs for which a page caches a large message: global.maxCachedMessageAge


class PageError(Exception):
    """What a visitor would see: an error in place of the page, a button that isn't there, no response."""


class ConnectionLostError(PageError):
    """The connection ended; the page tries to reconnect."""


class StreamlitClient:
    """An open page: its address, its session, its buttons, and the HTML that it shows.

    Each has an address of its own, as a reverse proxy on the same machine would forward it: limits count by client.
    """

    client_addresses = map(IPv4Address, count(int(IPv4Address("10.0.0.1"))))

    def __init__(self, site: str, query: str = "") -> None:
        self.site, self.query = site, query
        self._headers = {"X-Forwarded-For": str(next(self.client_addresses))}
        self.html: list[str] = []
        self.bytes_received = 0  # of messages, in total
        self._websocket: ClientConnection | None = None
        self._session = self._script = ""
        self._buttons: dict[str, str] = {}
        self._message_cache: dict[str, tuple[int, ForwardMsg]] = {}
        self._runs = 0

    async def open(self) -> None:
        """Open the page at its address, until it is drawn; after a loss too."""
        host = urlsplit(self.site).netloc
        # The page names its last session, in case that the same server still has it.
        protocols = ["streamlit", "PLACEHOLDER_AUTH_TOKEN", *filter(None, [self._session])]
        try:
            self._websocket = await connect(
                f"ws://{host}{WEBSOCKET_PATH}",
                subprotocols=[Subprotocol(name) for name in protocols],
                origin=Origin(self.site),
                additional_headers=self._headers,
                ping_interval=None,
                max_size=None,
                max_queue=None,
                open_timeout=TIMEOUT,
                proxy=None,
            )
        except (OSError, WebSocketException) as error:
            raise ConnectionLostError(f"no connection: {type(error).__name__}") from error
        await self._run(WidgetStates())

    async def press(self, label: str) -> None:
        """Press the button whose label begins with these letters, until the page is drawn."""
        button = next((id for text, id in self._buttons.items() if text.startswith(label)), None)
        if button is None:
            raise PageError(f"no button {label}")
        await self._run(WidgetStates(widgets=[WidgetState(id=button, trigger_value=True)]))

    async def stay(self, seconds: float) -> bool:
        """Stay on the page for so long; False as soon as the connection is lost."""
        try:
            async with asyncio.timeout(max(0.0, seconds)):
                await self._connection.wait_closed()
        except TimeoutError:
            return True
        return False

    async def reconnect(self) -> None:
        """Open the page again after a loss, at the address where it was."""
        for attempt in range(MAX_RETRIES):
            await asyncio.sleep(FIRST_RETRY_DELAY * 2**attempt)
            try:
                return await self.open()
            except ConnectionLostError:
                await self.close()
        raise PageError("can't reconnect")

    async def close(self) -> None:
        if self._websocket:
            await self._websocket.close()

    @property
    def _connection(self) -> ClientConnection:
        if self._websocket is None:
            raise ConnectionLostError("the page is not open")
        return self._websocket

    async def _run(self, widgets: WidgetStates) -> None:
        state = ClientState(
            query_string=self.query,
            widget_states=widgets,
            page_script_hash=self._script,
            cached_message_hashes=list(self._message_cache),
        )
        try:
            async with asyncio.timeout(TIMEOUT):
                await self._connection.send(BackMsg(rerun_script=state).SerializeToString())
                await self._read_until_drawn()
        except TimeoutError as error:
            raise PageError("no response") from error
        except WebSocketException as error:
            raise ConnectionLostError("connection lost") from error

    async def _read_until_drawn(self) -> None:
        has_begun = False
        while True:
            data = await self._connection.recv(decode=False)
            self.bytes_received += len(data)
            message = self._resolve(ForwardMsg.FromString(data))
            kind = message.WhichOneof("type")
            if kind == "new_session":
                has_begun = True
                self._begin(message.new_session)
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "delta":
                self._show(message.delta.new_element)
            elif kind == "script_finished" and has_begun:
                if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    return self._expire_messages()
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise PageError("script with an error")

    def _resolve(self, message: ForwardMsg) -> ForwardMsg:
        """The message itself; the server sends a large one once, and after that its hash alone."""
        if message.WhichOneof("type") == "ref_hash":
            message = self._message_cache[message.ref_hash][1]
        if message.metadata.cacheable:
            self._message_cache[message.hash] = (self._runs, message)
        return message

    def _expire_messages(self) -> None:
        self._runs += 1
        self._message_cache = {
            hash: (run, message)
            for hash, (run, message) in self._message_cache.items()
            if self._runs - run <= MAX_MESSAGE_AGE
        }

    def _begin(self, session) -> None:
        self._session, self._script = session.initialize.session_id, session.page_script_hash
        self.html, self._buttons = [], {}

    def _show(self, element) -> None:
        kind = element.WhichOneof("type")
        if kind == "html" and "/failed" in element.html.body:
            raise PageError("a page that was not drawn")
        if kind == "html":
            self.html.append(element.html.body)
        elif kind == "heading":
            self.html.append(f"<{element.heading.tag}>{element.heading.body}</{element.heading.tag}>")
        elif kind == "button" and not element.button.disabled:
            self._buttons[element.button.label.strip("*")] = element.button.id
        elif kind == "exception":
            raise PageError(f"{element.exception.type}: {element.exception.message}")
