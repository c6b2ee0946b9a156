"""Who sends us something, or asks at unending length, is turned away before anybody listens."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from tour.serving.connection import POLICY
from tour.serving.origins import is_misled

READING = ("GET", "HEAD", "OPTIONS")
# Bytes. Our longest address has some 300; nginx lets through as much head as this by itself.
LONGEST_ADDRESS = 8_000
LONGEST_HEAD = 32_000
NO_UPLOADS = "The exhibition takes no files."
OTHER_NAME = "The exhibition on this machine is not known by this name. TOUR_ADDRESS or TOUR_HOSTS tells it more names."
NO_SUCH = "There is no such address."
ONLY_READING = "This can only be read."
TOO_LONG = "This address is too long."
TOO_MUCH = "The request says too much about itself."


class Door:
    """Middleware; `root` is the path of the site's root, with a slash at both ends."""

    def __init__(self, app: ASGIApp, root: str):
        self.app = app
        self.uploads = f"{root}_stcore/upload_file"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope) if scope["type"] in ("http", "websocket") else None
        if refusal is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": POLICY})
        else:
            status, words = refusal
            # What may still be on its way is not waited for.
            headers = {"Connection": "close"} | ({"Allow": ", ".join(READING)} if status == 405 else {})
            await PlainTextResponse(words, status, headers)(scope, receive, send)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        if len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
            return 414, TOO_LONG
        if sum(len(name) + len(value) for name, value in scope["headers"]) > LONGEST_HEAD:
            return 431, TOO_MUCH
        # A route's pattern ends before a last line break too: a proxy that hides an address would not know this one.
        if not scope["path"].isprintable():
            return 404, NO_SUCH
        if is_misled(scope):
            return 421, OTHER_NAME
        if scope["path"].startswith(self.uploads):
            return 404, NO_UPLOADS
        if scope.get("method", "GET") not in READING:
            return 405, ONLY_READING
        return None
