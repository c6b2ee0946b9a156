"""What we add to the HTML that Streamlit sends: our style sheet and script, so that the page has its shape at once."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Relative, as Streamlit's own addresses are: they survive a base path.
HEAD = (
    b'<link rel="preload" href="files/fonts/serif-latin-normal.woff2" as="font" type="font/woff2" crossorigin>'
    b'<link rel="stylesheet" href="files/fonts.css">'
    b'<link rel="stylesheet" href="files/page.css">'
    b'<script type="module" src="files/page.js"></script>'
)
END_OF_HEAD = b"</head>"


class Shell:
    """Middleware that puts HEAD into the page's head; an answer of another kind or shape goes through as it is."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "/component/" in scope["path"]:
            await self.app(scope, receive, send)
        else:
            await self.app(scope, receive, _Rewriting(send))


class _Rewriting:
    """Holds back the parts of an HTML answer until it is whole, then sends it with our lines."""

    def __init__(self, send: Send):
        self.send = send
        self.start: Message | None = None
        self.parts: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self.start = message
        elif self.start is None:
            await self.send(message)
        else:
            self.parts.append(message.get("body", b""))
            if not message.get("more_body"):
                await self._send_whole()

    async def _send_whole(self) -> None:
        page = b"".join(self.parts).replace(END_OF_HEAD, HEAD + END_OF_HEAD, 1)
        headers = MutableHeaders(scope=self.start)
        if page:  # a HEAD request has no body, and its length is the one we would send
            headers["content-length"] = str(len(page))
        elif "content-length" in headers:
            headers["content-length"] = str(int(headers["content-length"]) + len(HEAD))
        # Streamlit's tag and date are those of its file, not of our page.
        for name in ("etag", "last-modified"):
            del headers[name]
        await self.send(self.start)
        await self.send({"type": "http.response.body", "body": page})


def _is_page(start: Message) -> bool:
    headers = MutableHeaders(scope=start)
    is_html = headers.get("content-type", "").startswith("text/html")
    return start["status"] == 200 and is_html and "content-encoding" not in headers
