"""Markdown to safe HTML: raw HTML, pictures and links stay text; a footnote becomes a numbered citation.

[a page][id] is a link where the text comes with an address of that id; {en:“in Friendship”} is text in that language.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from html import escape, unescape

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.utils import EnvType

from tour.typography import TAG

ID_PREFIX = "tour"
CITATION = re.compile(r"\[\^([^\[\]\s]+)\]")
REFERENCE_LINK = re.compile(r"\[(?P<text>[^\[\]^]+)\]\[(?P<id>[a-z0-9-]+)\]")
LANGUAGE_SPAN = re.compile(r"\{(?P<language>[a-z]{2,3}):(?P<text>[^{}]+)\}")


def render(markdown: str, numbers: Mapping[str, int], id_prefix: str = ID_PREFIX) -> str:
    """Paragraphs, emphasis and quotations as HTML; `numbers` gives each source id its number on the page.

    A citation leads to the source's id, which begins with `id_prefix`.
    """
    return str(_parser().render(markdown, {"numbers": numbers, "id_prefix": id_prefix})).strip()


def render_inline(
    markdown: str, numbers: Mapping[str, int], id_prefix: str = ID_PREFIX, addresses: Mapping[str, str] | None = None
) -> str:
    """One line as HTML without a paragraph around it: a lede, a caption. `addresses` are of its links, by id."""
    env = {"numbers": numbers, "id_prefix": id_prefix, "addresses": addresses or {}}
    return str(_parser().renderInline(markdown, env)).strip()


def reference_ids(text: str) -> list[str]:
    """The ids of the text's links."""
    return [link["id"] for link in REFERENCE_LINK.finditer(text)]


def cited_ids(*texts: str) -> list[str]:
    """The ids of sources in the texts, each once, in the order of first mention."""
    return list(dict.fromkeys(id for text in texts for id in CITATION.findall(text)))


# An edit changes a few of thousands of texts: the search index is built anew from all of them.
@lru_cache(maxsize=2**15)
def strip_markdown(markdown: str) -> str:
    """The text alone, without citations; an empty line stands between paragraphs."""
    paragraphs = render(markdown, {}).replace("\n", " ").split("</p>")
    return "\n\n".join(filter(None, (unescape(TAG.sub("", paragraph)).strip() for paragraph in paragraphs)))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero").enable(["emphasis", "blockquote", "newline", "escape"])
    _add_rule(parser, "citation", CITATION, _citation)
    _add_rule(
        parser, "reference_link", REFERENCE_LINK, _link, lambda match, env: match["id"] in env.get("addresses", {})
    )
    _add_rule(parser, "language_span", LANGUAGE_SPAN, _span)
    return parser


def _add_rule(
    parser: MarkdownIt,
    name: str,
    pattern: re.Pattern[str],
    html: Callable[[re.Match[str], EnvType], str],
    is_valid: Callable[[re.Match[str], EnvType], bool] = lambda match, env: True,
) -> None:
    """Let `html` render what the pattern matches; whatever isn't valid stays text."""

    def parse(state: StateInline, silent: bool) -> bool:
        match = pattern.match(state.src, state.pos)
        if not match or not is_valid(match, state.env):
            return False
        if not silent:
            state.push(name, "", 0).meta = {"match": match}
        state.pos = match.end()
        return True

    parser.inline.ruler.push(name, parse)
    parser.add_render_rule(name, lambda renderer, tokens, index, options, env: html(tokens[index].meta["match"], env))


def _citation(match: re.Match[str], env: EnvType) -> str:
    number = env["numbers"].get(match[1])
    if number is None:
        return ""
    return f'<sup class="tour-cite"><a href="#{env["id_prefix"]}-source-{number}">{number}</a></sup>'


def _link(match: re.Match[str], env: EnvType) -> str:
    return f'<a href="{escape(env["addresses"][match["id"]])}">{_parser().renderInline(match["text"], env)}</a>'


def _span(match: re.Match[str], env: EnvType) -> str:
    return f'<span lang="{match["language"]}">{_parser().renderInline(match["text"], env)}</span>'
