"""Signs that no page can show, and words that show nothing."""

import re

# What XML forbids and an editor hides: control characters (not tab and line end), halves of pairs, no-characters, the
# mark of a letter that was lost. And what turns the direction of writing: it would turn the page's own words too.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd-\uffff]")


def find_unprintable(words: str) -> re.Match[str] | None:
    """The first sign that no page can show."""
    return UNPRINTABLE.search(words)


def code_point(sign: str) -> str:
    """What a sign that can't be seen is called: U+000B."""
    return f"U+{ord(sign):04X}"


def is_blank(words: str) -> bool:
    """Whether there is nothing to be seen: spaces at most, of whatever kind."""
    return not any(sign.isprintable() and not sign.isspace() for sign in words)


def truncate(words: str, longest: int = 60) -> str:
    """The words as a message can quote them: on one line, not too long, without what can't be shown."""
    line = " ".join(UNPRINTABLE.sub("\ufffd", words[: 2 * longest]).split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
