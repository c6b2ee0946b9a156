"""A stop as a reference manager keeps it: CSL-JSON and BibTeX, without the author and date that it doesn't have."""

from typing import Any

from tour.content.plain_text import status_line
from tour.i18n import gettext_for
from tour.model import Exhibition
from tour.model.navigation import Position, locate
from tour.urls import absolute_url, page_url

# BibTeX counts braces even after a backslash, so that they need names.
TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "$&#%_"},
    }
)


def csl(exhibition: Exhibition, here: Position, base: str) -> dict[str, Any]:
    """One item of CSL-JSON."""
    _ = gettext_for(exhibition.language)
    return {
        "id": here.stop.slug,
        "type": "webpage",
        "title": here.stop.title,
        "container-title": exhibition.title,
        "genre": _("virtual exhibition"),
        "number": here.number,
        "URL": absolute_url(base, page_url(here.stop.slug, exhibition.language)),
        "language": here.stop.language,
        "note": status_line(exhibition),
    }


def bibtex(exhibition: Exhibition, here: Position, base: str) -> str:
    """One record that BibTeX and biblatex both know."""
    fields = {
        # The second pair of braces keeps a style from taking the capitals away.
        "title": f"{{{_tex(here.stop.title)}}}",
        "howpublished": _tex(_where(exhibition, here)),
        # Verbatim: whoever prints an address escapes it.
        "url": absolute_url(base, page_url(here.stop.slug, exhibition.language)),
        "note": _tex(status_line(exhibition)),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{here.stop.slug},\n{lines}}}\n"


def all_csl(exhibition: Exhibition, base: str) -> list[dict[str, Any]]:
    """Every stop, in the order of the tour."""
    return [csl(exhibition, locate(exhibition, stop.slug), base) for stop in exhibition.stops]


def all_bibtex(exhibition: Exhibition, base: str) -> str:
    """Every stop, in the order of the tour."""
    return "\n".join(bibtex(exhibition, locate(exhibition, stop.slug), base) for stop in exhibition.stops)


def _where(exhibition: Exhibition, here: Position) -> str:
    _ = gettext_for(exhibition.language)
    return _("Stop %(number)s of %(exhibition)s, a virtual exhibition", number=here.number, exhibition=exhibition.title)


def _tex(words: str) -> str:
    return words.translate(TEX)
