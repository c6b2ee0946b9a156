"""Content security policies: what a browser may load and run on our pages."""

import html
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from urllib.parse import urlsplit

from tour.model import TileLayer
from tour.settings import ORIGIN, settings
from tour.web.app_shell import streamlit_html

CSP_HEADER = "Content-Security-Policy"
EMPTY_STYLE = ""  # Streamlit adds an empty style element, and fills it by script
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
BASE_DIRECTIVES = {
    "default_src": "'none'",
    "connect_src": "'self'",
    "font_src": "'self' data:",  # Streamlit's style sheet contains a small one
    "base_uri": "'self'",
    "form_action": "'self'",
    "object_src": "'none'",
}
# Same origin, or the page could not see that the map has been drawn.
MAP_SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"


def page_policy(styles: tuple[str, ...] = ()) -> str:
    """For all but the map's frame; `styles` are the page's own inline style sheets."""
    return _serialize(
        **BASE_DIRECTIVES,
        # Streamlit starts the script of a component of ours, page_sync.js, from a blob.
        script_src=f"'self' blob: {_streamlit_scripts()}",
        style_src=f"'self' {_hashes(EMPTY_STYLE, *styles)}",
        img_src="'self' data:",
        media_src="'self'",
        manifest_src="'self'",
        frame_src="'self'",
    )


def map_policy(tile_layer: TileLayer | None) -> str:
    """For the map's frame, in which folium's script is evaluated, and which may show a tile server's images."""
    return _serialize(
        **BASE_DIRECTIVES,
        script_src="'self' 'unsafe-inline' 'unsafe-eval'",
        style_src="'self' 'unsafe-inline'",
        img_src=" ".join(["'self'", "data:", *_tile_origins(tile_layer)]),
        sandbox=MAP_SANDBOX,
    )


def subresource_policy() -> str:
    """For a script, a style sheet or a font: by itself it may do nothing."""
    return _serialize(default_src="'none'")


def inline_styles(content: str, media_type: str) -> tuple[str, ...]:
    """The style sheets in an HTML or SVG document of ours, as a browser reads them."""
    if media_type == "text/html":
        return tuple(STYLE.findall(content))
    return tuple(map(html.unescape, STYLE.findall(content))) if media_type == "image/svg+xml" else ()


def _tile_origins(tile_layer: TileLayer | None) -> tuple[str, ...]:
    """The origin of the tiles, with a wildcard for a subdomain that changes from tile to tile."""
    if not tile_layer:
        return ()
    url = urlsplit(tile_layer.address.replace("{s}", "*"))
    origin = f"{url.scheme}://{url.netloc}"
    return (origin,) if ORIGIN.fullmatch(origin) else ()


@cache
def _streamlit_scripts() -> str:
    return _hashes(*SCRIPT.findall(streamlit_html()))


def _hashes(*sources: str) -> str:
    return " ".join(f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'" for source in sources)


def _serialize(**directives: str) -> str:
    directives["frame_ancestors"] = " ".join(("'self'", *settings().frame_ancestors))
    return "; ".join(f"{name.replace('_', '-')} {value}" for name, value in directives.items())
