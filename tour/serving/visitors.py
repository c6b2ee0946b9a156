"""Whose connection it is, as far as a server can know."""

import ipaddress
import logging
import os
from functools import cache

from starlette.datastructures import Headers
from starlette.types import Scope

NO_NETWORK = "TOUR_PROXIES: %s is no address. Write addresses or networks with spaces between: 127.0.0.1 172.17.0.0/16"


def household(scope: Scope) -> str:
    """The address that a request comes from; of IPv6 the network, in which one household has all addresses.

    What X-Forwarded-For says last is believed of the proxies in $TOUR_PROXIES: addresses or networks, spaces between.
    """
    peer = scope["client"][0] if scope.get("client") else ""
    if _is_proxy(peer):
        peer = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).rpartition(",")[2].strip() or peer
    address = _address(peer)
    if address is None:
        return peer
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


def _is_proxy(peer: str) -> bool:
    address = _address(peer)
    return address is not None and any(address in network for network in _networks(os.environ.get("TOUR_PROXIES", "")))


@cache
def _networks(told: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    found = []
    for each in told.split():
        try:
            found.append(ipaddress.ip_network(each, strict=False))
        except ValueError:
            logging.getLogger("tour").warning(NO_NETWORK, each)
    return tuple(found)


def _address(written: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An address; one of IPv4 as a socket of both kinds tells it is itself."""
    try:
        address = ipaddress.ip_address(written)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
