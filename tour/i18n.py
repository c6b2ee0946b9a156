"""The interface's words in each language, from the gettext catalogues in locale/: the English ones are the keys."""

import io
from collections.abc import Callable
from functools import cache
from gettext import NullTranslations
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from markupsafe import Markup, escape

from tour import typography
from tour.urls import DEFAULT_LANGUAGE

LOCALE = Path(__file__).parent / "locale"


def N_(message: str) -> str:
    """Marks a message that is said elsewhere, in the visitor's language."""
    return message


def languages() -> tuple[str, ...]:
    """Every language that the interface speaks, that of the code first."""
    return (DEFAULT_LANGUAGE, *sorted(path.stem for path in LOCALE.glob("*.po")))


@cache
def translations(language: str) -> NullTranslations:
    """The words of a language; those of the code itself where there is no catalogue."""
    path = LOCALE / f"{language}.po"
    if not path.is_file():
        return NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def gettext_for(language: str) -> Callable[..., str]:
    """What says a message in that language as plain text, with its values."""
    words = translations(language)

    def say(message: str, **values: object) -> str:
        text = words.gettext(message)
        # A title with quotation marks of its own may stand in a message that has some.
        return typography.nest_quotes(text % values)[0] if values else text

    return say


def html_gettext_for(language: str) -> Callable[..., Markup]:
    """What says a message in that language in a template: HTML of ours, the values in it escaped."""
    write = gettext_for(language)

    def say(message: str, **values: object) -> Markup:
        return Markup(typography.html(write(message, **{name: escape(value) for name, value in values.items()})))

    return say


def ngettext_for(language: str) -> Callable[[str, str, int], str]:
    """What says a number of things in that language; the number is %(num)s in the message."""
    words = translations(language)
    return lambda one, many, num: words.ngettext(one, many, num) % {"num": num}
