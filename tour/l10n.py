"""Dates, numbers, distances, places, languages and licences in the words of a language."""

import re
from datetime import date

from babel import Locale, UnknownLocaleError, dates, lists
from babel.numbers import format_decimal
from babel.units import format_unit

from tour.i18n import N_, gettext_for
from tour.model import Figure, Place
from tour.settings import DEFAULT_LANGUAGE

# Languages that write 2870, and 12 870.
UNGROUPED_FOUR_DIGITS = ("ru", "uk", "be", "bg", "es", "pl")
_CREATIVE_COMMONS = re.compile(
    r"https?://creativecommons\.org/licenses/(?P<terms>[a-z-]+)/(?P<version>[\d.]+)(/(?P<port>[a-z]+)(?=/))?"
)
_PUBLIC_DOMAIN = re.compile(r"https?://creativecommons\.org/publicdomain/(?P<kind>zero|mark)/(?P<version>[\d.]+)")


def locale(language: str) -> Locale:
    """How dates and numbers are written in that language; English is British."""
    return Locale.parse(language if language != "en" else "en_GB")


def is_supported_locale(language: str) -> bool:
    """Whether dates and numbers can be written in that language."""
    try:
        return bool(locale(language).get_language_name())
    except UnknownLocaleError:
        return False


def format_date(day: date, language: str) -> str:
    """The day in words: 31 January 1943."""
    return dates.format_date(day, "long", locale=locale(language))


def format_partial_date(partial: str, language: str) -> str:
    """A year, a month or a day in words: 1943, January 1943, 31 January 1943."""
    first = date.fromisoformat(partial + "-01-01"[len(partial) - 4 :])
    if len(partial) == 10:
        return format_date(first, language)
    return dates.format_skeleton({4: "y", 7: "yMMMM"}[len(partial)], first, locale=locale(language))


def format_number(number: float, language: str) -> str:
    """A number with its thousands set apart; Cyrillic typesetting leaves four figures together: 2870, 12 870."""
    is_grouped = not (language in UNGROUPED_FOUR_DIGITS and abs(number) < 10_000)
    return format_decimal(number, locale=locale(language), group_separator=is_grouped)


def format_list(names: list[str], language: str) -> str:
    """Names in a row: one, two and three."""
    return lists.format_list(names, locale=locale(language))


def round_km(kilometres: float) -> int:
    """A distance between cities, whose middles are a matter of choice: to the hundred km, below 1,000 to ten."""
    step = next((step for step in (100, 10) if kilometres >= 10 * step), 1)
    return max(1, round(kilometres / step) * step)


def format_distance(metres: float, language: str) -> str:
    """To the nearest ten metres below a kilometre, to a tenth of one above."""
    if metres < 995:
        return format_unit(max(10, round(metres, -1)), "length-meter", "short", "0", locale=locale(language))
    return format_unit(metres / 1000, "length-kilometer", "short", "0.0", locale=locale(language))


def format_duration(minutes: int, language: str) -> str:
    """In hours and minutes: 1 hour 58 minutes."""
    parts = zip(divmod(minutes, 60), ("duration-hour", "duration-minute"), strict=True)
    return " ".join(format_unit(count, unit, locale=locale(language)) for count, unit in parts if count)


def language_name(code: str, language: str) -> str:
    """What a language is called in another: French."""
    return str(locale(language).languages.get(code, code))


def autonym(code: str) -> str:
    """What a language calls itself: Русский."""
    name = Locale.parse(code).get_language_name() or code
    return name[:1].upper() + name[1:]


def format_years(place: Place, language: str) -> str:
    """The years of a thing that moved or is gone: 1972–2019, since 2019, until 2019; else nothing."""
    _ = gettext_for(language)
    match place.since, place.until:
        case None, None:
            return ""
        case since, None:
            return _("since %(year)s", year=since)
        case None, until:
            return _("until %(year)s", year=until)
        case since, until:
            return f"{since}–{until}"


def format_coordinates(place: Place, language: str) -> str:
    """Latitude and longitude in degrees, with the uncertainty in metres if it is worth showing."""
    _ = gettext_for(language)
    north = N_("%(degrees)s° N") if place.latitude >= 0 else N_("%(degrees)s° S")
    east = N_("%(degrees)s° E") if place.longitude >= 0 else N_("%(degrees)s° W")
    where = ", ".join(
        _(way, degrees=format_decimal(abs(value), "0.0000", locale=locale(language)))
        for way, value in ((north, place.latitude), (east, place.longitude))
    )
    if not place.is_uncertain:
        return where
    return _("%(where)s, within about %(metres)s m", where=where, metres=f"{place.uncertainty:g}")


def licence_name(rights: str, language: str) -> str:
    """A licence's usual short name, if its address tells it: CC BY 4.0, CC BY-SA 3.0 DE, CC0 1.0."""
    _ = gettext_for(language)
    if match := _CREATIVE_COMMONS.match(rights):
        return " ".join(filter(None, (f"CC {match['terms'].upper()}", match["version"], (match["port"] or "").upper())))
    if match := _PUBLIC_DOMAIN.match(rights):
        return f"CC0 {match['version']}" if match["kind"] == "zero" else _("Public domain")
    return _("Licence")


def credit_without_licence(figure: Figure, language: str) -> str:
    """Whose the picture is, without the licence's name at its end: the page says that beside it."""
    ends = [f", {licence_name(figure.rights, each)}" for each in (language, DEFAULT_LANGUAGE)]
    return next((figure.credit.removesuffix(end) for end in ends if figure.credit.endswith(end)), figure.credit)
