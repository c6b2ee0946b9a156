"""The licences under which a picture from Wikimedia Commons may be shown here, and which one it has.

`LicenseShortName` is the name that a file's page gives its licence: CC BY-SA 4.0, Public domain. Where there are
several, the API chooses the freest. `NonFree` says anything at all for one that is not free, `AttributionRequired` true
or false; `DeletionReason` stands on a file that is about to be deleted (Extension:CommonsMetadata, TemplateParser.php).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from tour.photos.commons import Unfetched


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
        raise Unfetched("which is about to be deleted there", "Choose another picture.")
    if said.get("NonFree"):
        raise Unfetched(f"which is not free ({name or 'no licence is named'})", CHOOSE)
    if not name:
        raise Unfetched("which names no licence", CHOOSE)
    found = _free(name)
    if found is None:
        raise Unfetched(f"whose licence, {name}, is none that is known here to let us show it", CHOOSE)
    if _terms(said.get("LicenseUrl", "")) not in ("", _terms(found.address)):
        raise Unfetched(f"whose licence is {name} by its name and {said['LicenseUrl']} by its address", CHOOSE)
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
