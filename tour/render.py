"""Templates filled in, everything escaped, with words for dates, numbers, languages, places and licences."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from babel.units import format_unit
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from markupsafe import Markup, escape

from tour import addresses, derivatives
from tour.markup import ANCHOR, line_to_html, to_html
from tour.model import Place
from tour.words import N_, counter, speaker, writer

_HEADING = re.compile(r"(</?h)([1-4])\b")
_CREATIVE_COMMONS = re.compile(r"https?://creativecommons\.org/licenses/(?P<terms>[a-z-]+)/(?P<version>[\d.]+)")


def render(template: str, language: str, numbers: Mapping[str, int] | None = None, **values: object) -> str:
    """A template filled in, everything escaped; `numbers` gives cited sources their numbers on the page.

    Ids on the page begin with the value `anchor`: a page with more than one article gives each its own.
    """
    words = {"language": language, "_": speaker(language), "ngettext": counter(language)}
    known = {"anchor": ANCHOR} | values | words | {"numbers": numbers or {}}
    return _templates().get_template(template).render(known)


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("tour"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    templates.filters |= {
        "day": _day,
        "when": _when,
        "language": _language_name,
        "own_name": _own_name,
        "distance": _distance,
        "duration": _duration,
        "line": _line,
        "markdown": _markdown,
        "years": _years,
        "coordinates": _coordinates,
        "srcset": _srcset,
        "licence": _licence,
        "number": _number,
        "deeper": deeper,
        "zip": zip,
    }
    templates.globals |= {"address": _address, "cite": _cite, "lang": _lang, "file": _file, "page_file": _page_file}
    return templates


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
def _day(context, day: date) -> str:
    return format_date(day, "long", locale=_locale(context))


@pass_context
def _when(context, partial: str) -> str:
    """A year, a month or a day in words: 1943, January 1943, 31 January 1943."""
    first = date.fromisoformat(partial + "-01-01"[len(partial) - 4 :])
    if len(partial) == 10:
        return format_date(first, "long", locale=_locale(context))
    return format_skeleton({4: "y", 7: "yMMMM"}[len(partial)], first, locale=_locale(context))


@pass_context
def _number(context, number: float) -> str:
    return format_decimal(number, locale=_locale(context))


@pass_context
def _distance(context, metres: float) -> str:
    """To the nearest ten metres below a kilometre, to a tenth of one above."""
    if metres < 995:
        return format_unit(max(10, round(metres, -1)), "length-meter", "short", "0", locale=_locale(context))
    return format_unit(metres / 1000, "length-kilometer", "short", "0.0", locale=_locale(context))


@pass_context
def _duration(context, minutes: int) -> str:
    """In hours and minutes: 1 hour 58 minutes."""
    parts = zip(divmod(minutes, 60), ("duration-hour", "duration-minute"), strict=True)
    return " ".join(format_unit(number, unit, locale=_locale(context)) for number, unit in parts if number)


@pass_context
def _language_name(context, code: str) -> str:
    return _locale(context).languages.get(code, code)


def _own_name(code: str) -> str:
    """What a language calls itself: Русский."""
    name = Locale.parse(code).get_language_name() or code
    return name[:1].upper() + name[1:]


@pass_context
def _line(context, markdown: str) -> Markup:
    return Markup(line_to_html(markdown, context["numbers"], context["anchor"]))


@pass_context
def _markdown(context, markdown: str) -> Markup:
    return Markup(to_html(markdown, context["numbers"], context["anchor"]))


@pass_context
def _cite(context, id: str) -> Markup:
    return Markup(line_to_html(f"[^{id}]", context["numbers"], context["anchor"]))


@pass_context
def _years(context, place: Place) -> str:
    return years(place, context["language"])


@pass_context
def _coordinates(context, place: Place) -> str:
    return coordinates(place, context["language"])


@pass_context
def _licence(context, rights: str) -> str:
    return licence(rights, context["language"])


def _locale(context) -> Locale:
    return locale(context["language"])


def locale(language: str) -> Locale:
    """How dates and numbers are written in that language; English is that of Coventry."""
    return Locale.parse(language if language != "en" else "en_GB")


def years(place: Place, language: str) -> str:
    """The years of a thing that moved or is gone: 1972–2019, since 2019, until 2019; else nothing."""
    _ = writer(language)
    match place.since, place.until:
        case None, None:
            return ""
        case since, None:
            return _("since %(year)s", year=since)
        case None, until:
            return _("until %(year)s", year=until)
        case since, until:
            return f"{since}–{until}"


def coordinates(place: Place, language: str) -> str:
    """Latitude and longitude in degrees, with the uncertainty in metres if it is over 50."""
    _ = writer(language)
    north = N_("%(degrees)s° N") if place.latitude >= 0 else N_("%(degrees)s° S")
    east = N_("%(degrees)s° E") if place.longitude >= 0 else N_("%(degrees)s° W")
    where = ", ".join(
        _(way, degrees=_degrees(value, language)) for way, value in ((north, place.latitude), (east, place.longitude))
    )
    if place.uncertainty <= 50:
        return where
    return _("%(where)s, within about %(metres)s m", where=where, metres=f"{place.uncertainty:g}")


def _degrees(value: float, language: str) -> str:
    return format_decimal(abs(value), "0.0000", locale=locale(language))


def licence(rights: str, language: str) -> str:
    """A licence's usual short name, if its address tells it: CC BY 4.0."""
    _ = writer(language)
    match = _CREATIVE_COMMONS.match(rights)
    return f"CC {match['terms'].upper()} {match['version']}" if match else _("Licence")


def deeper(html: str, levels: int) -> Markup:
    """HTML of ours with every heading so many levels further down."""
    return Markup(_HEADING.sub(lambda tag: f"{tag[1]}{int(tag[2]) + levels}", html))


def _srcset(made: tuple[derivatives.Derivative, ...]) -> str:
    return ", ".join(f"images/{each.name} {each.width}w" for each in made)
