"""A server that misbehaves in every way we have heard of, and remembers how it was asked."""

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
from pathlib import Path

# Good for the name secure.example alone, and trusted by nobody who isn't told to.
CERTIFICATE = Path(__file__).with_name("secure.example.pem")
CHUNK = b"x" * 65536


@dataclass(frozen=True)
class Asked:
    """A request as it came, `began` in seconds of the monotonic clock."""

    method: str
    path: str
    headers: dict[str, str]
    began: float

    @property
    def host(self) -> str:
        return self.headers["host"].rsplit(":", 1)[0]


def head(status: str, *lines: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode()


def plain(status: str, *lines: str) -> bytes:
    return head(status, "Content-Length: 0", *lines)


@dataclass
class Unruly:
    """The server: what it `asked` for was, how many requests of a host were in hand at once at `most`."""

    port: int
    ways: dict[str, Callable[[socket.socket, str], None]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    most: Counter = field(default_factory=Counter)
    sent: int = 0
    blurts: Callable[[socket.socket], None] | None = None  # instead of listening
    over: threading.Event = field(default_factory=threading.Event)
    _in_hand: Counter = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def says(self, path: str, *answers: bytes) -> None:
        """At that path it gives these answers one after the other, then the last one for ever."""
        left = list(answers)
        self.ways[path] = lambda client, method: client.sendall(left.pop(0) if len(left) > 1 else left[0])

    def address(self, path: str, host: str = "museum.example", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def paths(self) -> list[tuple[str, str]]:
        return [(each.method, each.path) for each in self.asked]

    def hang(self, client: socket.socket, method: str) -> None:
        self.over.wait(20)

    def drip(self, client: socket.socket, method: str) -> None:
        """Byte after byte of a head that never ends."""
        client.sendall(b"HTTP/1.1 200 OK\r\nX-Drip: ")
        while not self.over.wait(0.01):
            client.sendall(b"x")

    def drip_handshake(self, client: socket.socket) -> None:
        """Byte after byte of the first record of TLS, which is said to be long."""
        client.sendall(b"\x16\x03\x03\x3f\xff\x02\x00\x3f\xfb")
        while not self.over.wait(0.01):
            client.sendall(b"\x03")

    def inform(self, client: socket.socket, method: str) -> None:
        """Announces an answer for ever."""
        while not self.over.wait(0.01):
            client.sendall(head("103 Early Hints"))

    def pour(self, client: socket.socket, method: str) -> None:
        """A body of a terabyte, but for HEAD, which it refuses."""
        if method == "HEAD":
            client.sendall(plain("405 Method Not Allowed"))
            return
        client.sendall(head("200 OK", f"Content-Length: {10**12}"))
        while not self.over.is_set():
            client.sendall(CHUNK)
            self.sent += len(CHUNK)

    def widen(self, client: socket.socket, method: str) -> None:
        """A line of the head of many megabytes."""
        client.sendall(b"HTTP/1.1 200 OK\r\nX-Wide: ")
        for _ in range(500):
            client.sendall(CHUNK)
            self.sent += len(CHUNK)
        client.sendall(b"\r\n\r\n")

    def get_only(self, client: socket.socket, method: str) -> None:
        client.sendall(plain("200 OK" if method == "GET" else "501 Not Implemented"))

    def leave_head_unanswered(self, client: socket.socket, method: str) -> None:
        client.sendall(plain("200 OK") if method == "GET" else b"")

    def break_off(self, client: socket.socket, method: str) -> None:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")

    def interrupt(self, client: socket.socket, method: str) -> None:
        """The curator presses Ctrl-C just now."""
        os.kill(os.getpid(), signal.SIGINT)
        self.over.wait(20)

    def serve(self, client: socket.socket, context: ssl.SSLContext | None) -> None:
        with suppress(OSError, ValueError), client:
            if self.blurts:
                self.blurts(client)
                return
            if context:
                client = context.wrap_socket(client, server_side=True)
            with client, client.makefile("rb") as lines:
                method, path, _ = lines.readline().decode().split(" ", 2)
                headers = dict(line.decode().lower().rstrip().split(": ", 1) for line in iter(lines.readline, b"\r\n"))
                self._answer(client, method, path, headers)

    def _answer(self, client: socket.socket, method: str, path: str, headers: dict[str, str]) -> None:
        host = headers["host"].rsplit(":", 1)[0]
        with self._lock:
            self.asked.append(Asked(method, path, headers, time.monotonic()))
            self._in_hand[host] += 1
            self.most[host] = max(self.most[host], self._in_hand[host])
        try:
            self.ways.get(path, _unknown)(client, method)
        finally:
            with self._lock:
                self._in_hand[host] -= 1


@contextmanager
def unruly(is_secure: bool = False, ip: str = "127.0.0.1") -> Iterator[Unruly]:
    """The server on a free port of that IP address, until the end of the block."""
    context = None
    if is_secure:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
    with socket.create_server((ip, 0)) as listener:
        server = Unruly(listener.getsockname()[1])
        threading.Thread(target=_accept, args=(listener, server, context), daemon=True).start()
        try:
            yield server
        finally:
            server.over.set()
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)


def _accept(listener: socket.socket, server: Unruly, context: ssl.SSLContext | None) -> None:
    with suppress(OSError):
        while True:
            client, _ = listener.accept()
            threading.Thread(target=server.serve, args=(client, context), daemon=True).start()


def _unknown(client: socket.socket, method: str) -> None:
    client.sendall(plain("404 Not Found"))
