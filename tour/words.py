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

LOCALE = Path(__file__).parent / "locale"


@cache
def catalogue(language: str) -> NullTranslations:
    """The words of a language; those of the code itself where there is no catalogue."""
    path = LOCALE / f"{language}.po"
    if not path.is_file():
        return NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def speaker(language: str) -> Callable[..., Markup]:
    """What says a message in that language: HTML of ours, the values in it escaped."""
    words = catalogue(language)

    def say(message: str, plural: str = "", num: int | None = None, **values: object) -> Markup:
        said = words.gettext(message) if num is None else words.ngettext(message, plural, num)
        given = values if num is None else {"num": num, **values}
        return Markup(said) % {name: escape(value) for name, value in given.items()} if given else Markup(said)

    return say
