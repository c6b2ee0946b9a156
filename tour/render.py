"""Templates filled in, everything escaped, with words for dates, numbers, languages, places and licences."""

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.ext import Extension
from markupsafe import Markup, escape

from tour import addresses, typography, wordings
from tour.geometry import rough
from tour.markup import ANCHOR, line_to_html, to_html
from tour.model import Section
from tour.pictures import derivatives
from tour.words import counter, speaker

# Filters that say a value in the language of the page.
WORDINGS = {
    "day": wordings.day,
    "when": wordings.when,
    "number": wordings.number,
    "listed": wordings.listed,
    "distance": wordings.distance,
    "duration": wordings.duration,
    "language": wordings.language_name,
    "years": wordings.years,
    "coordinates": wordings.coordinates,
    "licence": wordings.licence,
    "credit": wordings.credit,
}
# Attributes whose values are read or spoken; all others are for machines, and stay to the letter.
_WORDS = ("alt", "title", "aria-label", "aria-roledescription", "placeholder")
_ATTRIBUTE = re.compile(r'(?P<name>[\w-]+)="(?:[^"{]|\{\{.*?\}\}|\{%.*?%\}|\{(?![{%]))*"')
_VALUE = re.compile(r"\{\{ (.*?) \}\}")
_HEADING = re.compile(r"(</?h)([1-4])\b")


def render(template: str, language: str, numbers: Mapping[str, int] | None = None, **values: object) -> str:
    """A template filled in, everything escaped; `numbers` gives cited sources their numbers on the page.

    Ids on the page begin with the value `anchor`: a page with more than one article gives each its own.
    """
    words = {"language": language, "_": speaker(language), "ngettext": counter(language)}
    known = {"anchor": ANCHOR} | values | words | {"numbers": numbers or {}}
    templates = _drawings() if template.endswith(".svg") else _templates()
    return templates.get_template(template).render(known)


@lru_cache(maxsize=256)
def constant(template: str, language: str) -> str:
    """A template in which nothing but words is filled in."""
    return render(template, language)


class _Verbatim(Extension):
    """Values within attributes are escaped, and not typeset as text is."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _ATTRIBUTE.sub(self._escaped, source)

    def _escaped(self, attribute: re.Match) -> str:
        return attribute[0] if attribute["name"] in _WORDS else _VALUE.sub(r"{{ (\1) | e }}", attribute[0])


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("tour"),
        extensions=[_Verbatim],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_typeset,
        # It would ask for every file's time at every step. Templates are code: a change needs a restart.
        auto_reload=False,
    )
    templates.filters |= {name: _in_the_pages_language(said) for name, said in WORDINGS.items()}
    templates.filters |= {
        "own_name": wordings.own_name,
        "line": _line,
        "markdown": _markdown,
        "linked": _linked,
        "srcset": _srcset,
        "deeper": deeper,
        "rough": rough,
    }
    templates.globals |= {"address": _address, "cite": _cite, "lang": _lang, "file": _file, "page_file": _page_file}
    return templates


@cache
def _drawings() -> Environment:
    """Those of SVG, in which no text has a second line, and the numbers of a path must stay apart."""
    return _templates().overlay(finalize=None)


def _typeset(value: object) -> object:
    """A text that is to be shown; HTML of ours has been typeset where it was made."""
    return typography.text(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _in_the_pages_language(said: Callable[..., str]) -> Callable[..., str]:
    return pass_context(lambda context, value: said(value, context["language"]))


@pass_context
def _address(context, slug: str | None = None, **query: str) -> str:
    return addresses.address(slug, context["language"], **query)


@pass_context
def _lang(context, language: str) -> Markup:
    """The attribute for words in that language, where the page speaks another."""
    return Markup("" if language == context["language"] else f' lang="{escape(language)}"')


@pass_context
def _file(context, name: str) -> str:
    return addresses.file_address(name, context["language"])


@pass_context
def _page_file(context, name: str) -> str:
    """A page that stands alone: text, print."""
    return f"{name}?lang={context['language']}"


@pass_context
def _line(context, markdown: str) -> Markup:
    return Markup(typography.html(line_to_html(markdown, context["numbers"], context["anchor"])))


@pass_context
def _markdown(context, markdown: str) -> Markup:
    return Markup(typography.html(to_html(markdown, context["numbers"], context["anchor"])))


@pass_context
def _linked(context, section: Section) -> Markup:
    """The words of a section; they may lead to its addresses and, by their names, to views of the site."""
    views = {view: addresses.address(None, context["language"], view=view) for view in addresses.VIEW_NAMES}
    html = line_to_html(section.words, context["numbers"], context["anchor"], views | section.addresses)
    return Markup(typography.html(html))


@pass_context
def _cite(context, id: str) -> Markup:
    return Markup(line_to_html(f"[^{id}]", context["numbers"], context["anchor"]))


def deeper(html: str, levels: int) -> Markup:
    """HTML of ours with every heading so many levels further down."""
    return Markup(_HEADING.sub(lambda tag: f"{tag[1]}{int(tag[2]) + levels}", html))


def _srcset(made: tuple[derivatives.Derivative, ...]) -> str:
    return ", ".join(f"images/{each.name} {each.width}w" for each in made)
