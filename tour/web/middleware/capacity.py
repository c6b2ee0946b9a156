"""More visitors than the process can bear: the longest idle makes room, or who comes gets a page without the app."""

import logging
from collections.abc import Callable
from time import monotonic

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from tour.web.clients import Clients
from tour.web.file_limits import is_near_limit
from tour.web.middleware.websocket_limits import reject
from tour.web.origin_check import resumed_session
from tour.web.websocket_connection import TRY_AGAIN_LATER, count_from_env

DEFAULT_MAX_SESSIONS = 1000  # one processor bears 600 who step every ten seconds, and more who read for longer
WARNING_INTERVAL = 600.0  # seconds
AT_CAPACITY = (
    "The house is full: %d visitors are here. Who comes now reads pages without the app. Let in more by TOUR_VISITORS,"
    " raise the limit of open files, or start another process beside this one."
)


class CapacityMiddleware:
    """Middleware; `root` is the path of the site's root, `page` makes what is shown there while the house is full."""

    def __init__(
        self,
        app: ASGIApp,
        root: str,
        page: Callable[[Request], Response],
        clients: Clients,
        visitors: int | None = None,
    ):
        self.app, self.clients = app, clients
        self.root, self.page = root, page
        self.visitors = visitors or count_from_env("TOUR_VISITORS", DEFAULT_MAX_SESSIONS)
        self.inside = 0
        self.told = float("-inf")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._let_in(scope, receive, send)
        elif scope["type"] == "http" and scope["path"] == self.root and self._has_no_room():
            answer = await run_in_threadpool(self.page, Request(scope))
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._is_full():
            # Who comes back waits until somebody leaves: they would push one another out in turn.
            idlest = None if resumed_session(scope) else self.clients.idlest()
            if idlest is None:
                await reject(scope, receive, send)
                return
            idlest.close(TRY_AGAIN_LATER)
        self.inside += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.inside -= 1

    def _is_full(self) -> bool:
        return self.inside >= self.visitors or is_near_limit()

    def _has_no_room(self) -> bool:
        is_full = self._is_full() and self.clients.idlest() is None
        if is_full and monotonic() - self.told > WARNING_INTERVAL:
            self.told = monotonic()
            logging.getLogger("tour").warning(AT_CAPACITY, self.inside)
        return is_full
