"""A link checker: requests URLs as a browser would, redirect by redirect, at a rate that their hosts allow."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import takewhile
from math import inf

import httpx2

from tour.curation.link_check.http_client import HttpClient, LinkError
from tour.curation.link_check.results import CheckResult, Outcome
from tour.curation.retry_after import parse_retry_after

PERMANENT_REDIRECTS = (301, 308)
REDIRECTS = (*PERMANENT_REDIRECTS, 302, 303, 307)
GONE = (404, 410)
MAX_REDIRECTS = 10
MAX_URL_LENGTH = 2000  # characters, of a URL that is shown to a curator
MAX_TRIES = 2  # of a request to a host that asks to wait

Redirects = list[tuple[int, str]]  # status and target of each


class LinkChecker:
    """Checks links of `max_hosts` in parallel; each host gets one request at a time, `pause` seconds apart.

    A host that asks to wait longer than `max_delay` seconds gets no further request.
    """

    def __init__(self, http: HttpClient, pause: float, max_hosts: int, max_delay: float):
        self._http, self._pause, self._max_delay = http, pause, max_delay
        self._slots = asyncio.Semaphore(max_hosts)
        self._host_locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._next_request: defaultdict[str, float] = defaultdict(float)  # earliest, by the loop's clock
        self._blocked_hosts: set[str] = set()

    async def check_all(self, urls: Iterable[str], report: Callable[[str, CheckResult], None]) -> None:
        """Check all of them, and report each result as it comes."""
        # Tasks start in the order of the URLs; as_completed() would start coroutines in any.
        tasks = [asyncio.create_task(self._check(url)) for url in urls]
        for result in asyncio.as_completed(tasks):
            report(*await result)

    async def _check(self, url: str) -> tuple[str, CheckResult]:
        redirects: Redirects = []
        try:
            outcome, reason = _classify(await self._follow(httpx2.URL(url), redirects))
        except httpx2.InvalidURL:
            outcome, reason = Outcome.NOT_ASKED, "it is not a web address"
        except LinkError as error:
            outcome, reason = error.outcome, str(error)
        permanent = list(takewhile(lambda redirect: redirect[0] in PERMANENT_REDIRECTS, redirects))
        if outcome == Outcome.GOOD and redirects:
            outcome, redirects = (Outcome.MOVED, permanent) if permanent else (Outcome.REDIRECTED, redirects)
        return url, CheckResult(outcome, reason, redirects[-1][1] if redirects else "")

    async def _follow(self, url: httpx2.URL, redirects: Redirects) -> int:
        """The status after all redirects, which are added to `redirects`; raises LinkError."""
        visited = {url}
        while True:
            response = await self._head_or_get(url)
            if response.status_code not in REDIRECTS:
                return response.status_code
            url = _redirect_target(url, response)
            redirects.append((response.status_code, str(url)))
            if url in visited or len(redirects) > MAX_REDIRECTS:
                raise LinkError(Outcome.NO_ANSWER, "it sends us from address to address without end")
            visited.add(url)

    async def _head_or_get(self, url: httpx2.URL) -> httpx2.Response:
        """The response to HEAD, which costs a server least; to GET where a server refuses that, as many do."""
        try:
            response = await self._request("HEAD", url)
            if response.status_code < 400:
                return response
        except LinkError as error:
            if not error.is_retryable:
                raise
        return await self._request("GET", url)

    async def _request(self, method: str, url: httpx2.URL) -> httpx2.Response:
        """The response, after a second try if the host asks to wait; raises LinkError, also if the host is blocked."""
        host = url.raw_host.decode("ascii")
        async with self._host_locks[host]:
            for _ in range(0 if host in self._blocked_hosts else MAX_TRIES):
                response = await self._throttled_request(host, method, url)
                delay = _requested_delay(response)
                if delay is None:
                    return response
                if delay > self._max_delay:
                    break
                self._next_request[host] = max(self._next_request[host], _now() + delay)
            self._blocked_hosts.add(host)
        raise LinkError(Outcome.BUSY)

    async def _throttled_request(self, host: str, method: str, url: httpx2.URL) -> httpx2.Response:
        await asyncio.sleep(self._next_request[host] - _now())
        async with self._slots:
            try:
                return await self._http.request(method, url)
            finally:
                self._next_request[host] = _now() + self._pause


def _now() -> float:
    return asyncio.get_running_loop().time()


def _requested_delay(response: httpx2.Response) -> float | None:
    """Seconds that the host asks to wait, infinity if it doesn't say how long; None if it doesn't ask."""
    # A 503 that doesn't say how long is a fault of this page, a 429 always concerns the host.
    is_throttled = response.status_code == 429 or (response.status_code == 503 and "Retry-After" in response.headers)
    return parse_retry_after(response.headers.get("Retry-After", ""), default=inf) if is_throttled else None


def _redirect_target(url: httpx2.URL, response: httpx2.Response) -> httpx2.URL:
    """Where a redirect leads; the fragment is kept (RFC 9110, section 10.2.2). Raises LinkError."""
    location = response.headers.get("Location")
    if not location:
        raise LinkError(Outcome.NO_ANSWER, f"it answers {_phrase(response.status_code)} and not where to")
    try:
        target = url.join(location)
    except httpx2.InvalidURL:
        target = None
    if target is None or len(str(target)) > MAX_URL_LENGTH:
        raise LinkError(Outcome.NO_ANSWER, "it leads to an address that is none")
    return target if target.fragment or not url.fragment else target.copy_with(fragment=url.fragment)


def _classify(status: int) -> tuple[Outcome, str]:
    if 200 <= status < 300:
        return Outcome.GOOD, ""
    if status == 503:
        return Outcome.BUSY, ""
    is_refused = 400 <= status < 500
    outcome = Outcome.DEAD if status in GONE else Outcome.REFUSED if is_refused else Outcome.NO_ANSWER
    return outcome, f"it answers {_phrase(status)}"


def _phrase(status: int) -> str:
    return f"{status} {httpx2.codes.get_reason_phrase(status)}".strip()
