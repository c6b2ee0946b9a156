"""Plain text: texts without markup."""

from functools import lru_cache
from html.parser import HTMLParser

from tour.content.markdown import render


# An edit changes a few of thousands of texts: the search index is built anew from all of them.
@lru_cache(maxsize=2**15)
def strip_markdown(markdown: str) -> str:
    """The text alone, without citations; an empty line stands between paragraphs."""
    parser = _ParagraphParser()
    parser.feed(render(markdown, {}))
    parser.close()
    return "\n\n".join(filter(None, map(str.strip, parser.paragraphs)))


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
