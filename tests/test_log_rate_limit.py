"""Log lines that clients can cause: one of each kind with a number, and never an error."""

import logging
import socket
import struct

import pytest
from websockets.frames import Frame, Opcode

from tests.conftest import running_site
from tour.web.log_rate_limit import INTERVAL, LogRateLimit

HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
HANDSHAKE = (
    b"GET /_stcore/stream HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
INVALID_UTF8 = Frame(Opcode.TEXT, b"\xff").serialize(mask=True)
RESET = struct.pack("ii", 1, 0)  # a connection that is closed so is gone, whatever is still on its way


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def logger(clock):
    logger = logging.getLogger("tests.noisy")
    limit = LogRateLimit(clock)
    logger.addFilter(limit)
    yield logger
    logger.removeFilter(limit)


def test_of_many_lines_of_a_kind_the_first_is_written(logger, caplog):
    for number in range(500):
        logger.warning("Not understood: %s.", number)

    assert caplog.messages == ["Not understood: 0."]


def test_the_next_line_after_a_minute_has_the_number_of_suppressed_ones(logger, clock, caplog):
    for _ in range(2):
        for _ in range(4712):
            logger.warning("Not %s.", "understood")
        clock.now += INTERVAL

    assert caplog.messages == ["Not understood.", "Not understood. (and 4,711 more like it)"]


def test_a_single_line_is_written_as_it_is(logger, clock, caplog):
    for _ in range(3):
        logger.warning("100 %% of %s", "it")
        clock.now += INTERVAL

    assert caplog.messages == ["100 % of it"] * 3


def test_lines_of_a_kind_are_of_one_place_whatever_they_quote(logger, caplog):
    for number in range(500):
        logger.warning(f"Not understood: {number}.")
    logger.warning("Not read.")

    assert caplog.messages == ["Not understood: 0.", "Not read."]


def test_every_error_is_written(logger, caplog):
    for _ in range(3):
        logger.error("Failed.")

    assert caplog.messages == ["Failed."] * 3


def send(site: str, *requests: bytes) -> None:
    """Each after a response to the one before; then the connection is reset."""
    with socket.create_connection(("localhost", int(site.rpartition(":")[2])), timeout=60) as connection:
        for each in requests:
            connection.sendall(each)
            connection.recv(65536)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)


def test_bad_requests_leave_few_lines_in_the_log_of_the_site(capfd):
    with running_site() as site:
        for _ in range(500):
            send(site, b"\0\r\n\r\n")
        for _ in range(50):
            send(site, HEAD + b"Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n")
            send(site, (HEAD + b"\r\n") * 20)
            send(site, HANDSHAKE, INVALID_UTF8)

    assert capfd.readouterr().err.splitlines() == ["Invalid HTTP request received.", "Unsupported upgrade request."]
