"""The licences under which an image from Wikimedia Commons may be shown, and which one it has.

`LicenseShortName` is the name that a file's page gives its licence: CC BY-SA 4.0, Public domain. Where there are
several, the API chooses the freest. `NonFree` has any value for one that is not free, `AttributionRequired` true
or false; `DeletionReason` stands on a file that is about to be deleted (Extension:CommonsMetadata, TemplateParser.php).
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import lxml.html

from tour.curation.commons.http_client import DownloadError


@dataclass(frozen=True)
class Licence:
    """`name` is its short name; `requires_attribution` says whether the author must be named."""

    name: str
    url: str
    requires_attribution: bool = True


# How Commons names it, in capitals and joined by hyphens; our name; its URL; whether the author must be named.
# Not here, although Commons has such files: the GFDL, which wants its whole text beside each copy, on paper too.
FREE = (
    (r"PUBLIC-DOMAIN|PD", "Public domain", "https://creativecommons.org/publicdomain/mark/1.0/", False),
    (r"CC-?0(-1\.0)?", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/", False),
    (r"NO-RESTRICTIONS", "No known restrictions", "https://www.flickr.com/commons/usage/", False),
    (
        r"CC-BY(?P<alike>-SA)?-(?P<version>[1-4]\.\d)([-,]\d\.\d)*(-(?P<port>[A-Z]{2}|SCOTLAND))?",
        r"CC BY\g<alike> \g<version> \g<port>",
        r"https://creativecommons.org/licenses/by\g<alike>/\g<version>/\g<port>",
        True,
    ),
    (r"FAL(-1\.3)?|FREE-ART-LICENSE(-1\.3)?", "Free Art License 1.3", "https://artlibre.org/licence/lal/en/", True),
    (
        r"OGL-?V?(?P<version>[123])(\.0)?",
        r"OGL \g<version>.0",
        r"https://www.nationalarchives.gov.uk/doc/open-government-licence/version/\g<version>/",
        True,
    ),
)
FREE_LICENCE_HINT = "Choose a picture in the public domain, or with CC0, CC BY or CC BY-SA."
CC_URL = re.compile(r"https?://(www\.)?creativecommons\.org/licenses/(?!publicdomain)(?P<terms>[a-z-]+)")
COMMONS = "Wikimedia Commons"
MAX_LENGTH, MAX_HTML_LENGTH = 300, 50_000  # characters
BLOCK_TAG = re.compile(r"(?=</?(br|div|dd|dt|li|p|td|tr)\b)", re.IGNORECASE)
# XPath 1.0 has no lower-case(). Commons repeats some names in elements that are not displayed.
HIDDEN = "ancestor::*[contains(translate(@style, 'DISPLAYNOE ', 'displaynoe'), 'display:none')]"
VISIBLE_TEXT = f"//text()[not(ancestor::script or ancestor::style or {HIDDEN})]"


def licence_of(metadata: Mapping[str, str]) -> Licence:
    """The licence of a file with this metadata, in plain text; raises DownloadError unless we may show the file."""
    name = metadata.get("LicenseShortName", "")
    if metadata.get("DeletionReason"):
        raise DownloadError("which is about to be deleted there", "Choose another picture.")
    if metadata.get("NonFree"):
        raise DownloadError(f"which is not free ({name or 'no licence is named'})", FREE_LICENCE_HINT)
    if not name:
        raise DownloadError("which names no licence", FREE_LICENCE_HINT)
    licence = _free_licence(name)
    if licence is None:
        raise DownloadError(f"whose licence, {name}, is none that is known here to let us show it", FREE_LICENCE_HINT)
    if _cc_terms(metadata.get("LicenseUrl", "")) not in ("", _cc_terms(licence.url)):
        conflict = f"whose licence is {name} by its name and {metadata['LicenseUrl']} by its address"
        raise DownloadError(conflict, FREE_LICENCE_HINT)
    is_required = licence.requires_attribution or metadata.get("AttributionRequired") == "true"
    return replace(licence, requires_attribution=is_required)


def _free_licence(name: str) -> Licence | None:
    normalized = re.sub(r"[\s-]+", "-", name.strip().upper())
    for pattern, our_name, url, requires_attribution in FREE:
        if match := re.fullmatch(pattern, normalized):
            url = match.expand(url).lower().rstrip("/") + "/"
            return Licence(match.expand(our_name).strip(), url, requires_attribution)
    return None


def _cc_terms(url: str) -> str:
    match = CC_URL.match(url)
    return match["terms"] if match else ""


def attribution(metadata: Mapping[str, str], licence: Licence) -> str:
    """Author, Wikimedia Commons and licence; raises DownloadError where an author must be named and is unknown.

    `Attribution` is how the author asks to be named, and goes before `Artist` (Extension:CommonsMetadata).
    """
    author = (metadata.get("Attribution") or metadata.get("Artist") or "").strip(" ,;")
    if licence.requires_attribution and not author:
        hint = "Choose a picture whose author is known."
        raise DownloadError("whose author must be named, and is not said there", hint)
    via = "" if COMMONS.lower() in author.lower() else f"via {COMMONS}"
    line = ", ".join(filter(None, (author, via, licence.name)))
    return line[:1].upper() + line[1:]


def plain_text(html: str) -> str:
    """The text that a reader of the HTML sees, on one line, of limited length."""
    root = lxml.html.document_fromstring("<p>" + BLOCK_TAG.sub(" ", _printable(html[:MAX_HTML_LENGTH])))
    texts: Any = root.xpath(VISIBLE_TEXT)  # a list of strings; other expressions have other results
    # Again, since a character reference can stand for any of them.
    text = " ".join(_printable("".join(texts)).split())
    return text if len(text) <= MAX_LENGTH else f"{text[: MAX_LENGTH - 1]}…"


def _printable(text: str) -> str:
    """Without control characters, which would break a file, and marks of direction, which turn a line around."""
    spaced = (" " if character.isspace() else character for character in text)
    return "".join(character for character in spaced if unicodedata.category(character)[0] != "C")
