"""URLs of the site: relative ones for its own links, absolute ones for links from elsewhere."""

from urllib.parse import urlencode, urljoin

from tour.i18n import N_
from tour.settings import DEFAULT_LANGUAGE

# The views that are not stops: the title of each, and what a search engine says of it.
VIEWS = {
    "stops": (N_("Stops"), N_("Every stop of the exhibition, city by city, in walking order.")),
    "find": (N_("Find"), N_("Search every stop of the exhibition, in each of its languages.")),
    "timeline": (N_("Timeline"), N_("What happened when, each date with its source and the stop that tells of it.")),
    "gallery": (N_("Gallery"), N_("Every picture of the exhibition with its caption, credit and licence.")),
    "sources": (
        N_("Sources"),
        N_("Every work that the exhibition rests on, with publisher, language and day of reading."),
    ),
    "lesson": (N_("In class"), N_("A lesson for one class, built on what the sources dispute, with cards to print.")),
    "about": (
        N_("About"),
        N_("How the exhibition was written and drawn, what it asks of you, and how to use its data."),
    ),
}
STANDALONE_PAGES = ("text", "print", "evidence")  # documents beside the tour
# A stop with one of these slugs would take the place of a view or page, in the app or in an exported folder.
RESERVED_SLUGS = ("home", "index", *VIEWS, *STANDALONE_PAGES)
LICENCE = "https://creativecommons.org/licenses/by/4.0/"  # of the texts: LICENSE-CONTENT
# Relative, so that a base path survives: every page lies one level deep, the site's root beside it.
SITE_ROOT = "./"


def page_url(slug: str | None, language: str | None, **query: str) -> str:
    """The URL of a stop, or of another view, relative to any page of the site.

    It names its language, so that a shared link shows what its sender saw; without one the visitor's browser chooses.
    """
    parameters = {**({"stop": slug} if slug else {}), **query, **({"lang": language} if language else {})}
    return SITE_ROOT + ("?" + urlencode(parameters) if parameters else "")


def localized_filename(name: str, language: str) -> str:
    """The name of a file in that language: tour.geojson, tour.ru.geojson."""
    if language == DEFAULT_LANGUAGE:
        return name
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{language}.{suffix}"


def article_url(slug: str, language: str) -> str:
    """The URL of a stop's article alone, relative to any page of the site."""
    return localized_filename(f"articles/{slug}.html", language)


def absolute_url(base: str, relative: str) -> str:
    """The URL as another site writes it; `base` is the site's root and ends with a slash."""
    return urljoin(base, relative)
