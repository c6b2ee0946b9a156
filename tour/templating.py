"""The Jinja environment: everything is escaped and typeset; filters format values in the language of the page."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.ext import Extension
from jinja2.runtime import Context
from markupsafe import Markup, escape

from tour import l10n, typography, urls
from tour.content import markdown
from tour.content.markdown import ID_PREFIX
from tour.i18n import html_gettext_for, ngettext_for
from tour.images.derivatives import Derivative
from tour.model import AboutSection

# Filters that take the language of the page.
FORMAT_FILTERS = (
    *(l10n.format_date, l10n.format_partial_date, l10n.format_number, l10n.format_list, l10n.format_distance),
    *(l10n.format_duration, l10n.format_years, l10n.format_coordinates, l10n.language_name, l10n.licence_name),
    l10n.credit_without_licence,
)
# Attributes whose values are read or spoken; all others are for machines, and stay to the letter.
_READABLE_ATTRIBUTES = ("alt", "title", "aria-label", "aria-roledescription", "placeholder")
_ATTRIBUTE = re.compile(r'(?P<name>[\w-]+)="(?:[^"{]|\{\{.*?\}\}|\{%.*?%\}|\{(?![{%]))*"')
_VALUE = re.compile(r"\{\{ (.*?) \}\}")
_HEADING = re.compile(r"(</?h)([1-4])\b")


def render(template: str, language: str, numbers: Mapping[str, int] | None = None, /, **values: object) -> str:
    """Render a template; `numbers` gives cited sources their numbers on the page.

    Ids on the page begin with the value `id_prefix`: a page with more than one article gives each its own.
    """
    context = {"language": language, "_": html_gettext_for(language), "ngettext": ngettext_for(language)}
    context |= {"id_prefix": ID_PREFIX, "numbers": numbers or {}} | values
    templates = _svg_templates() if template.endswith(".svg") else _templates()
    return templates.get_template(template).render(context)


@lru_cache(maxsize=256)
def render_static(template: str, language: str) -> str:
    """Render a template that depends on the language alone."""
    return render(template, language)


class _EscapedAttributes(Extension):
    """Values in attributes that nobody reads are escaped, and not typeset as text is."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _ATTRIBUTE.sub(self._escape, source)

    def _escape(self, attribute: re.Match[str]) -> str:
        if attribute["name"] in _READABLE_ATTRIBUTES:
            return attribute[0]
        return _VALUE.sub(r"{{ (\1) | e }}", attribute[0])


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
    templates.filters |= {each.__name__: _in_page_language(each) for each in FORMAT_FILTERS}
    templates.filters |= {
        "autonym": l10n.autonym,
        "inline_markdown": _markdown_filter(markdown.render_inline),
        "markdown": _markdown_filter(markdown.render),
        "round_km": l10n.round_km,
        "section_html": _section_html,
        "shift_headings": shift_headings,
        "srcset": _srcset,
    }
    templates.globals |= {
        "LICENCE": urls.LICENCE,
        "cite": _cite,
        "lang": _lang,
        "localized_filename": _in_page_language(urls.localized_filename),
        "page_url": _page_url,
        "standalone_url": _in_page_language(_standalone_url),
    }
    return templates


@cache
def _svg_templates() -> Environment:
    """For SVG, in which text has no second line, and the numbers of a path must stay apart: nothing is typeset."""
    return _templates().overlay(finalize=None)


def _typeset(value: object) -> object:
    """Text is typeset where it is shown; HTML of ours has been where it was rendered."""
    return typography.typeset_text(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _in_page_language(format_value: Callable[..., str]) -> Callable[..., str]:
    return pass_context(lambda context, value: format_value(value, context["language"]))


@pass_context
def _page_url(context: Context, slug: str | None = None, **query: str) -> str:
    return urls.page_url(slug, context["language"], **query)


@pass_context
def _lang(context: Context, language: str) -> Markup:
    """The attribute for text in that language, where the page has another."""
    return Markup("" if language == context["language"] else f' lang="{escape(language)}"')


def _standalone_url(name: str, language: str) -> str:
    """The URL of a standalone page: text, print."""
    return f"{name}?lang={language}"


def _markdown_filter(render_markdown: Callable[[str, Mapping[str, int], str], str]) -> Callable[[Context, str], Markup]:
    return pass_context(
        lambda context, text: Markup(
            typography.typeset_html(render_markdown(text, context["numbers"], context["id_prefix"]))
        )
    )


@pass_context
def _section_html(context: Context, section: AboutSection) -> Markup:
    """The text of a section; it may link to its own addresses and, by their names, to views of the site."""
    views = {view: urls.page_url(None, context["language"], view=view) for view in urls.VIEWS}
    html = markdown.render_inline(section.text, context["numbers"], context["id_prefix"], views | section.addresses)
    return Markup(typography.typeset_html(html))


@pass_context
def _cite(context: Context, id: str) -> Markup:
    return Markup(markdown.render_inline(f"[^{id}]", context["numbers"], context["id_prefix"]))


def shift_headings(html: str, levels: int) -> Markup:
    """HTML with every heading so many levels lower."""
    return Markup(_HEADING.sub(lambda tag: f"{tag[1]}{int(tag[2]) + levels}", html))


def _srcset(images: Iterable[Derivative]) -> str:
    return ", ".join(f"images/{each.name} {each.width}w" for each in images)
