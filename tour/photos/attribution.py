"""Whose a picture from Wikimedia Commons is: its author and a credit in plain words, made of HTML that others wrote."""

import unicodedata
from collections.abc import Mapping
from html.parser import HTMLParser

from tour.photos.commons import Unfetched
from tour.photos.licences import Licence

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
        raise Unfetched("whose author must be named, and is not said there", "Choose a picture whose author is known.")
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
