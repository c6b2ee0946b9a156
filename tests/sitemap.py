"""The sitemap as a search engine reads it."""

from urllib.parse import parse_qs, urlsplit

from lxml import etree


def addresses(client) -> list[str]:
    """Every page that it names."""
    return list(_read(client).itertext("{*}loc"))


def alternates(client) -> dict[str, dict[str, str]]:
    """What each page is called in each language."""
    return {
        page.findtext("{*}loc"): {link.get("hreflang"): link.get("href") for link in page.iterfind("{*}link")}
        for page in _read(client)
    }


def language_of(address: str) -> str:
    """The one that the address names."""
    (language,) = parse_qs(urlsplit(address).query)["lang"]
    return language


def _read(client) -> etree._Element:
    return etree.fromstring(client.get("/sitemap.xml").content)
