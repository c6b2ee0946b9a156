"""Limits of what a request may be: reading only, of bounded length, for a host name of ours."""

from starlette.responses import PlainTextResponse
from starlette.status import WS_1008_POLICY_VIOLATION
from starlette.types import ASGIApp, Receive, Scope, Send

from tour.web.origin_check import is_rebound_host

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
MAX_URL_LENGTH = 8_000  # bytes; our longest has some 300
MAX_HEADER_BYTES = 32_000  # as in nginx by default
MISDIRECTED_REQUEST = (
    "The exhibition on this machine is not known by this name. TOUR_BASE_URL or TOUR_HOSTS tells it more names."
)


class RequestLimitsMiddleware:
    """`root` is the path of the site's root, with a slash at both ends."""

    def __init__(self, app: ASGIApp, root: str):
        self.app = app
        self.uploads = f"{root}_stcore/upload_file"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        rejection = self._rejection(scope) if scope["type"] in ("http", "websocket") else None
        if rejection is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": WS_1008_POLICY_VIOLATION})
        else:
            status, message = rejection
            # The body may still be on its way, and is not waited for.
            headers = {"Connection": "close"} | ({"Allow": ", ".join(SAFE_METHODS)} if status == 405 else {})
            await PlainTextResponse(message, status, headers)(scope, receive, send)

    def _rejection(self, scope: Scope) -> tuple[int, str] | None:
        if len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > MAX_URL_LENGTH:
            return 414, "This address is too long."
        if sum(len(name) + len(value) for name, value in scope["headers"]) > MAX_HEADER_BYTES:
            return 431, "Request headers are too large."
        # A route's pattern matches before a final line break too, where a proxy that hides a URL would not.
        if not scope["path"].isprintable():
            return 404, "There is no such address."
        if is_rebound_host(scope):
            return 421, MISDIRECTED_REQUEST
        if scope["path"].startswith(self.uploads):
            return 404, "The exhibition takes no files."
        if scope.get("method", "GET") not in SAFE_METHODS:
            return 405, "This can only be read."
        return None
