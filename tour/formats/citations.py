"""A stop as a reference manager keeps it: CSL-JSON and BibTeX, without the author and date that it doesn't have."""

from typing import Any

from tour.addresses import address, whole
from tour.model import Exhibition
from tour.plain import notice
from tour.walk import Position, position
from tour.words import writer

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
    _ = writer(exhibition.language)
    return {
        "id": here.stop.slug,
        "type": "webpage",
        "title": here.stop.title,
        "container-title": exhibition.title,
        "genre": _("virtual exhibition"),
        "number": here.number,
        "URL": whole(base, address(here.stop.slug, exhibition.language)),
        "language": here.stop.language,
        "note": notice(exhibition),
    }


def bibtex(exhibition: Exhibition, here: Position, base: str) -> str:
    """One record that BibTeX and biblatex both know."""
    fields = {
        # The second pair of braces keeps a style from taking the capitals away.
        "title": f"{{{_tex(here.stop.title)}}}",
        "howpublished": _tex(_where(exhibition, here)),
        # Verbatim: whoever prints an address escapes it.
        "url": whole(base, address(here.stop.slug, exhibition.language)),
        "note": _tex(notice(exhibition)),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{here.stop.slug},\n{lines}}}\n"


def all_csl(exhibition: Exhibition, base: str) -> list[dict[str, Any]]:
    """Every stop, in the order of the tour."""
    return [csl(exhibition, position(exhibition, stop.slug), base) for stop in exhibition.stops]


def all_bibtex(exhibition: Exhibition, base: str) -> str:
    """Every stop, in the order of the tour."""
    return "\n".join(bibtex(exhibition, position(exhibition, stop.slug), base) for stop in exhibition.stops)


def _where(exhibition: Exhibition, here: Position) -> str:
    _ = writer(exhibition.language)
    return _("Stop %(number)s of %(exhibition)s, a virtual exhibition", number=here.number, exhibition=exhibition.title)


def _tex(words: str) -> str:
    return words.translate(TEX)
