"""One request to a public host: sent to the very IP address that was checked, and limited in time."""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Network, ip_address

import httpx2

from tour.curation.link_check.results import Outcome

GLOBAL_UNICAST = IPv6Network("2000::/3")  # RFC 4291, section 2.4: all that is given out to networks
NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address as hosts without IPv4 see it
PORTS = {"http": 80, "https": 443}
MAX_IPS = 3  # of one host that are tried, should the first be out of reach


class LinkError(Exception):
    """The check has ended without a page; the message says why. `is_retryable`: another method may help."""

    def __init__(self, outcome: Outcome, reason: str = "", is_retryable: bool = False):
        self.outcome, self.is_retryable = outcome, is_retryable
        super().__init__(reason)


async def resolve(host: str, port: int) -> list[str]:
    """The host's IP addresses, best first; raises OSError, ValueError or OverflowError if there are none."""
    addresses = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in addresses))


def is_public(address: str) -> bool:
    """Whether anybody can reach the IP address, also if it wraps another one."""
    ip = ip_address(address)
    if isinstance(ip, IPv4Address):
        return ip.is_global and not ip.is_multicast
    wrapped = IPv4Address(int(ip) & 0xFFFF_FFFF) if ip in NAT64 else ip.ipv4_mapped or ip.sixtofour
    return is_public(str(wrapped)) if wrapped else ip in GLOBAL_UNICAST and ip.is_global


@dataclass(frozen=True)
class HttpClient:
    """Sends requests to allowed IP addresses; the timeouts are in seconds."""

    user_agent: str
    connect_timeout: float = 8
    timeout: float = 20
    is_allowed: Callable[[str], bool] = is_public
    resolve: Callable[[str, int], Awaitable[list[str]]] = resolve
    ssl_context: ssl.SSLContext = field(default_factory=httpx2.create_ssl_context)

    async def request(self, method: str, url: httpx2.URL) -> httpx2.Response:
        """The status and headers of the response, its body left unread; raises LinkError or httpx2.InvalidURL."""
        if url.scheme not in PORTS or not url.host:
            raise LinkError(Outcome.NOT_ASKED, "it is not a web address")
        if url.userinfo:
            raise LinkError(Outcome.NOT_ASKED, "it holds a name or a password")
        try:
            # The library's own timeouts begin anew with every byte.
            async with asyncio.timeout(self.timeout):
                return await self._send_to_first(await self._allowed_ips(url), method, url)
        except TimeoutError:
            reason = f"it took longer than {self.timeout:g} seconds"
            raise LinkError(Outcome.NO_ANSWER, reason, is_retryable=True) from None
        except httpx2.TransportError as error:
            raise _link_error(error) from None

    async def _allowed_ips(self, url: httpx2.URL) -> list[str]:
        host = url.raw_host.decode("ascii")
        try:
            ips = await self.resolve(host, url.port or PORTS[url.scheme])
        except socket.gaierror as error:
            is_temporary = error.errno == socket.EAI_AGAIN
            reason = "the name {} can't be looked up now" if is_temporary else "no host of the name {} is known"
            raise LinkError(Outcome.NO_ANSWER, reason.format(host)) from None
        except (OSError, ValueError, OverflowError):
            raise LinkError(Outcome.NOT_ASKED, f"{url.netloc.decode('ascii')} is no name of a host") from None
        allowed = [ip for ip in ips if self.is_allowed(ip)]
        if not allowed:
            raise LinkError(Outcome.NOT_ASKED, f"{host} is a private host, {', '.join(ips)}")
        return allowed[:MAX_IPS]

    async def _send_to_first(self, ips: list[str], method: str, url: httpx2.URL) -> httpx2.Response:
        """The response of the first IP address that can be reached."""
        for ip in ips[:-1]:
            with suppress(httpx2.ConnectError, httpx2.ConnectTimeout):
                return await self._send(ip, method, url)
        return await self._send(ips[-1], method, url)

    async def _send(self, ip: str, method: str, url: httpx2.URL) -> httpx2.Response:
        # By IP address: looked up once more, the name could lead to a private host (DNS rebinding).
        extensions = {"sni_hostname": url.raw_host.decode("ascii"), "timeout": {"connect": self.connect_timeout}}
        headers = {"Host": url.netloc.decode("ascii"), "User-Agent": self.user_agent, "Accept": "*/*"}
        request = httpx2.Request(method, url.copy_with(host=ip), headers=headers, extensions=extensions)
        # A transport for each request keeps no cookie and no connection that another host on this IP address could get.
        async with httpx2.AsyncHTTPTransport(verify=self.ssl_context) as transport:
            response = await transport.handle_async_request(request)
            await response.aclose()
        return response


def _link_error(error: httpx2.TransportError) -> LinkError:
    # Before encryption: a handshake that takes too long is one that wants to read on.
    if isinstance(error, httpx2.ConnectTimeout):
        return LinkError(Outcome.NO_ANSWER, "its host can't be reached in time")
    tls_error = next((cause for cause in _causes(error) if isinstance(cause, ssl.SSLError)), None)
    if isinstance(tls_error, ssl.SSLCertVerificationError):
        return LinkError(Outcome.NO_ANSWER, f"its certificate does not hold: {tls_error.verify_message}")
    if tls_error:
        return LinkError(Outcome.NO_ANSWER, "it can't agree with us on encryption")
    if isinstance(error, httpx2.ConnectError):
        return LinkError(Outcome.NO_ANSWER, "its host can't be reached")
    reason = "it broke off without an answer" if isinstance(error, httpx2.ReadError) else "its answer is not HTTP"
    return LinkError(Outcome.NO_ANSWER, reason, is_retryable=True)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or error.__context__
