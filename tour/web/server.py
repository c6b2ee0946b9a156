"""Limits of what a connection may send: uvicorn alone would buffer headers or a message without end.

What is used of uvicorn here is not documented; where it has changed, the site runs without these limits and logs it.
"""

import logging
import signal
from collections import Counter
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from uvicorn import Server as Server

from tour.web.clients import PeerMiddleware, client_address
from tour.web.rate_limiter import RateLimiter

if TYPE_CHECKING:
    from uvicorn._types import ASGI3Application
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
    from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
    from websockets.frames import Frame
    from websockets.http11 import Request
else:  # The mixins are joined to the classes of the uvicorn that runs.
    HttpToolsProtocol = WebSocketsSansIOProtocol = object

CHUNK_SIZE = 1_024  # bytes that are read before anything is counted again
# One request with its body, trailers and chunk extensions; browsers send some 1,000 bytes and 20 header lines.
MAX_REQUEST_BYTES = 64_000
MAX_HEADER_LINES = 100
MAX_MESSAGE_BYTES = 65_536  # of a websocket, from the first fragment on; a step has some 1,000
MAX_UNFINISHED_BYTES = 1_000_000  # of messages of one client that have begun and not ended
# Pings, pongs and continuation frames; browsers send two a minute.
FRAME_RATE, FRAME_BURST = 5, 50  # a second, after a pause
MAX_QUEUED_MESSAGES = 200  # that the app has not taken yet; a visitor has one or two
HEADERS_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
logger = logging.getLogger(__name__)


def running_server() -> Server | None:
    """The server that runs this process: it is reachable only as the owner of the signal handler."""
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    return server if isinstance(server, Server) else None


def limit_connections(server: Server | None) -> None:
    """Limit what new connections may send; before the server listens, that is all of them."""
    try:
        if server is None or server.config.ws_protocol_class is None:
            raise TypeError("no running server with websockets was found")
        http = _with_limits(LimitedHttpProtocol, server.config.http_protocol_class, server)
        websocket = _with_limits(LimitedWebSocketProtocol, server.config.ws_protocol_class, server)
        config = server.config
        config.loaded_app = PeerMiddleware(config.loaded_app)
    except (AttributeError, TypeError) as error:
        logger.warning("Requests and websocket messages are not limited, for uvicorn has changed: %s.", error)
    else:
        config.ws_max_size = MAX_MESSAGE_BYTES
        config.http_protocol_class, config.ws_protocol_class = http, websocket


def _with_limits(mixin: "type[LimitedHttpProtocol | LimitedWebSocketProtocol]", protocol: type, server: Server) -> type:
    instance = protocol(server.config, server.server_state, {})
    for name in mixin.REQUIRED:
        getattr(instance, name)
    return type(mixin.__name__, (mixin, protocol), {})


class LimitedHttpProtocol(HttpToolsProtocol):
    """Mixin for HttpToolsProtocol: limits the bytes and header lines of each request."""

    REQUIRED = (
        *("connection_lost", "cycle", "data_received", "headers", "on_header", "on_message_complete"),
        *("send_400_response", "transport", "_start_asgi_task"),
    )
    request_bytes = 0
    running_cycle: "RequestResponseCycle | None" = None

    def data_received(self, data: bytes) -> None:
        for start in range(0, len(data), CHUNK_SIZE):
            chunk = data[start : start + CHUNK_SIZE]
            self.request_bytes += len(chunk)
            super().data_received(chunk)
            if self.request_bytes > MAX_REQUEST_BYTES:
                self.reject()
            # It is closed, or a websocket has taken over.
            if self.transport.is_closing() or self.transport.get_protocol() is not self:
                return

    def on_header(self, name: bytes, value: bytes) -> None:
        super().on_header(name, value)
        if len(self.headers) > MAX_HEADER_LINES:
            raise ValueError("Too many header lines.")  # which ends in send_400_response

    def send_400_response(self, msg: str) -> None:
        if len(self.headers or ()) > MAX_HEADER_LINES:
            self.reject()
        else:
            super().send_400_response(msg)

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self.request_bytes = 0

    def reject(self) -> None:
        if self.cycle is None or self.cycle.response_complete:  # type: ignore[redundant-expr]  # uvicorn's type lacks None
            self.transport.write(HEADERS_TOO_LARGE)
        self.transport.close()

    def _start_asgi_task(self, cycle: "RequestResponseCycle", app: "ASGI3Application") -> None:
        self.running_cycle = cycle
        super()._start_asgi_task(cycle, app)

    def connection_lost(self, exc: Exception | None) -> None:
        # Of pipelined requests uvicorn marks only the last: a response to the first would be an error in the log.
        if self.running_cycle:
            self.running_cycle.disconnected = True
        super().connection_lost(exc)


class LimitedWebSocketProtocol(WebSocketsSansIOProtocol):
    """Mixin for WebSocketsSansIOProtocol: limits unfinished and waiting messages and the rate of other frames."""

    REQUIRED = (
        *("connection_lost", "curr_msg_data_type", "data_received", "frames", "handle_cont", "handle_connect"),
        *("handle_ping", "handle_pong", "queue", "send_receive_event_to_app", "transport"),
    )
    unfinished: ClassVar[Counter[str]] = Counter()  # bytes, by client
    client_address = ""  # until the handshake
    message_bytes = 0  # of a message that has not ended

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rate_limiter = RateLimiter(FRAME_RATE, FRAME_BURST)

    def data_received(self, data: bytes) -> None:
        for start in range(0, len(data), CHUNK_SIZE):
            if not self.transport.is_closing():
                chunk = data[start : start + CHUNK_SIZE]
                self._add(len(chunk))
                super().data_received(chunk)
                if self.queue.qsize() > MAX_QUEUED_MESSAGES:
                    self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._reset()
        # The app would take what waits at the connection's rate, and only then notice the end.
        for event in [self.queue.get_nowait() for _ in range(self.queue.qsize())]:
            if event["type"] != "websocket.receive":
                self.queue.put_nowait(event)
        super().connection_lost(exc)

    def handle_connect(self, event: "Request") -> None:
        super().handle_connect(event)
        self._reset()

    def handle_ping(self) -> None:
        self._limit_rate()
        super().handle_ping()

    def handle_pong(self, event: "Frame") -> None:
        self._limit_rate()
        super().handle_pong(event)

    def handle_cont(self, event: "Frame") -> None:
        self._limit_rate()
        super().handle_cont(event)

    def send_receive_event_to_app(self) -> None:
        self._reset()
        # Text is refused whatever it says, and invalid UTF-8 would be an error in the log.
        if self.curr_msg_data_type == "text":
            self.frames = [b""]
        super().send_receive_event_to_app()

    def _add(self, size: int) -> None:
        if not self.message_bytes:
            # Known once ProxyHeadersMiddleware has changed the scope.
            self.client_address = client_address(getattr(self, "scope", {}))
        self.message_bytes += size
        self.unfinished[self.client_address] += size
        if self.client_address and self.unfinished[self.client_address] > MAX_UNFINISHED_BYTES:
            self.transport.abort()

    def _reset(self) -> None:
        self.unfinished[self.client_address] -= self.message_bytes
        self.message_bytes = 0
        if not self.unfinished[self.client_address]:
            del self.unfinished[self.client_address]

    def _limit_rate(self) -> None:
        if not self.frames:
            self._reset()  # what came was no message
        if self.rate_limiter.reserve(monotonic()):
            self.transport.abort()
