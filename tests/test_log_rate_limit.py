"""What strangers have written into the log: a line of each kind and a number, and never an error."""

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
NO_TEXT = Frame(Opcode.TEXT, b"\xff").serialize(mask=True)
AT_ONCE = struct.pack("ii", 1, 0)  # a connection that is closed so is gone, whatever is still on its way


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


def test_the_next_line_after_a_minute_tells_how_many_came_after_the_first(logger, clock, caplog):
    for _ in range(2):
        for _ in range(4712):
            logger.warning("Not %s.", "understood")
        clock.now += INTERVAL

    assert caplog.messages == ["Not understood.", "Not understood. (and 4,711 more like it)"]


def test_a_line_that_came_alone_is_written_as_it_is(logger, clock, caplog):
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


def say(site: str, *said: bytes) -> None:
    """Each after an answer to the one before, and then gone at once."""
    with socket.create_connection(("localhost", int(site.rpartition(":")[2])), timeout=60) as line:
        for each in said:
            line.sendall(each)
            line.recv(65536)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)


def test_bad_requests_leave_few_lines_in_the_log_of_the_site(capfd):
    with running_site() as site:
        for _ in range(500):
            say(site, b"\0\r\n\r\n")
        for _ in range(50):
            say(site, HEAD + b"Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n")
            say(site, (HEAD + b"\r\n") * 20)
            say(site, HANDSHAKE, NO_TEXT)

    assert capfd.readouterr().err.splitlines() == ["Invalid HTTP request received.", "Unsupported upgrade request."]
