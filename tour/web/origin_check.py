"""By which names the site is known, and which pages may open the app's websocket: our own."""

import os
import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Scope

from tour.web.client_address import PEER, parse_ip

HOST = re.compile(r"[\w.:\[\]-]+")


def is_same_origin(scope: Scope) -> bool:
    """Whether what asks is a page of the host that it asks, or of $TOUR_ADDRESS; or no page in a browser at all."""
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    ours = {headers.get("host", ""), urlsplit(os.environ.get("TOUR_ADDRESS", "")).netloc}
    return origin is None or _host(origin) in ours - {""}


def is_rebound_host(scope: Scope) -> bool:
    """Whether a browser on this machine was led here under a name that isn't ours.

    A page of another site can have its own name lead to 127.0.0.1 (DNS rebinding), and would read what a curator alone
    may. Known are addresses, localhost, the host of $TOUR_ADDRESS and those in $TOUR_HOSTS. That a proxy passed the
    request on is no excuse: such a page can say so itself. Who comes from elsewhere reads what is for everybody there.
    """
    asking = scope.get(PEER) or scope.get("client")
    peer = parse_ip(asking[0] if asking else "")
    if peer is None or not peer.is_loopback:
        return False
    host = Headers(scope=scope).get("host", "").lower()
    if not host or parse_ip(host):
        return False
    name = host.partition(":")[0].rstrip(".")
    known = {urlsplit(os.environ.get("TOUR_ADDRESS", "")).hostname, *os.environ.get("TOUR_HOSTS", "").lower().split()}
    return not (name == "localhost" or name.endswith(".localhost") or name in known)


def base_url(request: Request, root: str) -> str:
    """The site's root as others write it: as $TOUR_ADDRESS says, else as this visitor asked for it.

    `root` is its path, with a slash at both ends.
    """
    if address := os.environ.get("TOUR_ADDRESS"):
        return address.rstrip("/") + "/"
    host = request.headers.get("host", "")
    return f"{request.url.scheme}://{host if HOST.fullmatch(host) else 'localhost'}{root}"


def streamlit_scope(scope: Scope, session: str) -> Scope:
    """A websocket as Streamlit may see it: without its origin, with that session, if any, for its page to go on with.

    The origin it would compare once more, and ask an outside host for the machine's own address to do so.
    """
    headers = [each for each in scope["headers"] if each[0] not in (b"origin", b"sec-websocket-protocol")]
    protocols = ", ".join([*scope["subprotocols"][:1], *(["-", session] if session else [])])
    return {**scope, "headers": [*headers, (b"sec-websocket-protocol", protocols.encode("latin-1"))]}


def resumed_session(scope: Scope) -> str:
    """The session that the page of this websocket had before it came back; empty if it is new."""
    return next(iter(scope["subprotocols"][2:]), "")


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # a bracket that is never closed
        return ""
