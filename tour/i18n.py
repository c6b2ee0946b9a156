"""The interface's messages in each language, from gettext catalogues; the English ones are the keys."""

import io
from collections.abc import Callable
from functools import cache
from gettext import NullTranslations

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from markupsafe import Markup, escape

from tour import typography
from tour.paths import LOCALE_DIR
from tour.settings import DEFAULT_LANGUAGE

CATALOGUE = "LC_MESSAGES/messages.po"  # in the folder of its language


def N_(message: str) -> str:
    """Mark a message for translation where it is shown."""
    return message


def languages() -> tuple[str, ...]:
    """Every language of the interface, that of the code first."""
    return (DEFAULT_LANGUAGE, *sorted(path.parent.parent.name for path in LOCALE_DIR.glob(f"*/{CATALOGUE}")))


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of a language, compiled; that of the code's language is empty."""
    path = LOCALE_DIR / language / CATALOGUE
    if not path.is_file():
        return NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def gettext_for(language: str) -> Callable[..., str]:
    """A function that translates a message as plain text and fills in its values."""
    catalogue = translations(language)

    def gettext(message: str, **values: object) -> str:
        text = catalogue.gettext(message)
        # A title with quotation marks of its own may stand in a message that has some.
        return typography.nest_quotes(text % values)[0] if values else text

    return gettext


def html_gettext_for(language: str) -> Callable[..., Markup]:
    """The same for templates: messages are HTML of ours, the values in them are escaped."""
    plain_gettext = gettext_for(language)

    def gettext(message: str, **values: object) -> Markup:
        escaped = {name: escape(value) for name, value in values.items()}
        return Markup(typography.typeset_html(plain_gettext(message, **escaped)))

    return gettext


def ngettext_for(language: str) -> Callable[[str, str, int], str]:
    """A function that translates a message with a number, which is %(num)s in it."""
    catalogue = translations(language)
    return lambda singular, plural, num: catalogue.ngettext(singular, plural, num) % {"num": num}
