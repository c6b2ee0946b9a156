"""Wikimedia Commons: what its API says of files, and the files themselves.

What is relied on, as documented on mediawiki.org (API:Query, API:Imageinfo, API:Errors and warnings, API:Etiquette,
Manual:Maxlag parameter, Common thumbnail sizes) and read in the code of Extension:CommonsMetadata:

- `titles` takes 50 names, between bars. The response lists what it made of them as `normalized` and `redirects`
  (`from`, `to`), and `pages` by their final titles; one may be `missing`, or `invalid` with an `invalidreason`.
- An error is an object `error` with `code` and `info`, and comes with status 200.
- `continue` has parameters for the rest, if not every page could be described at once; it also comes where a file has
  older versions, which we don't need.
- `thumburl` is the image at `iiurlwidth`, or the file itself where that is no wider. A width between the standard
  ones is served at the next, whatever `thumbwidth` says; an SVG comes as PNG, a TIFF as JPEG.
- `extmetadata` has HTML in its values, made from the file's page.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from tour.curation.commons.http_client import DAMAGED_HINT, DownloadError, HttpClient
from tour.curation.commons.licences import attribution, licence_of, plain_text
from tour.images import convert
from tour.images.safe_open import ImageError
from tour.validation.fields import COMMONS_TITLE_HINT, is_commons_title

SITE = "https://commons.wikimedia.org"
API_URL = f"{SITE}/w/api.php"
FILE_PAGES = f"{SITE}/wiki/"
# Thumbnails moved to a host of their own in 2026.
ALLOWED_HOSTS = (SITE, "https://upload.wikimedia.org", "https://thumb.wikimedia.org")
MAX_TITLES, MAX_RESPONSES = 50, 10  # of one query
MAX_RESPONSE_BYTES = 5_000_000
THUMBNAIL_WIDTH = 1920  # pixels, one of the standard widths: enough for the widest derivative of a figure
MAX_WIDTH, MAX_PIXELS, MAX_BYTES = 3200, 20_000_000, 50_000_000  # of an original; a larger one comes as a thumbnail
ORIGINAL_TYPES = frozenset({"image/jpeg", "image/png", "image/webp"})
THUMBNAIL_TYPES = frozenset({"image/svg+xml", "image/tiff"})
QUERY = {
    "action": "query",
    "format": "json",
    "formatversion": "2",
    "redirects": "1",
    "maxlag": "5",
    "prop": "imageinfo",
    "iiprop": "url|size|mime|sha1|extmetadata",
    "iiurlwidth": str(THUMBNAIL_WIDTH),
    "iiextmetadatafilter": "Artist|Attribution|AttributionRequired|LicenseShortName|LicenseUrl|NonFree|Restrictions"
    "|DeletionReason",
    "iiextmetadatalanguage": "en",
}


@dataclass(frozen=True)
class CommonsImage:
    """An image as downloaded, with its size in pixels; `restrictions` are others than copyright, as Commons has it."""

    content: bytes
    suffix: str
    width: int
    height: int
    credit: str
    licence: str
    rights: str
    restrictions: tuple[str, ...]


def file_page_url(title: str) -> str:
    """The URL of a file's page; MediaWiki begins names with a capital and joins words by underscores."""
    name = "_".join(title.removeprefix("File:").replace("_", " ").split())
    return FILE_PAGES + quote(f"File:{name[:1].upper()}{name[1:]}", safe=":/(),!*;@$~")


class CommonsClient:
    """Downloads files by title, once the API has been queried for them."""

    def __init__(self, http: HttpClient, api_url: str = API_URL):
        self._http, self._api_url = http, api_url
        self._pages: dict[str, dict[str, Any]] = {}
        self._titles: dict[str, str] = {}  # as normalized, and where redirects lead
        self._errors: dict[str, DownloadError] = {}

    def query(self, titles: Iterable[str]) -> None:
        """Query the API for these files, in as few requests as possible; errors are raised by `download`."""
        unique = list(dict.fromkeys(filter(is_commons_title, titles)))
        for start in range(0, len(unique), MAX_TITLES):
            batch = unique[start : start + MAX_TITLES]
            try:
                self._query(QUERY | {"titles": "|".join(batch)})
            except DownloadError as error:
                self._errors |= dict.fromkeys(batch, error)

    def download(self, title: str) -> CommonsImage:
        """The file, its licence and author; raises DownloadError."""
        if not is_commons_title(title):
            raise DownloadError("which is no name of a file", COMMONS_TITLE_HINT)
        if title in self._errors:
            raise self._errors[title]
        url, sha1, metadata = self._file(title)
        licence = licence_of(metadata)
        credit = attribution(metadata, licence)
        content = self._http.fetch(url, MAX_BYTES)
        # SHA-1 keeps no forger out; it shows that the file is complete.
        if sha1 and hashlib.sha1(content, usedforsecurity=False).hexdigest() != sha1:
            raise DownloadError("whose picture is not the one that Commons describes", DAMAGED_HINT)
        restrictions = tuple(filter(None, metadata.get("Restrictions", "").split("|")))
        return CommonsImage(content, *_properties(content), credit, licence.name, licence.url, restrictions)

    def _query(self, params: dict[str, str]) -> None:
        for _ in range(MAX_RESPONSES):
            continuation = self._merge(self._http.fetch(self._api_url, MAX_RESPONSE_BYTES, params))
            if not continuation:
                return
            params |= continuation

    def _merge(self, content: bytes) -> dict[str, str]:
        """Take in one response; the parameters that continue it while a page has no description yet."""
        try:
            response = json.loads(content)
            if "error" in response:
                raise DownloadError(f"of which Wikimedia Commons says: {response['error']['info']}")
            query = response["query"]
            changed = (*query.get("normalized", ()), *query.get("redirects", ()))
            self._titles |= {change["from"]: change["to"] for change in changed}
            pages = {page["title"]: page | self._pages.get(page["title"], {}) for page in query["pages"]}
            self._pages |= pages
            is_complete = all(page.keys() & {"imageinfo", "missing", "invalid"} for page in pages.values())
            return {} if is_complete else dict(response.get("continue", {}))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise DownloadError("of which Wikimedia Commons says nothing that can be read") from error

    def _file(self, title: str) -> tuple[str, str, dict[str, str]]:
        """Where to download the file, its SHA-1 if that is known, and its metadata as plain text."""
        try:
            for _ in range(len(self._titles)):
                title = self._titles.get(title, title)
            info = _image_info(self._pages[title])
            metadata = {name: entry.get("value") for name, entry in info.get("extmetadata", {}).items()}
            texts = {name: plain_text(value) for name, value in metadata.items() if isinstance(value, str)}
            return *_source(info), texts
        except (LookupError, TypeError, AttributeError) as error:
            raise DownloadError("of which Wikimedia Commons does not tell enough") from error


def _image_info(page: dict[str, Any]) -> dict[str, Any]:
    if page.get("invalid"):
        raise DownloadError("which is no name of a file", COMMONS_TITLE_HINT)
    if "imageinfo" not in page and page.get("missing"):
        raise DownloadError("which is not on Wikimedia Commons", COMMONS_TITLE_HINT)
    info: dict[str, Any] = page["imageinfo"][0]
    if "url" not in info:
        raise DownloadError("which Wikimedia Commons keeps no longer", "Choose another picture.")
    return info


def _source(info: dict[str, Any]) -> tuple[str, str]:
    """URL and SHA-1 of the original; of a thumbnail, whose SHA-1 is unknown, if that is too large or no photograph."""
    if info["mime"] not in ORIGINAL_TYPES | THUMBNAIL_TYPES:
        hint = "Choose a photograph or a drawing: JPEG, PNG, WebP, TIFF or SVG."
        raise DownloadError(f"which is {info['mime']}", hint)
    width, height = info["width"], info["height"]
    is_small = width <= MAX_WIDTH and width * height <= MAX_PIXELS and info["size"] <= MAX_BYTES
    is_original = is_small and info["mime"] in ORIGINAL_TYPES
    return (str(info["url"]), str(info["sha1"])) if is_original else (str(info["thumburl"]), "")


def _properties(content: bytes) -> tuple[str, int, int]:
    """Suffix, width and height of the image, decoded once from end to end; raises DownloadError."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "image")
        path.write_bytes(content)
        try:
            width, height = convert.verify(path)
            return convert.suffix(path), width, height
        except ImageError as error:
            raise DownloadError(f"whose picture {error}", DAMAGED_HINT) from error
