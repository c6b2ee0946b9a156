"""The site's own host names: protection from DNS rebinding and from cross-site websockets (CSWSH)."""

import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Scope

from tour.settings import settings
from tour.web.clients import PEER, parse_ip

HOST = re.compile(r"[\w.:\[\]-]+")


def is_same_origin(scope: Scope) -> bool:
    """Whether a websocket is opened by a page of the requested host or of $TOUR_BASE_URL, or by no browser at all."""
    headers = Headers(scope=scope)
    hosts = filter(None, (headers.get("host"), urlsplit(settings().base_url).netloc))
    # Of either scheme: TLS may end at a proxy.
    return headers.get("origin") in {None, *(f"{scheme}://{host}" for host in hosts for scheme in ("http", "https"))}


def is_rebound_host(scope: Scope) -> bool:
    """Whether a request comes from this machine and is for a foreign host name.

    A page of another site can have its own name point to 127.0.0.1 (DNS rebinding), and would read what only a curator
    may. Allowed are addresses, localhost, the host of $TOUR_BASE_URL and those in $TOUR_HOSTS.
    """
    # Not "client": such a page can claim to come through a proxy.
    host, _ = scope.get(PEER) or scope.get("client") or ("", 0)
    peer = parse_ip(host)
    if peer is None or not peer.is_loopback:
        return False
    host = Headers(scope=scope).get("host", "").lower()
    name = host.partition(":")[0].rstrip(".")
    is_local = name in ("", "localhost") or name.endswith(".localhost") or parse_ip(host)
    return not is_local and name not in (urlsplit(settings().base_url).hostname, *settings().hosts)


def base_url(request: Request, root: str) -> str:
    """The site's root as an absolute URL: $TOUR_BASE_URL, else by the host that this visitor requested.

    `root` is its path, with a slash at both ends.
    """
    if settings().base_url:
        return settings().base_url
    host = request.headers.get("host", "")
    return f"{request.url.scheme}://{host if HOST.fullmatch(host) else 'localhost'}{root}"


def streamlit_scope(scope: Scope, session: str) -> Scope:
    """The scope that Streamlit gets for a websocket: without an origin, and with this session to resume, if any."""
    # Streamlit would compare the origin once more, and ask an outside host for the machine's own address to do so.
    headers = [(name, value) for name, value in scope["headers"] if name not in (b"origin", b"sec-websocket-protocol")]
    protocols = ", ".join([*scope["subprotocols"][:1], *(["-", session] if session else [])])
    return {**scope, "headers": [*headers, (b"sec-websocket-protocol", protocols.encode("latin-1"))]}


def resumed_session(scope: Scope) -> str:
    """The session that the page of this websocket had before it reconnected; empty if it is new."""
    return next(iter(scope["subprotocols"][2:]), "")
