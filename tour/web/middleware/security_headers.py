"""Headers on every answer that tell a browser what it may not do with our pages, nor others with them."""

import os
from functools import cache

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tour.content.problems import ContentError
from tour.content_store import store
from tour.paths import STREAMLIT_STATIC_DIR
from tour.web.csp import allowed_embedders, map_policy, page_policy, subresource_policy

CSP_HEADER = "Content-Security-Policy"
# What the pages use, and then what browsers offer beside it.
ALLOWED_FEATURES = ("clipboard-write", "fullscreen", "geolocation")
DENIED_FEATURES = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "gyroscope", "hid", "magnetometer"),
    *("microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get", "screen-wake-lock"),
    *("serial", "usb", "xr-spatial-tracking"),
)
DEFAULT_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",  # servers of tiles want to know who shows them
    "Cross-Origin-Opener-Policy": "same-origin",
}
PERMISSIONS_POLICY = ", ".join(
    [*(f"{name}=(self)" for name in ALLOWED_FEATURES), *(f"{name}=()" for name in DENIED_FEATURES)]
)
MINIMAL_PERMISSIONS_POLICY = "geolocation=(), camera=(), microphone=()"
# What is no page, and shows none: a visit has a hundred of them, and a page's heads would be 60 KB of it.
SUBRESOURCE_TYPES = ("text/css", "text/javascript", "application/javascript", "font/")
HSTS = "max-age=31536000"
INTERNAL_ERROR = "Something went wrong here. Please come back in a moment."


class SecurityHeadersMiddleware:
    """Middleware that has to stand first; `root` is the path of the site's root, with a slash at both ends."""

    def __init__(self, app: ASGIApp, root: str):
        self.app = app
        self.map = f"{root}component/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        has_begun = False

        async def guarded(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                self._add(MutableHeaders(scope=message), scope)
            await send(message)

        try:
            await self.app(scope, receive, guarded)
        # Whatever it is, the server logs it; here it only gets an answer, which further out would lack our headers.
        except Exception:
            if not has_begun:
                await PlainTextResponse(INTERNAL_ERROR, 500)(scope, receive, guarded)
            raise

    def _add(self, headers: MutableHeaders, scope: Scope) -> None:
        for name, value in DEFAULT_HEADERS.items():
            headers.setdefault(name, value)
        is_part = headers.get("content-type", "").startswith(SUBRESOURCE_TYPES)
        headers.setdefault("Permissions-Policy", MINIMAL_PERMISSIONS_POLICY if is_part else PERMISSIONS_POLICY)
        headers.setdefault(CSP_HEADER, subresource_policy() if is_part else self._policy(scope))
        if not allowed_embedders():
            headers.setdefault("X-Frame-Options", "SAMEORIGIN")  # for browsers that don't know frame-ancestors
        headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if _is_open(headers) else "same-origin")
        if scope["scheme"] == "https" or os.environ.get("TOUR_ADDRESS", "").startswith("https://"):
            headers.setdefault("Strict-Transport-Security", HSTS)

    def _policy(self, scope: Scope) -> str:
        return _map_policy() if scope["path"].startswith(self.map) else policy()


def policy(styles: tuple[str, ...] = ()) -> str:
    """That of a page with these inline style sheets."""
    return page_policy(_shell(), styles)


@cache
def _shell() -> str:
    return (STREAMLIT_STATIC_DIR / "index.html").read_text("utf-8")


def _map_policy() -> str:
    try:
        return map_policy(store().current().tile_layer)
    except ContentError:
        return map_policy(None)


def _is_open(headers: MutableHeaders) -> bool:
    """Open data, and pictures, which other sites may show."""
    return "access-control-allow-origin" in headers or headers.get("content-type", "").startswith("image/")
