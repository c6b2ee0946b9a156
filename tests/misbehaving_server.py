"""A server that misbehaves in every way we have heard of, and records its requests."""

import os
import signal
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

# For the name secure.example alone, and self-signed.
CERTIFICATE = Path(__file__).with_name("secure.example.pem")
CHUNK = b"x" * 65536


@dataclass(frozen=True)
class RecordedRequest:
    """A request as it came, `began` in seconds of the monotonic clock."""

    method: str
    path: str
    headers: dict[str, str]
    started: float

    @property
    def host(self) -> str:
        return self.headers["host"].rsplit(":", 1)[0]


def head(status: str, *lines: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode()


def plain(status: str, *lines: str) -> bytes:
    return head(status, "Content-Length: 0", *lines)


@dataclass
class MisbehavingServer:
    """The server; `max_concurrent` is the largest number of simultaneous requests, by host."""

    port: int
    handlers: dict[str, Callable[[Any, str], None]] = field(default_factory=dict)
    requests: list[RecordedRequest] = field(default_factory=list)
    max_concurrent: Counter = field(default_factory=Counter)
    sent: int = 0
    on_connect: Callable[[socket.socket], None] | None = None  # instead of reading a request
    stopped: threading.Event = field(default_factory=threading.Event)
    _concurrent: Counter = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def respond_with(self, path: str, *responses: bytes) -> None:
        """Requests for that path get these responses one after the other, and then the last one."""
        left = list(responses)
        self.handlers[path] = lambda client, method: client.sendall(left.pop(0) if len(left) > 1 else left[0])

    def url(self, path: str, host: str = "museum.example", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def requested_paths(self) -> list[tuple[str, str]]:
        return [(each.method, each.path) for each in self.requests]

    def hang(self, client: socket.socket, method: str) -> None:
        self.stopped.wait(20)

    def drip_headers(self, client: socket.socket, method: str) -> None:
        """Headers that never end, byte after byte."""
        client.sendall(b"HTTP/1.1 200 OK\r\nX-Drip: ")
        while not self.stopped.wait(0.01):
            client.sendall(b"x")

    def drip_handshake(self, client: socket.socket) -> None:
        """The first record of TLS, a long one, byte after byte."""
        client.sendall(b"\x16\x03\x03\x3f\xff\x02\x00\x3f\xfb")
        while not self.stopped.wait(0.01):
            client.sendall(b"\x03")

    def send_early_hints(self, client: socket.socket, method: str) -> None:
        """Informational responses without end."""
        while not self.stopped.wait(0.01):
            client.sendall(head("103 Early Hints"))

    def send_endless_body(self, client: socket.socket, method: str) -> None:
        """A body of a terabyte, but for HEAD, which it refuses."""
        if method == "HEAD":
            client.sendall(plain("405 Method Not Allowed"))
            return
        client.sendall(head("200 OK", f"Content-Length: {10**12}"))
        while not self.stopped.is_set():
            client.sendall(CHUNK)
            self.sent += len(CHUNK)

    def send_wide_header(self, client: socket.socket, method: str) -> None:
        """A header of many megabytes."""
        client.sendall(b"HTTP/1.1 200 OK\r\nX-Wide: ")
        for _ in range(500):
            client.sendall(CHUNK)
            self.sent += len(CHUNK)
        client.sendall(b"\r\n\r\n")

    def get_only(self, client: socket.socket, method: str) -> None:
        client.sendall(plain("200 OK" if method == "GET" else "501 Not Implemented"))

    def leave_head_unanswered(self, client: socket.socket, method: str) -> None:
        client.sendall(plain("200 OK") if method == "GET" else b"")

    def reset(self, client: socket.socket, method: str) -> None:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")

    def interrupt(self, client: socket.socket, method: str) -> None:
        """The curator presses Ctrl-C at this moment."""
        os.kill(os.getpid(), signal.SIGINT)
        self.stopped.wait(20)

    def serve(self, client: socket.socket, context: ssl.SSLContext | None) -> None:
        with suppress(OSError, ValueError), client:
            if self.on_connect:
                self.on_connect(client)
                return
            if context:
                client = context.wrap_socket(client, server_side=True)
            with client, client.makefile("rb") as lines:
                method, path, _ = lines.readline().decode().split(" ", 2)
                headers = dict(line.decode().lower().rstrip().split(": ", 1) for line in iter(lines.readline, b"\r\n"))
                self._respond(client, method, path, headers)

    def _respond(self, client: socket.socket, method: str, path: str, headers: dict[str, str]) -> None:
        host = headers["host"].rsplit(":", 1)[0]
        with self._lock:
            self.requests.append(RecordedRequest(method, path, headers, time.monotonic()))
            self._concurrent[host] += 1
            self.max_concurrent[host] = max(self.max_concurrent[host], self._concurrent[host])

        @cache  # once
        def end() -> None:
            with self._lock:
                self._concurrent[host] -= 1

        try:
            self.handlers.get(path, _unknown)(_CountedClient(client, end), method)
        finally:
            end()


class _CountedClient:
    """A client whose request has ended when its response begins: then it may send the next, before we have noticed."""

    def __init__(self, client: socket.socket, end: Callable[[], None]):
        self._client, self._end = client, end

    def sendall(self, content: bytes) -> None:
        self._end()
        self._client.sendall(content)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)


@contextmanager
def misbehaving_server(is_secure: bool = False, ip: str = "127.0.0.1") -> Iterator[MisbehavingServer]:
    """The server on a free port of that IP address, until the end of the block."""
    context = None
    if is_secure:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
    with socket.create_server((ip, 0)) as listener:
        server = MisbehavingServer(listener.getsockname()[1])
        threading.Thread(target=_accept, args=(listener, server, context), daemon=True).start()
        try:
            yield server
        finally:
            server.stopped.set()
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)


def _accept(listener: socket.socket, server: MisbehavingServer, context: ssl.SSLContext | None) -> None:
    with suppress(OSError):
        while True:
            client, _ = listener.accept()
            threading.Thread(target=server.serve, args=(client, context), daemon=True).start()


def _unknown(client: socket.socket, method: str) -> None:
    client.sendall(plain("404 Not Found"))
