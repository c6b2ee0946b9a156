"""Slips of the pen in a TOML file, told without the words of its grammar: the line, and what to write there."""

import re

from tour.content.characters import truncate

AT = re.compile(r"\(at line (?P<line>\d+), column (?P<column>\d+)\)")
CURVED = "“”„‟«»‘’‚‛"
STRAIGHT = 'Write straight quotation marks, " and ", in place of the curved ones.'
MAX_LINE_LENGTH = 300  # letters of a line that are looked at
TEXT = 'Write text between straight quotation marks, like title = "The Quay".'
DATE = "Write a date as year-month-day, a day of the calendar without quotation marks, like 2022-03-22."
ELSE = "Look for a missing quotation mark, bracket or equals sign there or just above."
# What ends a text before its end.
UNESCAPED_QUOTES = (
    (r".*[=\[,]\s*\"[^\"]*\"\w", "Within text write “ and ” in place of the straight quotation marks."),
    (r".*[=\[,]\s*'[^']*'\w", 'Put the text between " and ": it holds an apostrophe.'),
)
# What the parser says, and what a curator should hear; the first that fits.
BY_MESSAGE = (
    ("Unescaped", "Write / in place of each backslash, or write it twice."),
    ("Duplicate inline table key", "A field of that line stands there twice: take one of the two out."),
    ("Unclosed", "Close every bracket there and just above, and put a comma between what stands in it."),
)
TWICE = "It stands there a second time: take one of the two out."
TABLE_TWICE = "It stands there a second time: take one out, or head each of several like [[figures]]."
# What the line looks like, and what a curator should hear; the first that fits.
BY_LINE = (
    (
        r"[^\"'#\[=]*[^\x00-\x7f\"'#][^\"'=]*=",
        "Write the field's name afresh: one of its letters or spaces only looks Latin.",
    ),
    (r"[^=]*=\s*[-+]?\d+,\d+\s*(#|$)", "Write the number with a point, not a comma, like 52.408."),
    (r"\s*\w+\s*:", "Write an equals sign after the field's name, not a colon."),
    (r"[^=]*=\s*(true|false|yes|no)\s*(#|$)", "Write true or false, in small letters and without quotation marks."),
    (r"[^=]*=\s*(\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2})\b", DATE),
    (
        r"[^=]*=\s*[-+]?\d[^\"'\[{]*$",
        "Write a number in digits alone, like 52.408; anything else between quotation marks.",
    ),
    (r"[^=]*=\s*(#|$)", "Give the field a value, or take the line out."),
    (r"[^=\"']*=[\s\[]*\"[^\"]*$", "Close the text with a quotation mark."),
    (r"[^=\"']*=[\s\[]*'[^']*$", "Close the text with a quotation mark."),
    (r"[^=\"']*=\s*[^\s\"'\[{]", TEXT),
    (r"\s*\[", "Head a table with its name in brackets: [status], or [[figures]] for one of several."),
    (r"[^=]*$", 'Write a field as name = "text"; a remark begins with #.'),
)


def explain(written: str, error: Exception) -> tuple[str, str, str]:
    """Field, fault and remedy of what keeps a text from being read as TOML."""
    if isinstance(error, RecursionError):
        return "", "opens brackets within brackets without end.", "Take out those that are too many."
    if not (said := str(error)).endswith(")"):
        return "", "holds a number of thousands of digits.", "Take out those that are too many."
    lines = written.split("\n")
    number = _line(written, said)
    line = lines[number - 1]
    if said.startswith("Unterminated") and '"""' in line + "'''":
        return f"line {number}", "begins a text that never ends.", f"Close it with {_marks(line)}, as it was opened."
    return f"line {number}", f"can't be read: {truncate(line)}", _remedy(said, line)


def _line(written: str, said: str) -> int:
    """The number of the line that is wrong, counted from one."""
    if at := AT.search(said):
        return int(at["line"])
    opened = max(written.rfind('"""'), written.rfind("'''")) if said.startswith("Unterminated") else -1
    return written.rstrip().count("\n", 0, opened if opened >= 0 else None) + 1


def _marks(line: str) -> str:
    return '"""' if line.rfind('"""') > line.rfind("'''") else "'''"


def _remedy(said: str, line: str) -> str:
    if said.startswith("Cannot"):
        return TABLE_TWICE if line.lstrip().startswith("[") else TWICE
    if (at := AT.search(said)) and line[int(at["column"]) - 1 :].startswith(tuple(CURVED)):
        return STRAIGHT
    told = (remedy for begins, remedy in BY_MESSAGE if said.startswith(begins))
    return _seen(UNESCAPED_QUOTES, line) or next(told, None) or _seen(BY_LINE, line) or ELSE


def _seen(looks: tuple[tuple[str, str], ...], line: str) -> str | None:
    """The remedy of the first pattern that the line fits."""
    found = (remedy for pattern, remedy in looks if re.match(pattern, line[:MAX_LINE_LENGTH], re.IGNORECASE))
    return next(found, None)
