"""Whole HTML documents, whatever stands in them, and texts with their sources."""

from collections.abc import Sequence

from babel.core import get_global

from tour.images import derivatives
from tour.model import Exhibition
from tour.paths import sans_font_path
from tour.templating import render
from tour.views.figures import FIGURE_SIZES

NO_INDEX = '<meta name="robots" content="noindex">'  # its text is to be found under another address


def head_assets(language: str, picture: derivatives.Master | None = None) -> str:
    """Style sheets, scripts and the language's typeface; the picture that the page opens with is preloaded."""
    likely = get_global("likely_subtags").get(language, "")
    alphabet = "cyrillic" if "_Cyrl" in likely else "latin"
    return render("head_assets.html", language, picture=picture, sizes=FIGURE_SIZES, alphabet=alphabet)


def document(language: str, title: str, head: str, body: str, root: str = "") -> str:
    """A whole HTML document; `root` is the path of the site's root for one that doesn't lie beside it."""
    return render("document.html", language, title=title, head=head, body=body, root=root, sans=sans_font_path())


def render_cited(template: str, exhibition: Exhibition, ids: Sequence[str], /, **values: object) -> str:
    """Render a template with the sources of these ids, which are numbered in that order."""
    numbers = {id: number for number, id in enumerate(ids, 1)}
    values = {"exhibition": exhibition, "sources": [exhibition.sources[id] for id in ids]} | values
    return render(template, exhibition.language, numbers, **values)
