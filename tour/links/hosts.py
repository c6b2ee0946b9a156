"""Which hosts a link may lead to: those that anybody can reach, never the machine or the network we stand in."""

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

GLOBAL_UNICAST = IPv6Network("2000::/3")  # RFC 4291, section 2.4: all that is given out to networks
TRANSLATED = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address as hosts without IPv4 see it


async def resolve(host: str, port: int) -> list[str]:
    """The host's IP addresses, best first; raises OSError, ValueError or OverflowError if there are none."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(where[0] for *_, where in found))


def is_public(address: str) -> bool:
    """Whether the IP address is one that anybody can reach, also where it wraps another one."""
    ip = ip_address(address)
    if isinstance(ip, IPv4Address):
        return ip.is_global and not ip.is_multicast
    wrapped = _wrapped(ip)
    if wrapped:
        return is_public(str(wrapped))
    return ip in GLOBAL_UNICAST and ip.is_global


def _wrapped(ip: IPv6Address) -> IPv4Address | None:
    if ip in TRANSLATED:
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped or ip.sixtofour
