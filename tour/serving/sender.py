"""What is sent to one websocket, and how much of it may wait for somebody who doesn't read."""

import asyncio
from collections.abc import Callable

from starlette.types import Message, Send

from tour.serving.clients import Client
from tour.serving.limits import Limits

BUFFERED = 65_536  # bytes that the server holds of what is being written to a connection, before it makes others wait


class Sender:
    """Sends messages; `waiting` are the bytes of those that wait for the other side to read.

    Calls `on_blocked` when one begins to wait: who doesn't read is to keep nobody else waiting. Calls `on_surplus` when
    more waits for the client's address than may.
    """

    def __init__(
        self, limits: Limits, client: Client, send: Send, on_blocked: Callable[[], None], on_surplus: Callable[[], None]
    ):
        self.limits, self.client = limits, client
        self.waiting = 0
        self._send, self._on_blocked, self._on_surplus = send, on_blocked, on_surplus

    async def send(self, message: Message) -> bool:
        """Whether it was sent."""
        waits = 0

        def wait() -> None:
            nonlocal waits
            waits = BUFFERED + len(message.get("bytes") or b"")
            self._count(waits)
            self._on_blocked()
            if self.client.unread > self.limits.unread:
                self._on_surplus()

        timer = asyncio.get_running_loop().call_later(self.limits.blocked, wait)
        try:
            await self._send(message)
        # The latter says that the server itself gave the connection up while the message waited.
        except (OSError, RuntimeError):
            return False
        finally:
            timer.cancel()
            self._count(-waits)
        return True

    def _count(self, size: int) -> None:
        self.waiting += size
        self.client.unread += size
