"""Which language a visitor reads: the one the address names, else the one the browser prefers, else the original's."""

import re
from collections.abc import Sequence

# A language range with its weight (RFC 9110, 12.5.4): ru-RU;q=0.8
LANGUAGE_RANGE = re.compile(
    r"\s*(?P<tag>[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*)\s*(?:;\s*q\s*=\s*(?P<weight>[01](?:\.\d{0,3})?)\s*)?"
)
MAX_HEADER_LENGTH = 400  # characters of a header that we look at


def negotiate(asked: str | None, accepted: str, languages: Sequence[str]) -> str:
    """One of the languages; `accepted` is a browser's Accept-Language header."""
    if asked in languages:
        return asked
    return next((each for each in parse(accepted) if each in languages), languages[0])


def parse(accepted: str) -> list[str]:
    """The primary languages that a browser names, the dearest first: ru for ru-RU."""
    ranges = filter(None, map(LANGUAGE_RANGE.fullmatch, accepted[:MAX_HEADER_LENGTH].split(",")))
    weighed = [(float(each["weight"] or 1), each["tag"].partition("-")[0].lower()) for each in ranges]
    return [tag for weight, tag in sorted(weighed, key=lambda each: -each[0]) if weight > 0]
