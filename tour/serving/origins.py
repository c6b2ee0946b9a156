"""Which pages may open the app's websocket: our own."""

import os
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope


def is_our_page(scope: Scope) -> bool:
    """Whether what asks is a page of the host that it asks, or of $TOUR_ADDRESS; or no page in a browser at all."""
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    ours = {headers.get("host", ""), urlsplit(os.environ.get("TOUR_ADDRESS", "")).netloc}
    return origin is None or _host(origin) in ours - {""}


def without_origin(scope: Scope) -> Scope:
    """Streamlit would compare it once more, and ask an outside host for the machine's own address to do so."""
    return {**scope, "headers": [each for each in scope["headers"] if each[0] != b"origin"]}


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # a bracket that is never closed
        return ""
