"""Markdown to safe HTML: raw HTML, pictures and links stay text; a footnote becomes a numbered citation.

Words in brackets lead where the id in the brackets after them does, if the text comes with that address: [a page][id].

Words in another language than those around them stand in braces that name it: {en:“in Friendship”}.
"""

import re
from collections.abc import Mapping
from functools import cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

ANCHOR = "tour"
CITATION = re.compile(r"\[\^([^\[\]\s]+)\]")
# Words that lead to an address, which stands elsewhere under its id.
WAY = re.compile(r"\[(?P<words>[^\[\]^]+)\]\[(?P<id>[a-z0-9-]+)\]")
FOREIGN = re.compile(r"\{(?P<language>[a-z]{2,3}):(?P<words>[^{}]+)\}")


def to_html(markdown: str, numbers: Mapping[str, int], anchor: str = ANCHOR) -> str:
    """Paragraphs, emphasis and quotations as HTML; `numbers` gives each source id its number on the page.

    A citation leads to the source's id, which begins with `anchor`.
    """
    return _parser().render(markdown, {"numbers": numbers, "anchor": anchor}).strip()


def line_to_html(
    markdown: str, numbers: Mapping[str, int], anchor: str = ANCHOR, addresses: Mapping[str, str] | None = None
) -> str:
    """One line as HTML without a paragraph around it: a lede, a caption. `addresses` are those that it may lead to."""
    env = {"numbers": numbers, "anchor": anchor, "addresses": addresses or {}}
    return _parser().renderInline(markdown, env).strip()


def ways(text: str) -> list[str]:
    """The ids of the addresses that the text leads to."""
    return [way["id"] for way in WAY.finditer(text)]


def cited(*texts: str) -> list[str]:
    """The ids of sources in the texts, each once, in the order of first mention."""
    return list(dict.fromkeys(id for text in texts for id in CITATION.findall(text)))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero").enable(["emphasis", "blockquote", "newline", "escape"])
    parser.inline.ruler.push("citation", _citation)
    parser.add_render_rule("citation", _render_citation)
    parser.inline.ruler.push("way", _way)
    parser.add_render_rule("way", _render_way)
    parser.inline.ruler.push("foreign", _foreign)
    parser.add_render_rule("foreign", _render_foreign)
    return parser


def _citation(state: StateInline, silent: bool) -> bool:
    match = CITATION.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        state.push("citation", "sup", 0).content = match[1]
    state.pos = match.end()
    return True


def _render_citation(renderer, tokens, index, options, env) -> str:
    number = env["numbers"].get(tokens[index].content)
    if number is None:
        return ""
    return f'<sup class="tour-cite"><a href="#{env["anchor"]}-source-{number}">{number}</a></sup>'


def _way(state: StateInline, silent: bool) -> bool:
    match = WAY.match(state.src, state.pos)
    if not match or match["id"] not in state.env.get("addresses", {}):
        return False
    if not silent:
        token = state.push("way", "a", 0)
        token.content, token.info = match["words"], match["id"]
    state.pos = match.end()
    return True


def _render_way(renderer, tokens, index, options, env) -> str:
    words = _parser().renderInline(tokens[index].content, env)
    return f'<a href="{escape(env["addresses"][tokens[index].info])}">{words}</a>'


def _foreign(state: StateInline, silent: bool) -> bool:
    match = FOREIGN.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("foreign", "span", 0)
        token.content, token.info = match["words"], match["language"]
    state.pos = match.end()
    return True


def _render_foreign(renderer, tokens, index, options, env) -> str:
    words = _parser().renderInline(tokens[index].content, env)
    return f'<span lang="{tokens[index].info}">{words}</span>'
