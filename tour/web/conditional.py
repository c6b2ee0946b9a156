"""Responses for conditional requests, their content codings, and 503 while there is nothing to send."""

import asyncio
import hashlib
import re
from collections.abc import Awaitable
from typing import TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from tour.web.csp import CSP_HEADER, inline_styles, page_policy

NO_CACHE = "no-cache"
VARY = {"Vary": "Accept-Encoding"}  # to an uncompressed 200 of text, Streamlit's middleware adds it
IMMUTABLE = "public, max-age=31536000, immutable"
Result = TypeVar("Result")
QUEUE_TIMEOUT = 60.0  # seconds that a visitor waits for what has yet to be made
REFUSED_CODING = re.compile(r";\s*q=0(\.0*)?$")


def cacheable(
    request: Request, content: str | bytes, media_type: str, status: int = 200, cache: str = NO_CACHE
) -> Response:
    """The content with its ETag, or 304 to a browser that has it."""
    headers = caching_headers(content, media_type, cache)
    if status == 200 and etag_matches(request, headers["ETag"]):
        return Response(status_code=304, headers=headers if isinstance(content, bytes) else headers | VARY)
    return Response(content, status, headers, media_type)


def caching_headers(content: str | bytes, media_type: str, cache: str = NO_CACHE) -> dict[str, str]:
    """ETag, Cache-Control, and the policy for the inline style sheets."""
    headers = {"ETag": weak_etag(content.encode() if isinstance(content, str) else content), "Cache-Control": cache}
    if isinstance(content, str) and (styles := inline_styles(content, media_type)):
        headers[CSP_HEADER] = page_policy(styles)
    return headers


def weak_etag(content: bytes) -> str:
    """Weak, for the same content is sent in several codings."""
    return f'W/"{hashlib.sha256(content).hexdigest()[:20]}"'


def etag_matches(request: Request, etag: str) -> bool:
    """Whether the browser has the content of this ETag (If-None-Match)."""
    etags = [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]
    return not {"*", etag, etag.removeprefix("W/")}.isdisjoint(etags)


def accepted_codings(request: Request) -> set[str]:
    """The content codings in Accept-Encoding, without those of weight 0."""
    codings = [coding.strip().lower() for coding in request.headers.get("accept-encoding", "").split(",")]
    return {coding.partition(";")[0].strip() for coding in codings if not REFUSED_CODING.search(coding)}


async def within_timeout(result: Awaitable[Result], message: str) -> Result:
    """The result; raises HTTPException (503) with this message if it takes too long."""
    try:
        async with asyncio.timeout(QUEUE_TIMEOUT):
            return await result
    except TimeoutError:
        raise overloaded(message) from None


def overloaded(message: str) -> HTTPException:
    return HTTPException(503, message, {"Retry-After": str(round(QUEUE_TIMEOUT))})
