"""Answers that a browser may keep, and need not fetch again while they hold."""

import hashlib
from collections.abc import Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from tour.problems import NOT_READY, ContentError
from tour.serving.headers import POLICY, policy
from tour.serving.policy import inline_styles

ASK_AGAIN = "no-cache"
FOR_A_YEAR = "public, max-age=31536000, immutable"


def answer(
    request: Request, content: str | bytes, media_type: str, status: int = 200, cache: str = ASK_AGAIN
) -> Response:
    """The content with its tag; to a browser that has it already, word that it still holds."""
    headers = headers_of(content, media_type, cache)
    if status == 200 and is_held(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(content, status, headers, media_type)


def headers_of(content: str | bytes, media_type: str, cache: str = ASK_AGAIN) -> dict[str, str]:
    """Its tag, how long it may be kept, and the policy for the style sheets that stand in it."""
    # Weak: what is sent may be compressed on its way.
    written = content.encode() if isinstance(content, str) else content
    headers = {"ETag": f'W/"{hashlib.sha256(written).hexdigest()[:20]}"', "Cache-Control": cache}
    if styles := inline_styles(content, media_type):
        headers[POLICY] = policy(styles)
    return headers


def is_held(request: Request, tag: str) -> bool:
    """Whether the browser says that it has what the tag names."""
    held = [each.strip() for each in request.headers.get("if-none-match", "").split(",")]
    return "*" in held or tag in held or tag.removeprefix("W/") in held


def when_ready(endpoint: Callable[..., Response]) -> Callable[..., Response]:
    """The endpoint, or a kind word while there is no sound content."""

    @wraps(endpoint)
    def ready(*given) -> Response:
        try:
            return endpoint(*given)
        except ContentError:
            return PlainTextResponse(NOT_READY, 503)

    return ready
