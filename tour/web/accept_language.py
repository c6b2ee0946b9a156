"""Content negotiation: the language of the URL, else the one that the browser prefers, else the original's."""

import re
from collections.abc import Sequence

# A language range with its weight (RFC 9110, 12.5.4): ru-RU;q=0.8
LANGUAGE_RANGE = re.compile(
    r"\s*(?P<tag>[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*)\s*(?:;\s*q\s*=\s*(?P<weight>[01](?:\.\d{0,3})?)\s*)?"
)
MAX_HEADER_LENGTH = 400  # characters; the rest is ignored


def negotiate(requested: str | None, accept_language: str, languages: Sequence[str]) -> str:
    """One of the languages; `accept_language` is the browser's header of that name."""
    if requested in languages:
        return requested
    return next((language for language in parse(accept_language) if language in languages), languages[0])


def parse(accept_language: str) -> list[str]:
    """The primary languages in the header, by descending weight: ru for ru-RU."""
    matches = filter(None, map(LANGUAGE_RANGE.fullmatch, accept_language[:MAX_HEADER_LENGTH].split(",")))
    weighted = [(float(match["weight"] or 1), match["tag"].partition("-")[0].lower()) for match in matches]
    return [tag for weight, tag in sorted(weighted, key=lambda pair: -pair[0]) if weight > 0]
