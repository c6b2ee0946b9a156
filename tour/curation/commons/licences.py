"""The licences under which a picture from Wikimedia Commons may be shown here, and which one it has.

`LicenseShortName` is the name that a file's page gives its licence: CC BY-SA 4.0, Public domain. Where there are
several, the API chooses the freest. `NonFree` says anything at all for one that is not free, `AttributionRequired` true
or false; `DeletionReason` stands on a file that is about to be deleted (Extension:CommonsMetadata, TemplateParser.php).
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html.parser import HTMLParser

from tour.curation.commons.api import DownloadError


@dataclass(frozen=True)
class Licence:
    """`name` is its short name, `address` where it can be read; `must_name` says whether the author must be named."""

    name: str
    address: str
    must_name: bool = True


# How Commons names it, in capitals and joined by hyphens; our name; its address; whether the author must be named.
# Not here, although Commons keeps such files: the GFDL, which wants its whole text beside each copy, on paper too.
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
CHOOSE = "Choose a picture in the public domain, or with CC0, CC BY or CC BY-SA."
_LINKED = re.compile(r"https?://(www\.)?creativecommons\.org/licenses/(?!publicdomain)(?P<terms>[a-z-]+)")


def licence_of(said: Mapping[str, str]) -> Licence:
    """The licence of a file of which Commons `said` this, in plain words; raises Unfetched unless we may show it."""
    name = said.get("LicenseShortName", "")
    if said.get("DeletionReason"):
        raise DownloadError("which is about to be deleted there", "Choose another picture.")
    if said.get("NonFree"):
        raise DownloadError(f"which is not free ({name or 'no licence is named'})", CHOOSE)
    if not name:
        raise DownloadError("which names no licence", CHOOSE)
    found = _free(name)
    if found is None:
        raise DownloadError(f"whose licence, {name}, is none that is known here to let us show it", CHOOSE)
    if _terms(said.get("LicenseUrl", "")) not in ("", _terms(found.address)):
        raise DownloadError(f"whose licence is {name} by its name and {said['LicenseUrl']} by its address", CHOOSE)
    return replace(found, must_name=found.must_name or said.get("AttributionRequired") == "true")


def _free(name: str) -> Licence | None:
    joined = re.sub(r"[\s-]+", "-", name.strip().upper())
    for pattern, ours, address, must_name in FREE:
        match = re.fullmatch(pattern, joined)
        if match:
            return Licence(match.expand(ours).strip(), match.expand(address).lower().rstrip("/") + "/", must_name)
    return None


def _terms(address: str) -> str:
    match = _LINKED.match(address)
    return match["terms"] if match else ""


COMMONS = "Wikimedia Commons"
LONGEST, MOST_HTML = 300, 50_000  # letters
_BLOCKS = frozenset({"br", "div", "dd", "dt", "li", "p", "td", "tr"})
_EMPTY = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})


def plain_words(html: str) -> str:
    """The words that a reader of the HTML sees, on one line, of bounded length."""
    visible = _Visible()
    visible.feed(html[:MOST_HTML])
    visible.close()
    # Whatever is no character of writing goes: controls would break a file, marks of direction turn a line around.
    seen = "".join(visible.words)
    words = " ".join("".join(each for each in seen if each.isspace() or unicodedata.category(each)[0] != "C").split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def credit(said: Mapping[str, str], licence: Licence) -> str:
    """Author, Wikimedia Commons and licence; raises Unfetched where an author must be named and nobody says who.

    `Attribution` is how the author asks to be named, and goes before `Artist` (Extension:CommonsMetadata).
    """
    author = (said.get("Attribution") or said.get("Artist") or "").strip(" ,;")
    if licence.must_name and not author:
        raise DownloadError(
            "whose author must be named, and is not said there", "Choose a picture whose author is known."
        )
    via = "" if COMMONS.lower() in author.lower() else f"via {COMMONS}"
    line = ", ".join(filter(None, (author, via, licence.name)))
    return line[:1].upper() + line[1:]


class _Visible(HTMLParser):
    """The words outside of scripts, styles and elements that are not displayed: Commons repeats some names in those."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.words.append(" ")
        style = (dict(attrs).get("style") or "").replace(" ", "").lower()
        is_hidden = self._hidden or tag in ("script", "style") or "display:none" in style
        if is_hidden and tag not in _EMPTY:
            self._hidden += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.words.append(" ")
        if self._hidden and tag not in _EMPTY:
            self._hidden -= 1

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)
