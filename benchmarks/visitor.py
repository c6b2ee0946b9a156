"""One visitor without a browser: speaks to the server as Streamlit's own page does, in Streamlit's own messages."""

import asyncio
from ipaddress import IPv4Address
from itertools import count
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

STREAM = "/_stcore/stream"
FIRST_WAIT = 0.5  # seconds before a lost page asks again, doubled each time, as Streamlit's page does
TRIES = 8
PATIENCE = 60.0  # seconds for one step
KEPT_RUNS = 2  # how many runs a page keeps a large message that it was sent: global.maxCachedMessageAge


class Fault(Exception):
    """What a visitor would see: an error in place of the page, a button that isn't there, no answer."""


class Lost(Fault):
    """The connection ended; the page looks for the server again."""


class Visitor:
    """A page that is open: its address, its session, its buttons, and what it shows as HTML.

    Each comes from a household of its own, as a proxy on the same machine would say: those of one share their turns.
    """

    households = map(IPv4Address, count(int(IPv4Address("10.0.0.1"))))

    def __init__(self, site: str, query: str = "") -> None:
        self.site, self.query = site, query
        self._from = {"X-Forwarded-For": str(next(self.households))}
        self.shown: list[str] = []
        self.received = 0  # bytes of messages, all in all
        self._wire = None
        self._session = self._script = ""
        self._buttons: dict[str, str] = {}
        self._kept: dict[str, tuple[int, ForwardMsg]] = {}
        self._runs = 0

    async def arrive(self) -> None:
        """Open the page at its address, until it is drawn; after a loss too."""
        host = urlsplit(self.site).netloc
        # The page names its last session, in case that the same server still has it.
        protocols = ["streamlit", "PLACEHOLDER_AUTH_TOKEN", *filter(None, [self._session])]
        try:
            self._wire = await connect(
                f"ws://{host}{STREAM}",
                subprotocols=protocols,
                origin=self.site,
                additional_headers=self._from,
                ping_interval=None,
                max_size=None,
                max_queue=None,
                open_timeout=PATIENCE,
                proxy=None,
            )
        except (OSError, WebSocketException) as error:
            raise Lost(f"no connection: {type(error).__name__}") from error
        await self._run(WidgetStates())

    async def press(self, word: str) -> None:
        """Press the button whose label begins with that word, until the page is drawn."""
        found = next((id for label, id in self._buttons.items() if label.startswith(word)), None)
        if found is None:
            raise Fault(f"no button {word}")
        await self._run(WidgetStates(widgets=[WidgetState(id=found, trigger_value=True)]))

    async def stay(self, seconds: float) -> bool:
        """Look at the page for so long; False as soon as the connection is lost."""
        try:
            async with asyncio.timeout(max(0.0, seconds)):
                await self._wire.wait_closed()
        except TimeoutError:
            return True
        return False

    async def come_back(self) -> None:
        """Find the page again after a loss, at the address where it was."""
        for attempt in range(TRIES):
            await asyncio.sleep(FIRST_WAIT * 2**attempt)
            try:
                return await self.arrive()
            except Lost:
                await self.leave()
        raise Fault("not found again")

    async def leave(self) -> None:
        if self._wire:
            await self._wire.close()

    async def _run(self, pressed: WidgetStates) -> None:
        asked = ClientState(
            query_string=self.query,
            widget_states=pressed,
            page_script_hash=self._script,
            cached_message_hashes=list(self._kept),
        )
        try:
            async with asyncio.timeout(PATIENCE):
                await self._wire.send(BackMsg(rerun_script=asked).SerializeToString())
                await self._read_until_drawn()
        except TimeoutError as error:
            raise Fault("no answer") from error
        except WebSocketException as error:
            raise Lost("connection lost") from error

    async def _read_until_drawn(self) -> None:
        begun = False
        while True:
            told = await self._wire.recv()
            self.received += len(told)
            message = self._unpacked(ForwardMsg.FromString(told))
            kind = message.WhichOneof("type")
            if kind == "new_session":
                begun = True
                self._begin(message.new_session)
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "delta":
                self._show(message.delta.new_element)
            elif kind == "script_finished" and begun:
                if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    return self._forget_old()
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise Fault("script with an error")

    def _unpacked(self, message: ForwardMsg) -> ForwardMsg:
        """The message itself; the server sends a large one once, and after that its name alone."""
        if message.WhichOneof("type") == "ref_hash":
            message = self._kept[message.ref_hash][1]
        if message.metadata.cacheable:
            self._kept[message.hash] = (self._runs, message)
        return message

    def _forget_old(self) -> None:
        self._runs += 1
        self._kept = {name: each for name, each in self._kept.items() if self._runs - each[0] <= KEPT_RUNS}

    def _begin(self, session) -> None:
        self._session, self._script = session.initialize.session_id, session.page_script_hash
        self.shown, self._buttons = [], {}

    def _show(self, element) -> None:
        kind = element.WhichOneof("type")
        if kind == "html" and "/failed" in element.html.body:
            raise Fault("a page that was not drawn")
        if kind == "html":
            self.shown.append(element.html.body)
        elif kind == "heading":
            self.shown.append(f"<{element.heading.tag}>{element.heading.body}</{element.heading.tag}>")
        elif kind == "button" and not element.button.disabled:
            self._buttons[element.button.label.strip("*")] = element.button.id
        elif kind == "exception":
            raise Fault(f"{element.exception.type}: {element.exception.message}")
