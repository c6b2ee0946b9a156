"""What is sent to one websocket, and how much of it may wait for somebody who doesn't read."""

import asyncio
from collections.abc import Callable

from starlette.types import Message, Send

from tour.serving.clients import Client
from tour.serving.limits import Limits

BUFFERED = 65_536  # bytes that the server holds of what is being written to a connection, before it makes others wait


class Sender:
    """Sends messages one after another; `is_blocked` while one waits for the other side to read."""

    def __init__(self, limits: Limits, client: Client, send: Send):
        self.limits, self.client = limits, client
        self.is_blocked = False
        self._send = send

    async def send(self, message: Message, on_blocked: Callable[[], None] = lambda: None) -> bool:
        """Whether it was sent, now or later; who does not read is to keep nobody else waiting meanwhile."""
        try:
            async with asyncio.timeout(self.limits.blocked):
                await self._send(message)  # which begins to write once there is room
        except TimeoutError:
            on_blocked()
            return await self._send_once_there_is_room(message)
        # The latter says that the server itself gave the connection up while the message waited.
        except (OSError, RuntimeError):
            return False
        return True

    async def _send_once_there_is_room(self, message: Message) -> bool:
        size = BUFFERED + len(message.get("bytes") or b"")
        if self.client.unread + size > self.limits.unread:
            return False
        self.client.unread += size
        self.is_blocked = True
        try:
            await self._send(message)
        except (OSError, RuntimeError):
            return False
        finally:
            self.client.unread -= size
            self.is_blocked = False
        return True
