"""An address asked for as a visitor's browser would, redirect by redirect, and what became of it."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from itertools import takewhile
from math import inf

import httpx2

from tour.curation.link_check.http_client import HttpClient, HttpResponse, InvalidUrlError, RequestFailedError
from tour.curation.link_check.results import CheckResult, Outcome
from tour.curation.link_check.throttle import HostBusyError, HostThrottle

FOR_GOOD = (301, 308)
REDIRECTS = (*FOR_GOOD, 302, 303, 307)
GONE = (404, 410)
MOST_REDIRECTS = 10
LONGEST = 2000  # characters of an address that a curator can be told


@dataclass(frozen=True)
class Hop:
    """A redirect met on the way, and the address it leads to."""

    status: int
    to: httpx2.URL


class LinkChecker:
    """Asks for addresses, in turns."""

    def __init__(self, requests: HttpClient, turns: HostThrottle):
        self._requests, self._turns = requests, turns

    async def answer(self, address: str) -> CheckResult:
        """What became of the address; whatever a server does, it is an answer."""
        hops: list[Hop] = []
        try:
            status = await self._follow(_url(address), hops)
        except InvalidUrlError as fault:
            return CheckResult(Outcome.NOT_ASKED, str(fault), _end(hops))
        except RequestFailedError as fault:
            return CheckResult(Outcome.NO_ANSWER, str(fault), _end(hops))
        except HostBusyError:
            return CheckResult(Outcome.BUSY, "", _end(hops))
        return _judged(status, hops)

    async def _follow(self, url: httpx2.URL, hops: list[Hop]) -> int:
        """The status at the end of all redirects, which are noted in `hops`; raises NotAsked, NoAnswer or Busy."""
        met = {url}
        while True:
            reply = await self._reply(url)
            if reply.status not in REDIRECTS:
                return reply.status
            if not reply.location:
                raise RequestFailedError(f"it answers {_named(reply.status)} and not where to")
            url = _next(url, reply.location)
            hops.append(Hop(reply.status, url))
            if url in met or len(hops) > MOST_REDIRECTS:
                raise RequestFailedError("it sends us from address to address without end")
            met.add(url)

    async def _reply(self, url: httpx2.URL) -> HttpResponse:
        """The reply to HEAD, which costs a server least; to GET where a server refuses that, as many do."""
        try:
            reply = await self._patiently("HEAD", url)
        except RequestFailedError as fault:
            if fault.is_final:
                raise
        else:
            if reply.status < 400:
                return reply
        return await self._patiently("GET", url)

    async def _patiently(self, method: str, url: httpx2.URL) -> HttpResponse:
        """The reply, after a rest if the host wants one; a host that still does is left alone."""
        host = url.raw_host.decode("ascii")
        async with self._turns.turn(host):
            reply = await self._requests.reply(method, url)
            if _wants_rest(reply):
                await self._turns.rest(host, inf if reply.rest is None else reply.rest)
                reply = await self._requests.reply(method, url)
            if _wants_rest(reply):
                self._turns.leave_alone(host)
        return reply


async def check_all(addresses: Iterable[str], asking: LinkChecker, tell: Callable[[str, CheckResult], None]) -> None:
    """Ask for all of them, and tell each answer as it comes."""

    async def one(address: str) -> tuple[str, CheckResult]:
        return address, await asking.answer(address)

    tasks = [asyncio.create_task(one(address)) for address in addresses]
    for done in asyncio.as_completed(tasks):
        tell(*await done)


def _wants_rest(reply: HttpResponse) -> bool:
    """A 503 without a word on when to come back is this page's trouble, a 429 always the host's."""
    return reply.status == 429 or (reply.status == 503 and reply.rest is not None)


def _url(address: str) -> httpx2.URL:
    try:
        return httpx2.URL(address)
    except httpx2.InvalidURL:
        raise InvalidUrlError("it is not a web address") from None


def _next(url: httpx2.URL, location: str) -> httpx2.URL:
    """Where a redirect leads; the part of the page that was meant goes along (RFC 9110, section 10.2.2)."""
    try:
        there = url.join(location)
    except httpx2.InvalidURL:
        there = None
    if there is None or len(str(there)) > LONGEST:
        raise RequestFailedError("it leads to an address that is none")
    return there if there.fragment or not url.fragment else there.copy_with(fragment=url.fragment)


def _judged(status: int, hops: list[Hop]) -> CheckResult:
    if status in GONE:
        return CheckResult(Outcome.DEAD, f"it answers {_named(status)}", _end(hops))
    if status == 503:
        return CheckResult(Outcome.BUSY, "", _end(hops))
    if status >= 500 or status < 200 or 300 <= status < 400:
        return CheckResult(Outcome.NO_ANSWER, f"it answers {_named(status)}", _end(hops))
    if status >= 400:
        return CheckResult(Outcome.REFUSED, f"it answers {_named(status)}", _end(hops))
    for_good = list(takewhile(lambda hop: hop.status in FOR_GOOD, hops))
    if for_good:
        return CheckResult(Outcome.MOVED, "", _end(for_good))
    return CheckResult(Outcome.REDIRECTED if hops else Outcome.GOOD, "", _end(hops))


def _end(hops: list[Hop]) -> str:
    return str(hops[-1].to) if hops else ""


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
