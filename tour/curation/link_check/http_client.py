"""One request to an address elsewhere: to the very IP address that was found fit to be asked, and not for ever."""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from math import inf

import httpx2

from tour.curation.retry_after import parse_retry_after

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


PORTS = {"http": 80, "https": 443}
MOST_ADDRESSES = 3  # of one host that are tried, should the first be out of reach


class InvalidUrlError(Exception):
    """The address is none that we ask for; the words say why."""


class RequestFailedError(Exception):
    """Nobody answered, or not in HTTP; the words say why. `is_final`: another request would find nobody either."""

    def __init__(self, reason: str, is_final: bool = False):
        self.is_final = is_final
        super().__init__(reason)


@dataclass(frozen=True)
class HttpResponse:
    """The head of an answer; `rest` are the seconds that the server wants to be left alone for, if it says so."""

    status: int
    location: str = ""
    rest: float | None = None


@dataclass(frozen=True)
class HttpClient:
    """How requests are made: with which name, to which hosts, and how many seconds they may take."""

    user_agent: str
    connect: float = 8
    whole: float = 20
    is_allowed: Callable[[str], bool] = is_public
    resolve: Callable[[str, int], Awaitable[list[str]]] = resolve
    trust: ssl.SSLContext = field(default_factory=httpx2.create_ssl_context)

    async def reply(self, method: str, url: httpx2.URL) -> HttpResponse:
        """The head of the answer; raises NotAsked or NoAnswer."""
        if url.scheme not in PORTS or not url.host:
            raise InvalidUrlError("it is not a web address")
        if url.userinfo:
            raise InvalidUrlError("it holds a name or a password")
        try:
            # The library's own time-outs begin anew with every byte.
            async with asyncio.timeout(self.whole):
                return await self._first_reply(method, url, await self._fit_to_ask(url))
        except TimeoutError:
            raise RequestFailedError(f"it took longer than {self.whole:g} seconds") from None
        except httpx2.InvalidURL:
            raise InvalidUrlError("it is not a web address") from None
        except httpx2.TransportError as error:
            raise _no_answer(error) from None

    async def _fit_to_ask(self, url: httpx2.URL) -> list[str]:
        """The IP addresses of the host that may be asked; of a name that has others too, these alone."""
        host = url.raw_host.decode("ascii")
        try:
            found = await self.resolve(host, url.port or PORTS[url.scheme])
        except socket.gaierror as error:
            is_later = error.errno == socket.EAI_AGAIN
            fault = f"the name {host} can't be looked up now" if is_later else f"no host of the name {host} is known"
            raise RequestFailedError(fault, is_final=True) from None
        except (OSError, ValueError, OverflowError):
            raise InvalidUrlError(f"{url.netloc.decode('ascii')} is no name of a host") from None
        allowed = [each for each in found if self.is_allowed(each)]
        if not allowed:
            raise InvalidUrlError(f"{host} is a private host, {', '.join(found)}")
        return allowed[:MOST_ADDRESSES]

    async def _first_reply(self, method: str, url: httpx2.URL, ips: list[str]) -> HttpResponse:
        *others, last = ips
        for ip in others:
            try:
                return await self._reply_of(ip, method, url)
            except (httpx2.ConnectError, httpx2.ConnectTimeout):
                continue
        return await self._reply_of(last, method, url)

    async def _reply_of(self, ip: str, method: str, url: httpx2.URL) -> HttpResponse:
        """Asks that IP address, so that a name which changes its mind can't lead us elsewhere."""
        extensions = {"sni_hostname": url.raw_host.decode("ascii"), "timeout": {"connect": self.connect}}
        headers = {"Host": url.netloc.decode("ascii"), "User-Agent": self.user_agent, "Accept": "*/*"}
        request = httpx2.Request(method, url.copy_with(host=ip), headers=headers, extensions=extensions)
        # A transport for each request keeps no cookie and no connection that another host on this IP address could get.
        async with httpx2.AsyncHTTPTransport(verify=self.trust, trust_env=False) as transport:
            response = await transport.handle_async_request(request)
            # The head says all; closing here leaves the body where it is.
            await response.aclose()
        return HttpResponse(response.status_code, response.headers.get("Location", ""), _rest(response.headers))


def _rest(headers: httpx2.Headers) -> float | None:
    """How long the host asks to be left alone; what can't be understood is for ever."""
    written = headers.get("Retry-After")
    asked = parse_retry_after(written) if written is not None else None
    return inf if written is not None and asked is None else asked


def _no_answer(error: httpx2.TransportError) -> RequestFailedError:
    # Before encryption: a handshake that takes too long is one that wants to read on.
    if isinstance(error, httpx2.ConnectTimeout):
        return RequestFailedError("its host can't be reached in time", is_final=True)
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return RequestFailedError(f"its certificate does not hold: {cause.verify_message}", is_final=True)
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return RequestFailedError("it can't agree with us on encryption", is_final=True)
    if isinstance(error, httpx2.ConnectError):
        return RequestFailedError("its host can't be reached", is_final=True)
    if isinstance(error, httpx2.ReadError):
        return RequestFailedError("it broke off without an answer")
    return RequestFailedError("its answer is not HTTP")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or error.__context__
