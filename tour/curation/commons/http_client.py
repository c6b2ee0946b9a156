"""Downloads from a few allowed hosts, one request at a time, of limited size and time.

As API:Etiquette and the Robot policy of Wikimedia ask: a User-Agent that says who downloads, no two requests at once,
and as long a wait as `Retry-After` says, in seconds or as a date. A server too busy answers with status 429 or 503; the
API also with status 200 and the header `MediaWiki-API-Error: maxlag` or `ratelimited`.
"""

import time
from collections.abc import Callable, Collection, Mapping

import httpx2

from tour.curation.retry_after import parse_retry_after

MAX_TRIES, MAX_REQUESTS = 3, 3  # of a request to a busy server; of a chain of redirects
# Seconds: between two bytes, for a whole response, for a wait of unknown length, for any wait.
READ_TIMEOUT, DOWNLOAD_TIMEOUT, DEFAULT_RETRY_AFTER, MAX_RETRY_AFTER = 30, 180, 5, 60
BUSY_STATUS, BUSY_ERRORS = frozenset({429, 503}), frozenset({"maxlag", "ratelimited"})
Form = Mapping[str, str]
TRY_LATER = "Try again later."
DAMAGED_HINT = "Look at its page on Commons, and try again later."


class DownloadError(Exception):
    """A file can't be downloaded; `message` reads on from the file's name, `hint` says what to do."""

    def __init__(self, message: str, hint: str = TRY_LATER):
        self.message, self.hint = message, hint
        super().__init__(message)


class HttpClient:
    """Requests from `allowed_hosts` alone, given by URLs, whose scheme and port count too; `sleep` takes seconds."""

    def __init__(self, allowed_hosts: Collection[str], user_agent: str, sleep: Callable[[float], None] = time.sleep):
        self.allowed_hosts = allowed_hosts
        self._sleep = sleep
        self._busy_error: DownloadError | None = None
        headers = {"User-Agent": f"{user_agent} httpx2/{httpx2.__version__}"}
        self._client = httpx2.Client(headers=headers, timeout=READ_TIMEOUT)

    def fetch(self, url: str, max_bytes: int, form: Form | None = None) -> bytes:
        """The body of the response, to a POST if there is a form; raises DownloadError.

        Once a server has asked for a longer wait than MAX_RETRY_AFTER, no further request is sent to any.
        """
        if self._busy_error:
            raise self._busy_error
        delay = 0.0
        for _ in range(MAX_TRIES):
            response, content = self._follow_redirects(url, max_bytes, form)
            if not _is_busy(response):
                if response.status_code != 200:
                    raise DownloadError(f"which is answered with status {response.status_code}", DAMAGED_HINT)
                return content
            delay = parse_retry_after(response.headers.get("Retry-After", ""), DEFAULT_RETRY_AFTER)
            if delay > MAX_RETRY_AFTER:
                break
            self._sleep(delay)
        self._busy_error = DownloadError(f"whose server is busy and asks to wait {delay:.0f} seconds")
        raise self._busy_error

    def _follow_redirects(self, url: str, max_bytes: int, form: Form | None) -> tuple[httpx2.Response, bytes]:
        # The library's own way to follow them reads the body of each, however long.
        try:
            request = self._client.build_request("POST" if form else "GET", url, data=form)
            for _ in range(MAX_REQUESTS):
                self._check_allowed_host(request.url)
                response = self._client.send(request, stream=True)
                try:
                    if response.next_request is None:
                        return response, _read(response, max_bytes)
                    request = response.next_request
                finally:
                    response.close()
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
            raise DownloadError(f"which can't be reached ({str(error) or type(error).__name__})") from error
        raise DownloadError("which leads from one address to the next")

    def _check_allowed_host(self, url: httpx2.URL) -> None:
        # The same parser decides and connects: two might differ on where a URL's host ends.
        if url.is_relative_url or url.origin not in map(httpx2.Origin, self.allowed_hosts):
            hint = "Choose a picture that Commons itself keeps."
            raise DownloadError(f"which lies on another host ({url.host})", hint)


def _is_busy(response: httpx2.Response) -> bool:
    return response.status_code in BUSY_STATUS or response.headers.get("MediaWiki-API-Error") in BUSY_ERRORS


def _read(response: httpx2.Response, max_bytes: int) -> bytes:
    content, deadline = bytearray(), time.monotonic() + DOWNLOAD_TIMEOUT
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > max_bytes:
            raise DownloadError(f"which is larger than {max_bytes // 1_000_000} MB", "Choose a smaller picture.")
        if time.monotonic() > deadline:
            raise DownloadError(f"which has not come in {DOWNLOAD_TIMEOUT} seconds")
    return bytes(content)
