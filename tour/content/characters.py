"""Unprintable characters, blank texts, and texts cut short for a message."""

import re

# What XML forbids and an editor hides: control characters (not tab and line end), halves of pairs, noncharacters, the
# replacement character. And the bidirectional controls, which would turn the page's own text too.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd-\uffff]")


def find_unprintable(text: str) -> re.Match[str] | None:
    """The first character that no page can show."""
    return UNPRINTABLE.search(text)


def code_point(character: str) -> str:
    """The name of a character that can't be seen: U+000B."""
    return f"U+{ord(character):04X}"


def is_blank(text: str) -> bool:
    """Whether there is nothing to be seen: spaces at most, of whatever kind."""
    return not any(character.isprintable() and not character.isspace() for character in text)


def truncate(text: str, max_length: int = 60) -> str:
    """The text as a message can quote it: on one line, not too long, without unprintable characters."""
    line = " ".join(UNPRINTABLE.sub("\ufffd", text[: 2 * max_length]).split())
    return line if len(line) <= max_length else f"{line[: max_length - 1]}…"
