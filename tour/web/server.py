"""The server that we run in, uvicorn, and what a connection may send it: counted while it comes in.

By itself it would hold a head or a message that never ends.
"""

import signal
from collections import Counter
from time import monotonic
from typing import ClassVar

from uvicorn import Server
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from tour.web.client_address import PEER, client_address
from tour.web.rate_limiter import RateLimiter

CHUNK_SIZE = 1_024  # bytes that are read before anything is counted again
# One request, with its body, trailers and the extensions of its chunks; browsers send some 1,000 bytes and 20 lines.
MAX_REQUEST_BYTES = 64_000
MAX_HEADER_LINES = 100
MAX_MESSAGE_BYTES = 65_536  # bytes of a message, from its first fragment on
MAX_UNFINISHED_BYTES = 1_000_000  # bytes of messages of one client that have begun and not ended
# Frames that are no message: pings, pongs and the rest of fragments. Browsers send two a minute.
FRAME_RATE, FRAME_BURST = 5, 50  # a second, after a rest
MAX_QUEUED_MESSAGES = 200  # messages that the app has not taken; a walk has one or two
HEADERS_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


def running_server() -> Server | None:
    """The server that we run in: it gives itself to nobody, but it is who answers the signal to end."""
    listening = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    return listening if isinstance(listening, Server) else None


def limit_connections(server: Server) -> None:
    """From now on the server's new connections are counted; before it listens, that is all of them."""
    server.config.ws_max_size = MAX_MESSAGE_BYTES
    server.config.http_protocol_class = LimitedHttpProtocol
    server.config.ws_protocol_class = LimitedWebSocketProtocol


class LimitedHttpProtocol(HttpToolsProtocol):
    """HTTP, of whose requests each has so many bytes and lines."""

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.asked = self.lines = 0
        self.answering = None

    def data_received(self, data: bytes) -> None:
        for at in range(0, len(data), CHUNK_SIZE):
            piece = data[at : at + CHUNK_SIZE]
            self.asked += len(piece)
            super().data_received(piece)
            if self.asked > MAX_REQUEST_BYTES or self.lines > MAX_HEADER_LINES:
                self._refuse()
            # A websocket has taken over, or nobody listens any more.
            if self.transport.is_closing() or self.transport.get_protocol() is not self:
                return

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope[PEER] = self.client
        self.lines = 0

    def on_header(self, name: bytes, value: bytes) -> None:
        self.lines += 1
        if self.lines <= MAX_HEADER_LINES:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        if self.lines <= MAX_HEADER_LINES:
            super().on_headers_complete()

    def on_message_complete(self) -> None:
        if self.lines <= MAX_HEADER_LINES:
            super().on_message_complete()
            self.asked = 0

    def _start_asgi_task(self, cycle, app) -> None:
        self.answering = cycle
        super()._start_asgi_task(cycle, app)

    def connection_lost(self, exc: Exception | None) -> None:
        # Of requests that came together uvicorn tells only the last: answering the first would be an error in the log.
        if self.answering:
            self.answering.disconnected = True
        super().connection_lost(exc)

    def _refuse(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.write(HEADERS_TOO_LARGE)
        self.transport.close()


class LimitedWebSocketProtocol(WebSocketsSansIOProtocol):
    """A websocket on which frames that are no message have a pace, and the content of text is dropped."""

    unfinished: ClassVar[Counter[str]] = Counter()  # bytes, by client

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.pace = RateLimiter(FRAME_RATE, FRAME_BURST)
        self.client_address = ""
        self.begun = 0  # bytes of a message that has not ended

    def data_received(self, data: bytes) -> None:
        for at in range(0, len(data), CHUNK_SIZE):
            if not self.transport.is_closing():
                piece = data[at : at + CHUNK_SIZE]
                self._begin(len(piece))
                super().data_received(piece)
                if self.queue.qsize() > MAX_QUEUED_MESSAGES:
                    self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()
        self._drop_messages()
        super().connection_lost(exc)

    def _drop_messages(self) -> None:
        """What nobody waits for any more: the app would take it at the connection's pace, and hear of the end last."""
        waiting = [self.queue.get_nowait() for _ in range(self.queue.qsize())]
        for event in waiting:
            if event["type"] != "websocket.receive":
                self.queue.put_nowait(event)

    def handle_connect(self, event) -> None:
        super().handle_connect(event)
        self._end()
        if hasattr(self, "scope"):
            self.scope[PEER] = self.client
            self.client_address = client_address(self.scope)

    def handle_ping(self) -> None:
        self._count()
        super().handle_ping()

    def handle_pong(self, event) -> None:
        self._count()
        super().handle_pong(event)

    def handle_cont(self, event) -> None:
        self._count()
        super().handle_cont(event)

    def send_receive_event_to_app(self) -> None:
        self._end()
        # Nobody here reads text: it is refused whatever it says, and what is none would be an error in the log.
        if self.curr_msg_data_type == "text":
            self.frames = [b""]
        super().send_receive_event_to_app()

    def _begin(self, size: int) -> None:
        self.begun += size
        self.unfinished[self.client_address] += size
        if self.client_address and self.unfinished[self.client_address] > MAX_UNFINISHED_BYTES:
            self.transport.abort()

    def _end(self) -> None:
        self.unfinished[self.client_address] -= self.begun
        self.begun = 0
        if not self.unfinished[self.client_address]:
            del self.unfinished[self.client_address]

    def _count(self) -> None:
        if not self.frames:
            self._end()  # what came was no message
        if self.pace.wait(monotonic()):
            self.transport.abort()
