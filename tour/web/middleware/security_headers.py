"""Security headers on every response."""

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tour.content.problems import ContentError
from tour.content_store import store
from tour.settings import settings
from tour.web.csp import CSP_HEADER, map_policy, page_policy, subresource_policy
from tour.web.middleware.map_frame import COMPONENTS

DEFAULT_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",  # tile servers want to know who shows their tiles
    "Cross-Origin-Opener-Policy": "same-origin",
}
ALLOWED_FEATURES = ("clipboard-write", "fullscreen", "geolocation")
DENIED_FEATURES = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "gyroscope", "hid", "magnetometer"),
    *("microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get", "screen-wake-lock"),
    *("serial", "usb", "xr-spatial-tracking"),
)
PERMISSIONS_POLICY = ", ".join(
    [*(f"{name}=(self)" for name in ALLOWED_FEATURES), *(f"{name}=()" for name in DENIED_FEATURES)]
)
# A visit has a hundred of these responses: with a page's headers each, 60 KB of it.
SUBRESOURCE_TYPES = ("text/css", "text/javascript", "application/javascript", "font/")
MINIMAL_PERMISSIONS_POLICY = "geolocation=(), camera=(), microphone=()"
HSTS = "max-age=31536000"
INTERNAL_ERROR = "Something went wrong here. Please come back in a moment."


class SecurityHeadersMiddleware:
    """The outermost middleware; `root` is the path of the site's root, with a slash at both ends."""

    def __init__(self, app: ASGIApp, root: str):
        self.app = app
        self.components = root + COMPONENTS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        has_started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal has_started
            if message["type"] == "http.response.start":
                has_started = True
                self._add(MutableHeaders(scope=message), scope)
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        # The server logs it, and would respond without our headers.
        except Exception:
            if not has_started:
                await PlainTextResponse(INTERNAL_ERROR, 500)(scope, receive, send_with_headers)
            raise

    def _add(self, headers: MutableHeaders, scope: Scope) -> None:
        media_type = headers.get("content-type", "")
        is_subresource = media_type.startswith(SUBRESOURCE_TYPES)
        # Open data, and images: other sites may show them.
        is_open = "access-control-allow-origin" in headers or media_type.startswith("image/")
        defaults = DEFAULT_HEADERS | {
            "Permissions-Policy": MINIMAL_PERMISSIONS_POLICY if is_subresource else PERMISSIONS_POLICY,
            "Cross-Origin-Resource-Policy": "cross-origin" if is_open else "same-origin",
        }
        if CSP_HEADER not in headers:
            defaults[CSP_HEADER] = subresource_policy() if is_subresource else self._policy(scope["path"])
        if not settings().frame_ancestors:
            defaults["X-Frame-Options"] = "SAMEORIGIN"  # for browsers that don't know frame-ancestors
        if scope["scheme"] == "https" or settings().base_url.startswith("https://"):
            defaults["Strict-Transport-Security"] = HSTS
        for name, value in defaults.items():
            headers.setdefault(name, value)

    def _policy(self, path: str) -> str:
        if not path.startswith(self.components):
            return page_policy()
        try:
            return map_policy(store().renderer().exhibition.tile_layer)
        except ContentError:
            return map_policy(None)
