"""Addresses of the site: relative ones for its own links, whole ones for those who link from elsewhere."""

from urllib.parse import urlencode, urljoin

DEFAULT_LANGUAGE = "en"
# Views and pages of the site's own: a stop of such a name would take its place, in the app or in an exported folder.
KEPT = ("home", "index", "stops", "timeline", "gallery", "sources", "about", "text", "print")
# Relative, so that a base path survives: every page lies one level deep, the site's root beside it.
ROOT = "./"


def address(slug: str | None = None, language: str = DEFAULT_LANGUAGE, **query: str) -> str:
    """A stop's address, or another view's, relative to any page of the site."""
    asked = {**({"stop": slug} if slug else {}), **query}
    if language != DEFAULT_LANGUAGE:
        asked["lang"] = language
    return ROOT + ("?" + urlencode(asked) if asked else "")


def whole(base: str, relative: str) -> str:
    """The address as another site writes it; `base` is the site's root and ends with a slash."""
    return urljoin(base, relative)
