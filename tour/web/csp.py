"""What a browser may load and run on our pages: content security policies."""

import html
import os
import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from urllib.parse import urlsplit

from tour.model import TileLayer

# Streamlit puts a style without words into the page, and fills it by script.
EMPTY_STYLE = ""
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
ORIGIN = re.compile(r"https?://[\w*-][\w.*-]*(:\d+)?")
BASE_DIRECTIVES = {
    "default-src": "'none'",
    "connect-src": "'self'",
    "font-src": "'self' data:",  # Streamlit's style sheet holds a small one
    "base-uri": "'self'",
    "form-action": "'self'",
    "object-src": "'none'",
}
# What the map's frame may do beside running its scripts; same origin, or the page could not see that it is drawn.
MAP_SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"


def page_policy(shell: str, styles: Iterable[str] = ()) -> str:
    """For all that is not the map's frame; `shell` is Streamlit's HTML, `styles` the page's own inline sheets."""
    return _serialized(
        {
            **BASE_DIRECTIVES,
            # Streamlit starts the script of a component of ours, page_sync.js, from a blob.
            "script-src": " ".join(["'self'", "blob:", *map(_hash, SCRIPT.findall(shell))]),
            "style-src": " ".join(["'self'", *map(_hash, (EMPTY_STYLE, *styles))]),
            "img-src": "'self' data:",
            "media-src": "'self'",
            "manifest-src": "'self'",
            "frame-src": "'self'",
            "frame-ancestors": frame_ancestors(),
        }
    )


def map_policy(streets: TileLayer | None) -> str:
    """For the map's frame alone, in which folium's lines are evaluated, and which may show a tile server's pictures."""
    return _serialized(
        {
            **BASE_DIRECTIVES,
            "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
            "style-src": "'self' 'unsafe-inline'",
            "img-src": " ".join(["'self'", "data:", *_tile_hosts(streets)]),
            "frame-ancestors": frame_ancestors(),
            "sandbox": MAP_SANDBOX,
        }
    )


def subresource_policy() -> str:
    """For a script, a style sheet or a typeface: by itself it may do nothing."""
    return _serialized({"default-src": "'none'", "frame-ancestors": frame_ancestors()})


def inline_styles(content: str, media_type: str) -> tuple[str, ...]:
    """The style sheets that stand in a page or a drawing of ours, as a browser reads them."""
    if media_type == "text/html":
        return tuple(STYLE.findall(content))
    return tuple(map(html.unescape, STYLE.findall(content))) if media_type == "image/svg+xml" else ()


def allowed_embedders() -> tuple[str, ...]:
    """The sites that may show ours in a frame of theirs: $TOUR_EMBED, origins with spaces between them."""
    return tuple(each for each in os.environ.get("TOUR_EMBED", "").split() if ORIGIN.fullmatch(each))


def frame_ancestors() -> str:
    return " ".join(("'self'", *allowed_embedders()))


def _tile_hosts(streets: TileLayer | None) -> Iterable[str]:
    """The origin of the tiles; a subdomain that changes from tile to tile is any."""
    if not streets:
        return ()
    parts = urlsplit(streets.address.replace("{s}", "*"))
    origin = f"{parts.scheme}://{parts.netloc}"
    return (origin,) if ORIGIN.fullmatch(origin) else ()


def _hash(words: str) -> str:
    return f"'sha256-{b64encode(sha256(words.encode()).digest()).decode()}'"


def _serialized(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in policy.items())
