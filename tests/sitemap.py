"""The sitemap as a search engine reads it."""

from urllib.parse import parse_qs, urlsplit

from lxml import etree

ANY_LANGUAGE = "x-default"
OUR_PATHS = (
    *("/", "/?stop=broadgate", "/?stop=broadgate&lang=ru", "/?stop=nowhere", "/?view=find&words=cloth"),
    *("/text", "/print", "/evidence", "/nowhere", "/robots.txt", "/sitemap.xml", "/tour.json", "/tour.gpx"),
    *("/iiif/manifest.json", "/cite/broadgate.bib", "/cite/nowhere.bib", "/images/none", "/cards/none"),
    *("/plans/broadgate.svg", "/maps/route-overview.svg", "/maps/coventry.geojson"),
    *("/favicon.png", "/files/none"),
)
STREAMLIT_PATHS = (
    *("/_stcore/health", "/_stcore/host-config", "/_stcore/none", "/static/none.js", "/a/b", "/media/none"),
    *("/static/../../x", "/%00", "//x"),
)


def page_urls(client) -> list[str]:
    """Every page that it names."""
    return list(map(str, _read(client).itertext("{*}loc")))


def alternates(client) -> dict[str, dict[str, str]]:
    """What each page is called in each language."""
    return {
        page: {name: other for name, other in names.items() if name != ANY_LANGUAGE}
        for page, names in _names(client).items()
    }


def default_urls(client) -> dict[str, str]:
    """What each page is called where the browser chooses the language."""
    return {page: names[ANY_LANGUAGE] for page, names in _names(client).items()}


def url_language(address: str) -> str:
    """The one that the address names."""
    (language,) = parse_qs(urlsplit(address).query)["lang"]
    return language


def _names(client) -> dict[str, dict[str, str]]:
    return {
        page.findtext("{*}loc", ""): {
            link.get("hreflang", ""): link.get("href", "") for link in page.iterfind("{*}link")
        }
        for page in _read(client)
    }


def _read(client) -> etree._Element:
    return etree.fromstring(client.get("/sitemap.xml").content)
