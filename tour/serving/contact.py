"""/.well-known/security.txt: where whoever has found a hole may say so."""

import os
import re
from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

MAIL = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)
PAGE = re.compile(r"https://[!-~]+")
HOLDS = timedelta(days=30)  # of an address that a running site names; RFC 9116 wants less than a year


def contact_route(root: str) -> BaseRoute:
    return Route(root + ".well-known/security.txt", _security_text)


def _security_text(_: Request) -> Response:
    """As RFC 9116 has it, of the address in $TOUR_CONTACT; without one, there is no such file."""
    address = _address(os.environ.get("TOUR_CONTACT", ""))
    if not address:
        return PlainTextResponse("The keepers of this site name no address.", 404)
    until = datetime.now(UTC) + HOLDS
    return PlainTextResponse(f"Contact: {address}\nExpires: {until:%Y-%m-%dT%H:%M:%SZ}\n")


def _address(contact: str) -> str | None:
    if MAIL.fullmatch(contact):
        return f"mailto:{contact}"
    return contact if PAGE.fullmatch(contact) else None
