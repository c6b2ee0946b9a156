"""Admission control: at the limit of sessions the idlest page is closed, or new visitors get pages without the app."""

import logging
from time import monotonic

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.status import WS_1013_TRY_AGAIN_LATER
from starlette.types import ASGIApp, Receive, Scope, Send

from tour.web.clients import Clients
from tour.web.file_limits import is_near_limit
from tour.web.middleware.websocket_limits import reject, resumed_session
from tour.web.page_routes import render_over_capacity

WARNING_INTERVAL = 600.0  # seconds
AT_CAPACITY = (
    "%d pages with the app are open, as many as there is room for: new visitors get pages without it. Raise"
    " TOUR_MAX_SESSIONS or the limit of open files, or start another process beside this one."
)


class CapacityMiddleware:
    """`root` is the path of the site's root, where pages without the app are sent at the limit."""

    def __init__(self, app: ASGIApp, root: str, clients: Clients):
        self.app, self.root, self.clients = app, root, clients
        self.active_sessions = 0
        self.last_warned = float("-inf")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._admit(scope, receive, send)
        elif scope["type"] == "http" and scope["path"] == self.root and self._is_overloaded():
            response = await run_in_threadpool(render_over_capacity, Request(scope), self.root)
            await response(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _admit(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._is_full():
            # A page that reconnects waits until there is room: pages would close one another in turn.
            idlest = None if resumed_session(scope) else self.clients.idlest()
            if idlest is None:
                await reject(scope, receive, send)
                return
            idlest.close(WS_1013_TRY_AGAIN_LATER)
        self.active_sessions += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.active_sessions -= 1

    def _is_full(self) -> bool:
        return self.active_sessions >= self.clients.limits.max_sessions or is_near_limit()

    def _is_overloaded(self) -> bool:
        is_overloaded = self._is_full() and self.clients.idlest() is None
        if is_overloaded and monotonic() - self.last_warned > WARNING_INTERVAL:
            self.last_warned = monotonic()
            logging.getLogger(__name__).warning(AT_CAPACITY, self.active_sessions)
        return is_overloaded
