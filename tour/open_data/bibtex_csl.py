"""Citations of stops for reference managers: CSL-JSON and BibTeX, without an author and a date: stops have none."""

from tour.i18n import gettext_for
from tour.model.navigation import Position
from tour.open_data.context import ExportContext

# BibTeX counts braces even after a backslash, so that they need names.
TEX_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "$&#%_"},
    }
)


def csl(context: ExportContext, *positions: Position) -> list[dict[str, object]]:
    """Items of CSL-JSON for these stops, or for all in the order of the tour."""
    _ = gettext_for(context.language)
    return [
        {
            "id": position.stop.slug,
            "type": "webpage",
            "title": position.stop.title,
            "container-title": context.exhibition.title,
            "genre": _("virtual exhibition"),
            "number": position.number,
            "URL": context.page_url(position.stop.slug),
            "language": position.stop.language,
            "note": context.status_line,
        }
        for position in positions or context.positions()
    ]


def bibtex(context: ExportContext, *positions: Position) -> str:
    """Records that BibTeX and biblatex both know, for these stops, or for all in the order of the tour."""
    return "\n".join(_record(context, position) for position in positions or context.positions())


def _record(context: ExportContext, position: Position) -> str:
    _ = gettext_for(context.language)
    place = {"number": position.number, "exhibition": context.exhibition.title}
    fields = {
        # The second pair of braces keeps a style from taking the capitals away.
        "title": f"{{{_escape_tex(position.stop.title)}}}",
        "howpublished": _escape_tex(_("Stop %(number)s of %(exhibition)s, a virtual exhibition", **place)),
        # Not escaped: styles do that themselves.
        "url": context.page_url(position.stop.slug),
        "note": _escape_tex(context.status_line),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{position.stop.slug},\n{lines}}}\n"


def _escape_tex(text: str) -> str:
    return text.translate(TEX_ESCAPES)
