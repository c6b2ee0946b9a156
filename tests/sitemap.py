"""The sitemap as a search engine reads it."""

from urllib.parse import parse_qs, urlsplit

from lxml import etree

ANY = "x-default"


def addresses(client) -> list[str]:
    """Every page that it names."""
    return list(_read(client).itertext("{*}loc"))


def alternates(client) -> dict[str, dict[str, str]]:
    """What each page is called in each language."""
    return {
        page: {name: other for name, other in names.items() if name != ANY} for page, names in _names(client).items()
    }


def at_large(client) -> dict[str, str]:
    """What each page is called where the browser chooses the language."""
    return {page: names[ANY] for page, names in _names(client).items()}


def language_of(address: str) -> str:
    """The one that the address names."""
    (language,) = parse_qs(urlsplit(address).query)["lang"]
    return language


def _names(client) -> dict[str, dict[str, str]]:
    return {
        page.findtext("{*}loc"): {link.get("hreflang"): link.get("href") for link in page.iterfind("{*}link")}
        for page in _read(client)
    }


def _read(client) -> etree._Element:
    return etree.fromstring(client.get("/sitemap.xml").content)
