"""Addresses of the site: relative ones for its own links, whole ones for those who link from elsewhere."""

from urllib.parse import urlencode, urljoin

DEFAULT_LANGUAGE = "en"
VIEW_NAMES = ("stops", "find", "timeline", "gallery", "sources", "lesson", "about")
# Views and pages of the site's own: a stop of such a name would take its place, in the app or in an exported folder.
RESERVED_SLUGS = ("home", "index", *VIEW_NAMES, "text", "print", "evidence")
# Relative, so that a base path survives: every page lies one level deep, the site's root beside it.
SITE_ROOT = "./"


def page_url(slug: str | None, language: str | None, **query: str) -> str:
    """A stop's address, or another view's, relative to any page of the site.

    It names its language, so that a link shared shows what its sender saw; without one the visitor's browser chooses.
    """
    asked = {**({"stop": slug} if slug else {}), **query, **({"lang": language} if language else {})}
    return SITE_ROOT + ("?" + urlencode(asked) if asked else "")


def localized_filename(name: str, language: str) -> str:
    """The name of a file of ours in that language: tour.geojson, tour.ru.geojson."""
    if language == DEFAULT_LANGUAGE:
        return name
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{language}.{suffix}"


def article_url(slug: str, language: str) -> str:
    """Where the article of a stop is to be had alone, relative to any page of the site."""
    return localized_filename(f"articles/{slug}.html", language)


def absolute_url(base: str, relative: str) -> str:
    """The address as another site writes it; `base` is the site's root and ends with a slash."""
    return urljoin(base, relative)
