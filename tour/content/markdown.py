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

ID_PREFIX = "tour"
CITATION = re.compile(r"\[\^([^\[\]\s]+)\]")
# Words that lead to an address, which stands elsewhere under its id.
REFERENCE_LINK = re.compile(r"\[(?P<words>[^\[\]^]+)\]\[(?P<id>[a-z0-9-]+)\]")
LANGUAGE_SPAN = re.compile(r"\{(?P<language>[a-z]{2,3}):(?P<words>[^{}]+)\}")


def render(markdown: str, numbers: Mapping[str, int], anchor: str = ID_PREFIX) -> str:
    """Paragraphs, emphasis and quotations as HTML; `numbers` gives each source id its number on the page.

    A citation leads to the source's id, which begins with `anchor`.
    """
    return _parser().render(markdown, {"numbers": numbers, "anchor": anchor}).strip()


def render_inline(
    markdown: str, numbers: Mapping[str, int], anchor: str = ID_PREFIX, addresses: Mapping[str, str] | None = None
) -> str:
    """One line as HTML without a paragraph around it: a lede, a caption. `addresses` are those that it may lead to."""
    env = {"numbers": numbers, "anchor": anchor, "addresses": addresses or {}}
    return _parser().renderInline(markdown, env).strip()


def reference_ids(text: str) -> list[str]:
    """The ids of the addresses that the text leads to."""
    return [way["id"] for way in REFERENCE_LINK.finditer(text)]


def cited_ids(*texts: str) -> list[str]:
    """The ids of sources in the texts, each once, in the order of first mention."""
    return list(dict.fromkeys(id for text in texts for id in CITATION.findall(text)))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero").enable(["emphasis", "blockquote", "newline", "escape"])
    parser.inline.ruler.push("citation", _citation)
    parser.add_render_rule("citation", _render_citation)
    parser.inline.ruler.push("way", _reference_link)
    parser.add_render_rule("way", _render_reference_link)
    parser.inline.ruler.push("foreign", _language_span)
    parser.add_render_rule("foreign", _render_language_span)
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


def _reference_link(state: StateInline, silent: bool) -> bool:
    match = REFERENCE_LINK.match(state.src, state.pos)
    if not match or match["id"] not in state.env.get("addresses", {}):
        return False
    if not silent:
        token = state.push("way", "a", 0)
        token.content, token.info = match["words"], match["id"]
    state.pos = match.end()
    return True


def _render_reference_link(renderer, tokens, index, options, env) -> str:
    words = _parser().renderInline(tokens[index].content, env)
    return f'<a href="{escape(env["addresses"][tokens[index].info])}">{words}</a>'


def _language_span(state: StateInline, silent: bool) -> bool:
    match = LANGUAGE_SPAN.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("foreign", "span", 0)
        token.content, token.info = match["words"], match["language"]
    state.pos = match.end()
    return True


def _render_language_span(renderer, tokens, index, options, env) -> str:
    words = _parser().renderInline(tokens[index].content, env)
    return f'<span lang="{tokens[index].info}">{words}</span>'
