"""The site's own host names: protection from DNS rebinding and from cross-site websockets (CSWSH)."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from tour.settings import settings
from tour.web.clients import PEER, parse_ip


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
