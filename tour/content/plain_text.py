"""Plain text for open data: texts without markup, the status notice, licence and attribution."""

from functools import lru_cache
from html.parser import HTMLParser

from tour.content.markdown import render
from tour.i18n import gettext_for
from tour.l10n import licence_name
from tour.model import Exhibition

LICENCE = "https://creativecommons.org/licenses/by/4.0/"  # of the texts: LICENSE-CONTENT


# An edit changes a few of thousands of texts: the search index is built anew from all of them.
@lru_cache(maxsize=2**15)
def strip_markdown(markdown: str) -> str:
    """The text alone, without citations; an empty line stands between paragraphs."""
    parser = _ParagraphParser()
    parser.feed(render(markdown, {}))
    parser.close()
    return "\n\n".join(filter(None, map(str.strip, parser.paragraphs)))


def status_line(exhibition: Exhibition) -> str:
    """The status, since which day, and the address of its source; of one form in every language."""
    status = exhibition.status
    return f"{status.sentence} ({status.decided.isoformat()}, {exhibition.sources[status.sources[0]].address})"


def attribution(exhibition: Exhibition) -> str:
    """The credit that LICENSE-CONTENT asks of those who use the texts."""
    _ = gettext_for(exhibition.language)
    terms = licence_name(LICENCE, exhibition.language)
    return _("%(title)s, a virtual exhibition, %(licence)s", title=exhibition.title, licence=terms)


class _ParagraphParser(HTMLParser):
    """The paragraphs of the few elements that our Markdown can become."""

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs = [""]

    def handle_data(self, data: str) -> None:
        self.paragraphs[-1] += data.replace("\n", " ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self.paragraphs.append("")
