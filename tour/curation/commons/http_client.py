"""Bytes from the few hosts that we trust, one request at a time, in bounded size and time.

As API:Etiquette and the Robot policy of Wikimedia ask: a User-Agent that says who fetches, no two requests at once, and
as long a wait as `Retry-After` says, in seconds or as a date. A server too busy says so with status 429 or 503, the API
also by the header `MediaWiki-API-Error: maxlag` or `ratelimited` with status 200.
"""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import httpx2

from tour.curation.commons.api import LATER, DownloadError
from tour.curation.retry_after import parse_retry_after

TRIES, HOPS = 3, 3
# Seconds: between two bytes, for a whole answer, for a wait that is not asked for by its length, and the longest one.
SILENCE, DEADLINE, PAUSE, PATIENCE = 30, 180, 5, 60
BUSY_STATUS, BUSY_ERRORS = frozenset({429, 503}), frozenset({"maxlag", "ratelimited"})


@dataclass(frozen=True)
class HttpResponse:
    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def is_busy(self) -> bool:
        return self.status in BUSY_STATUS or self.headers.get("mediawiki-api-error") in BUSY_ERRORS


class HttpClient:
    """Asks the `trusted` hosts alone, each like https://example.org; `who` is the User-Agent, `wait` takes seconds."""

    def __init__(self, trusted: Collection[str], who: str, wait: Callable[[float], None] = time.sleep):
        self.trusted = frozenset(trusted)
        self._wait = wait
        self._busy: DownloadError | None = None
        headers = {"User-Agent": f"{who} httpx2/{httpx2.__version__}"}
        self._client = httpx2.Client(headers=headers, timeout=SILENCE)

    def fetch(self, address: str, most: int, fields: Mapping[str, str] | None = None) -> bytes:
        """What stands there, `most` bytes of it; fields are posted. Raises Unfetched.

        Once a server has asked for more patience than we have, nothing more is asked of any.
        """
        if self._busy:
            raise self._busy
        for _ in range(TRIES):
            answer = self._followed(address, most, fields)
            if not answer.is_busy:
                return _sound(answer)
            asked = parse_retry_after(answer.headers.get("retry-after", ""))
            pause = PAUSE if asked is None else asked
            if pause > PATIENCE:
                break
            self._wait(pause)
        self._busy = DownloadError(f"whose server is busy and asks to wait {pause:.0f} seconds", LATER)
        raise self._busy

    def _followed(self, address: str, most: int, fields: Mapping[str, str] | None) -> HttpResponse:
        try:
            request = self._client.build_request("POST" if fields else "GET", address, data=fields)
            for _ in range(HOPS):
                self._refuse_strangers(request.url)
                response = self._client.send(request, stream=True)
                try:
                    if response.next_request is None:
                        return HttpResponse(response.status_code, response.headers, _bounded(response, most))
                    request = response.next_request
                finally:
                    response.close()
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
            raise DownloadError(f"which can't be reached ({error or type(error).__name__})", LATER) from error
        raise DownloadError("which leads from one address to the next", LATER)

    def _refuse_strangers(self, url: httpx2.URL) -> None:
        # The same reading of the address decides and connects: two might differ on where its host ends.
        if origin(url) not in self.trusted:
            raise DownloadError(
                f"which lies on another host ({url.host})", "Choose a picture that Commons itself keeps."
            )


def origin(address: str | httpx2.URL) -> str:
    """Scheme, host and port, as https://example.org; nothing if that is no address."""
    try:
        url = httpx2.URL(address)
    except httpx2.InvalidURL:
        return ""
    return f"{url.scheme}://{url.netloc.decode()}"


def _bounded(response: httpx2.Response, most: int) -> bytes:
    content, end = bytearray(), time.monotonic() + DEADLINE
    for part in response.iter_bytes():
        content += part
        if len(content) > most:
            raise DownloadError(f"which is larger than {most // 1_000_000} MB", "Choose a smaller picture.")
        if time.monotonic() > end:
            raise DownloadError(f"which has not come in {DEADLINE} seconds", LATER)
    return bytes(content)


def _sound(answer: HttpResponse) -> bytes:
    if answer.status != 200:
        remedy = "Look at its page on Commons, and try again later."
        raise DownloadError(f"which is answered with status {answer.status}", remedy)
    return answer.content
