"""Whose connection it is, as far as a server can know."""

import ipaddress
import logging
import os
import re
from functools import cache

from starlette.datastructures import Headers
from starlette.types import Scope

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
PORT = re.compile(r"^(?:([\d.]+)|\[([^]]+)\])(?::\d+)?$")  # 192.0.2.1:443, [2001:db8::1]:443
# In a scope, the address and port that ask: uvicorn believes a proxy on this machine, and changes “client”.
PEER = "tour.peer"
NO_NETWORK = "TOUR_PROXIES: %s is no address. Write addresses or networks with spaces between: 127.0.0.1 172.17.0.0/16"


def client_address(scope: Scope) -> str:
    """The address that a request comes from; of IPv6 the network, in which one household has all addresses.

    A proxy writes whom it asks for at the end of X-Forwarded-For. It is believed if it asks from this machine or is
    named in $TOUR_PROXIES: addresses or networks, spaces between. If whom it names is such a proxy as well, that one is
    believed in turn; what stands before the first stranger anybody may have written.
    """
    told = [name.strip() for line in Headers(scope=scope).getlist("x-forwarded-for") for name in line.split(",")]
    peer = scope["client"][0] if scope.get("client") else ""
    address = parse_ip(peer)
    while address and told and _is_proxy(address):
        named = parse_ip(told.pop())
        if named is None:
            break
        address = named
    if address is None:
        return peer
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


def _is_proxy(address: Address) -> bool:
    networks = _networks(os.environ.get("TOUR_PROXIES", ""))
    return address.is_loopback or any(address in network for network in networks)


@cache
def _networks(told: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    found = []
    for each in told.split():
        try:
            found.append(ipaddress.ip_network(each, strict=False))
        except ValueError:
            logging.getLogger("tour").warning(NO_NETWORK, each)
    return tuple(found)


def parse_ip(written: str) -> Address | None:
    """An address, with a port or without; one of IPv4 as a socket of both kinds tells it is itself."""
    try:
        address = ipaddress.ip_address(PORT.sub(r"\1\2", written))
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
