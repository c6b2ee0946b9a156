"""Templates filled in, everything escaped, with words for dates, numbers, languages, places and licences."""

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.ext import Extension
from markupsafe import Markup, escape

from tour import l10n, typography, urls
from tour.content import markdown
from tour.content.markdown import ID_PREFIX
from tour.i18n import html_gettext_for, ngettext_for
from tour.images import derivatives
from tour.model import AboutSection

# Filters that say a value in the language of the page.
FORMAT_FILTERS = {
    "day": l10n.format_date,
    "when": l10n.format_partial_date,
    "number": l10n.format_number,
    "listed": l10n.format_list,
    "distance": l10n.format_distance,
    "duration": l10n.format_duration,
    "language": l10n.language_name,
    "years": l10n.format_years,
    "coordinates": l10n.format_coordinates,
    "licence": l10n.licence_name,
    "credit": l10n.credit_without_licence,
}
# Attributes whose values are read or spoken; all others are for machines, and stay to the letter.
_READABLE_ATTRIBUTES = ("alt", "title", "aria-label", "aria-roledescription", "placeholder")
_ATTRIBUTE = re.compile(r'(?P<name>[\w-]+)="(?:[^"{]|\{\{.*?\}\}|\{%.*?%\}|\{(?![{%]))*"')
_VALUE = re.compile(r"\{\{ (.*?) \}\}")
_HEADING = re.compile(r"(</?h)([1-4])\b")


def render(template: str, language: str, numbers: Mapping[str, int] | None = None, **values: object) -> str:
    """A template filled in, everything escaped; `numbers` gives cited sources their numbers on the page.

    Ids on the page begin with the value `anchor`: a page with more than one article gives each its own.
    """
    words = {"language": language, "_": html_gettext_for(language), "ngettext": ngettext_for(language)}
    known = {"anchor": ID_PREFIX} | values | words | {"numbers": numbers or {}}
    templates = _svg_templates() if template.endswith(".svg") else _templates()
    return templates.get_template(template).render(known)


@lru_cache(maxsize=256)
def render_static(template: str, language: str) -> str:
    """A template in which nothing but words is filled in."""
    return render(template, language)


class _EscapedAttributes(Extension):
    """Values within attributes are escaped, and not typeset as text is."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _ATTRIBUTE.sub(self._escaped, source)

    def _escaped(self, attribute: re.Match) -> str:
        return (
            attribute[0] if attribute["name"] in _READABLE_ATTRIBUTES else _VALUE.sub(r"{{ (\1) | e }}", attribute[0])
        )


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("tour"),
        extensions=[_EscapedAttributes],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_typeset,
        # It would ask for every file's time at every step. Templates are code: a change needs a restart.
        auto_reload=False,
    )
    templates.filters |= {name: _in_page_language(said) for name, said in FORMAT_FILTERS.items()}
    templates.filters |= {
        "own_name": l10n.autonym,
        "line": _render_inline,
        "markdown": _render_markdown,
        "linked": _section_html,
        "srcset": _srcset,
        "deeper": shift_headings,
        "rough": l10n.round_km,
    }
    templates.globals |= {
        "address": _page_url,
        "cite": _cite,
        "lang": _lang,
        "file": _localized_filename,
        "page_file": _standalone_page_url,
    }
    return templates


@cache
def _svg_templates() -> Environment:
    """Those of SVG, in which no text has a second line, and the numbers of a path must stay apart."""
    return _templates().overlay(finalize=None)


def _typeset(value: object) -> object:
    """A text that is to be shown; HTML of ours has been typeset where it was made."""
    return typography.text(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _in_page_language(said: Callable[..., str]) -> Callable[..., str]:
    return pass_context(lambda context, value: said(value, context["language"]))


@pass_context
def _page_url(context, slug: str | None = None, **query: str) -> str:
    return urls.page_url(slug, context["language"], **query)


@pass_context
def _lang(context, language: str) -> Markup:
    """The attribute for words in that language, where the page speaks another."""
    return Markup("" if language == context["language"] else f' lang="{escape(language)}"')


@pass_context
def _localized_filename(context, name: str) -> str:
    return urls.localized_filename(name, context["language"])


@pass_context
def _standalone_page_url(context, name: str) -> str:
    """A page that stands alone: text, print."""
    return f"{name}?lang={context['language']}"


@pass_context
def _render_inline(context, text: str) -> Markup:
    return Markup(typography.html(markdown.render_inline(text, context["numbers"], context["anchor"])))


@pass_context
def _render_markdown(context, text: str) -> Markup:
    return Markup(typography.html(markdown.render(text, context["numbers"], context["anchor"])))


@pass_context
def _section_html(context, section: AboutSection) -> Markup:
    """The words of a section; they may lead to its addresses and, by their names, to views of the site."""
    views = {view: urls.page_url(None, context["language"], view=view) for view in urls.VIEW_NAMES}
    html = markdown.render_inline(section.text, context["numbers"], context["anchor"], views | section.addresses)
    return Markup(typography.html(html))


@pass_context
def _cite(context, id: str) -> Markup:
    return Markup(markdown.render_inline(f"[^{id}]", context["numbers"], context["anchor"]))


def shift_headings(html: str, levels: int) -> Markup:
    """HTML of ours with every heading so many levels further down."""
    return Markup(_HEADING.sub(lambda tag: f"{tag[1]}{int(tag[2]) + levels}", html))


def _srcset(made: tuple[derivatives.Derivative, ...]) -> str:
    return ", ".join(f"images/{each.name} {each.width}w" for each in made)
