"""Headers on every answer that tell a browser what it may not do with our pages, nor others with them."""

import os
from functools import cache

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tour.edition import edition
from tour.house import STREAMLIT
from tour.problems import ContentError
from tour.serving.policy import embedders, map_policy, page_policy, part_policy

POLICY = "Content-Security-Policy"
# What the pages use, and then what browsers offer beside it.
USED = ("clipboard-write", "fullscreen", "geolocation")
UNUSED = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "gyroscope", "hid", "magnetometer"),
    *("microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get", "screen-wake-lock"),
    *("serial", "usb", "xr-spatial-tracking"),
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",  # servers of tiles want to know who shows them
    "Cross-Origin-Opener-Policy": "same-origin",
}
MAY = ", ".join([*(f"{name}=(self)" for name in USED), *(f"{name}=()" for name in UNUSED)])
MAY_NOTHING = "geolocation=(), camera=(), microphone=()"
# What is no page, and shows none: a visit has a hundred of them, and a page's heads would be 60 KB of it.
PARTS = ("text/css", "text/javascript", "application/javascript", "font/")
A_YEAR_BY_TLS = "max-age=31536000"
FAILED = "Something went wrong here. Please come back in a moment."


class SafeHeaders:
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
                await PlainTextResponse(FAILED, 500)(scope, receive, guarded)
            raise

    def _add(self, headers: MutableHeaders, scope: Scope) -> None:
        for name, value in ALWAYS.items():
            headers.setdefault(name, value)
        is_part = headers.get("content-type", "").startswith(PARTS)
        headers.setdefault("Permissions-Policy", MAY_NOTHING if is_part else MAY)
        headers.setdefault(POLICY, part_policy() if is_part else self._policy(scope))
        if not embedders():
            headers.setdefault("X-Frame-Options", "SAMEORIGIN")  # for browsers that don't know frame-ancestors
        headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if _is_open(headers) else "same-origin")
        if scope["scheme"] == "https" or os.environ.get("TOUR_ADDRESS", "").startswith("https://"):
            headers.setdefault("Strict-Transport-Security", A_YEAR_BY_TLS)

    def _policy(self, scope: Scope) -> str:
        return _map_policy() if scope["path"].startswith(self.map) else policy()


def policy(styles: tuple[str, ...] = ()) -> str:
    """That of a page with these inline style sheets."""
    return page_policy(_shell(), styles)


@cache
def _shell() -> str:
    return (STREAMLIT / "index.html").read_text("utf-8")


def _map_policy() -> str:
    try:
        return map_policy(edition().current().streets)
    except ContentError:
        return map_policy(None)


def _is_open(headers: MutableHeaders) -> bool:
    """Open data, and pictures, which other sites may show."""
    return "access-control-allow-origin" in headers or headers.get("content-type", "").startswith("image/")
