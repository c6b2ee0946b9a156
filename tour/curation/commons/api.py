"""Wikimedia Commons as its API describes it: names of files, the question, and the files in its answer.

What is relied on, as documented on mediawiki.org (API:Query, API:Imageinfo, API:Errors and warnings, API:Etiquette,
Manual:Maxlag parameter, Common thumbnail sizes) and read in the code of Extension:CommonsMetadata:

- `titles` takes 50 names, between bars. The answer lists what it made of them as `normalized` and `redirects`
  (`from`, `to`), and `pages` by their final titles; one may be `missing`, or `invalid` with an `invalidreason`.
- An error is an object `error` with `code` and `info`, and comes with status 200.
- `continue` holds fields for the rest, if not every page could be told of at once; it also comes where a file has older
  versions, which are not ours to ask for.
- `thumburl` is the picture at `iiurlwidth`, or the file itself where that is no wider. A width between the standard
  ones is served at the next, whatever `thumbwidth` says; an SVG comes as PNG, a TIFF as JPEG.
- `extmetadata` has HTML in its values, made from the file's page.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from tour.validation.stop import COMMONS_TITLE_HINT

HOST = "https://commons.wikimedia.org"
API = f"{HOST}/w/api.php"
# Thumbnails moved to a host of their own in 2026.
PICTURES = ("https://upload.wikimedia.org", "https://thumb.wikimedia.org")
PAGES = f"{HOST}/wiki/"
AT_ONCE = 50
THUMBNAIL = 1920  # pixels, one of the standard widths: enough for the widest derivative of a figure
WIDEST, MOST_PIXELS, MOST_BYTES = 3200, 20_000_000, 50_000_000  # of a file that is fetched as it is
AS_IT_IS = frozenset({"image/jpeg", "image/png", "image/webp"})
AS_THUMBNAIL = frozenset({"image/svg+xml", "image/tiff"})
WORDS = (
    *("Artist", "Attribution", "AttributionRequired", "LicenseShortName", "LicenseUrl"),
    *("NonFree", "Restrictions", "DeletionReason"),
)
QUESTION = {
    "action": "query",
    "format": "json",
    "formatversion": "2",
    "redirects": "1",
    "maxlag": "5",
    "prop": "imageinfo",
    "iiprop": "url|size|mime|sha1|extmetadata",
    "iiurlwidth": str(THUMBNAIL),
    "iiextmetadatafilter": "|".join(WORDS),
    "iiextmetadatalanguage": "en",
}
LATER = "Try again later."


class DownloadError(Exception):
    """A picture can't be had; `fault` reads on from the file's name, `remedy` says what to do."""

    def __init__(self, fault: str, remedy: str):
        self.fault, self.remedy = fault, remedy
        super().__init__(fault)


@dataclass(frozen=True)
class CommonsFile:
    """One file; `sha1` is that of the picture at `address`, empty for a thumbnail, which has none."""

    address: str
    sha1: str
    said: dict[str, str]


def page_address(title: str) -> str:
    """The address of a file's page; MediaWiki begins names with a capital and joins words by underscores."""
    name = "_".join(title.removeprefix("File:").replace("_", " ").split())
    return PAGES + quote(f"File:{name[:1].upper()}{name[1:]}", safe=":/(),!*;@$~")


def batched(titles: Iterable[str]) -> Iterator[list[str]]:
    """As many titles as one question may hold, each once."""
    once = list(dict.fromkeys(titles))
    return (once[at : at + AT_ONCE] for at in range(0, len(once), AT_ONCE))


def query_params(lot: Iterable[str]) -> dict[str, str]:
    """The fields that ask for these files."""
    return QUESTION | {"titles": "|".join(lot)}


class ApiResponse:
    """What the API has told of a lot of titles so far; raises Unfetched where it told nothing."""

    def __init__(self) -> None:
        self._leads: dict[str, str] = {}
        self._pages: dict[str, dict[str, Any]] = {}

    def take(self, written: bytes) -> dict[str, str]:
        """Read one answer; the fields that ask for the rest, if there is any."""
        try:
            answer = json.loads(written)
            if "error" in answer:
                raise DownloadError(f"of which Wikimedia Commons says: {answer['error']['info']}", LATER)
            self._read(answer["query"])
            return dict(answer.get("continue", {})) if self._is_partial() else {}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise DownloadError("of which Wikimedia Commons says nothing that can be read", LATER) from error

    def file(self, title: str) -> CommonsFile:
        """The file of that title; raises Unfetched."""
        try:
            return _file(self._page(title))
        except (LookupError, TypeError, AttributeError) as error:
            raise DownloadError("of which Wikimedia Commons does not tell enough", LATER) from error

    def _read(self, query: dict[str, Any]) -> None:
        for each in (*query.get("normalized", ()), *query.get("redirects", ())):
            self._leads[each["from"]] = each["to"]
        for page in query["pages"]:
            self._pages[page["title"]] = page | self._pages.get(page["title"], {})

    def _is_partial(self) -> bool:
        return not all(page.keys() & {"imageinfo", "missing", "invalid"} for page in self._pages.values())

    def _page(self, title: str) -> dict[str, Any]:
        for _ in range(len(self._leads)):
            title = self._leads.get(title, title)
        return self._pages[title]


def _file(page: dict[str, Any]) -> CommonsFile:
    if page.get("invalid"):
        raise DownloadError("which is no name of a file", COMMONS_TITLE_HINT)
    if "imageinfo" not in page and page.get("missing"):
        raise DownloadError("which is not on Wikimedia Commons", COMMONS_TITLE_HINT)
    info = page["imageinfo"][0]
    if "url" not in info:
        raise DownloadError("which Wikimedia Commons keeps no longer", "Choose another picture.")
    told = {name: each.get("value") for name, each in info.get("extmetadata", {}).items()}
    said = {name: value for name, value in told.items() if isinstance(value, str)}
    return CommonsFile(*_chosen(info), said)


def _chosen(info: dict[str, Any]) -> tuple[str, str]:
    """Address and SHA-1 of what is to be fetched: the file as it is, or a thumbnail if it is too large or drawn."""
    if info["mime"] not in AS_IT_IS | AS_THUMBNAIL:
        raise DownloadError(
            f"which is {info['mime']}", "Choose a photograph or a drawing: JPEG, PNG, WebP, TIFF or SVG."
        )
    width, height, size = info["width"], info["height"], info["size"]
    is_small = width <= WIDEST and width * height <= MOST_PIXELS and size <= MOST_BYTES
    is_kept = is_small and info["mime"] in AS_IT_IS
    return (str(info["url"]), str(info["sha1"])) if is_kept else (str(info["thumburl"]), "")
