"""Answers that a browser may keep, and need not fetch again while they hold."""

import hashlib
from collections.abc import Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from tour.content.problems import MAINTENANCE_MESSAGE, ContentError
from tour.web.csp import inline_styles
from tour.web.middleware.security_headers import CSP_HEADER, policy

NO_CACHE = "no-cache"
IMMUTABLE = "public, max-age=31536000, immutable"


def cacheable(
    request: Request, content: str | bytes, media_type: str, status: int = 200, cache: str = NO_CACHE
) -> Response:
    """The content with its tag; to a browser that has it already, word that it still holds."""
    headers = caching_headers(content, media_type, cache)
    if status == 200 and etag_matches(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(content, status, headers, media_type)


def caching_headers(content: str | bytes, media_type: str, cache: str = NO_CACHE) -> dict[str, str]:
    """Its tag, how long it may be kept, and the policy for the style sheets that stand in it."""
    # Weak: what is sent may be compressed on its way.
    written = content.encode() if isinstance(content, str) else content
    headers = {"ETag": f'W/"{hashlib.sha256(written).hexdigest()[:20]}"', "Cache-Control": cache}
    if styles := inline_styles(content, media_type):
        headers[CSP_HEADER] = policy(styles)
    return headers


def etag_matches(request: Request, tag: str) -> bool:
    """Whether the browser says that it has what the tag names."""
    held = [each.strip() for each in request.headers.get("if-none-match", "").split(",")]
    return "*" in held or tag in held or tag.removeprefix("W/") in held


def require_content(endpoint: Callable[..., Response]) -> Callable[..., Response]:
    """The endpoint, or a kind word while there is no sound content."""

    @wraps(endpoint)
    def ready(*given) -> Response:
        try:
            return endpoint(*given)
        except ContentError:
            return PlainTextResponse(MAINTENANCE_MESSAGE, 503)

    return ready
