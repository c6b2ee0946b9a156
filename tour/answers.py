"""Answers that a browser may keep, and need not fetch again while they hold."""

import hashlib

from starlette.requests import Request
from starlette.responses import Response

ASK_AGAIN = "no-cache"


def answer(request: Request, content: str, media_type: str, status: int = 200, cache: str = ASK_AGAIN) -> Response:
    """The content with its tag; to a browser that has it already, word that it still holds."""
    # Weak: what is sent may be compressed on its way.
    tag = f'W/"{hashlib.sha256(content.encode()).hexdigest()[:20]}"'
    headers = {"ETag": tag, "Cache-Control": cache}
    if status == 200 and _has(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(content, status, headers, media_type)


def _has(request: Request, tag: str) -> bool:
    held = [each.strip() for each in request.headers.get("if-none-match", "").split(",")]
    return "*" in held or tag in held or tag.removeprefix("W/") in held
