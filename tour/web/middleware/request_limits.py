"""Who sends us something, or asks at unending length, is turned away before anybody listens."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from tour.web.origin_check import is_rebound_host
from tour.web.websocket_connection import POLICY_VIOLATION

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
# Bytes. Our longest address has some 300; nginx lets through as much head as this by itself.
MAX_URL_LENGTH = 8_000
MAX_HEADER_BYTES = 32_000
NO_UPLOADS = "The exhibition takes no files."
MISDIRECTED_REQUEST = (
    "The exhibition on this machine is not known by this name. TOUR_ADDRESS or TOUR_HOSTS tells it more names."
)
NOT_FOUND = "There is no such address."
METHOD_NOT_ALLOWED = "This can only be read."
URL_TOO_LONG = "This address is too long."
HEADERS_TOO_LARGE = "The request says too much about itself."


class RequestLimitsMiddleware:
    """Middleware; `root` is the path of the site's root, with a slash at both ends."""

    def __init__(self, app: ASGIApp, root: str):
        self.app = app
        self.uploads = f"{root}_stcore/upload_file"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope) if scope["type"] in ("http", "websocket") else None
        if refusal is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        else:
            status, words = refusal
            # What may still be on its way is not waited for.
            headers = {"Connection": "close"} | ({"Allow": ", ".join(SAFE_METHODS)} if status == 405 else {})
            await PlainTextResponse(words, status, headers)(scope, receive, send)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        if len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > MAX_URL_LENGTH:
            return 414, URL_TOO_LONG
        if sum(len(name) + len(value) for name, value in scope["headers"]) > MAX_HEADER_BYTES:
            return 431, HEADERS_TOO_LARGE
        # A route's pattern ends before a last line break too: a proxy that hides an address would not know this one.
        if not scope["path"].isprintable():
            return 404, NOT_FOUND
        if is_rebound_host(scope):
            return 421, MISDIRECTED_REQUEST
        if scope["path"].startswith(self.uploads):
            return 404, NO_UPLOADS
        if scope.get("method", "GET") not in SAFE_METHODS:
            return 405, METHOD_NOT_ALLOWED
        return None
