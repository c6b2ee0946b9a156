"""Error messages for TOML syntax errors, without the terms of its grammar: the line, and what to write there."""

import re

from tour.content.characters import truncate

POSITION = re.compile(r"\(at line (?P<line>\d+), column (?P<column>\d+)\)")
CURVED_QUOTES = tuple("“”„‟«»‘’‚‛")
STRAIGHT_QUOTES_HINT = 'Write straight quotation marks, " and ", in place of the curved ones.'
MAX_LINE_LENGTH = 300  # characters of a line that are matched
TEXT_HINT = 'Write text between straight quotation marks, like title = "The Quay".'
DATE_HINT = "Write a date as year-month-day, a day of the calendar without quotation marks, like 2022-03-22."
FALLBACK_HINT = "Look for a missing quotation mark, bracket or equals sign there or just above."
# A quotation mark that ends a text before its end.
UNESCAPED_QUOTES = (
    (r".*[=\[,]\s*\"[^\"]*\"\w", "Within text write “ and ” in place of the straight quotation marks."),
    (r".*[=\[,]\s*'[^']*'\w", 'Put the text between " and ": it holds an apostrophe.'),
)
# The beginning of tomllib's message, and the hint for a curator; the first that fits.
BY_MESSAGE = (
    ("Unescaped", "Write / in place of each backslash, or write it twice."),
    ("Duplicate inline table key", "A field of that line stands there twice: take one of the two out."),
    ("Unclosed", "Close every bracket there and just above, and put a comma between what stands in it."),
)
DUPLICATE_FIELD_HINT = "It stands there a second time: take one of the two out."
DUPLICATE_TABLE_HINT = "It stands there a second time: take one out, or head each of several like [[figures]]."
# A pattern of the line, and the hint for a curator; the first that fits.
BY_LINE = (
    (
        r"[^\"'#\[=]*[^\x00-\x7f\"'#][^\"'=]*=",
        "Write the field's name afresh: one of its letters or spaces only looks Latin.",
    ),
    (r"[^=]*=\s*[-+]?\d+,\d+\s*(#|$)", "Write the number with a point, not a comma, like 52.408."),
    (r"\s*\w+\s*:", "Write an equals sign after the field's name, not a colon."),
    (r"[^=]*=\s*(true|false|yes|no)\s*(#|$)", "Write true or false, in small letters and without quotation marks."),
    (r"[^=]*=\s*(\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2})\b", DATE_HINT),
    (
        r"[^=]*=\s*[-+]?\d[^\"'\[{]*$",
        "Write a number in digits alone, like 52.408; anything else between quotation marks.",
    ),
    (r"[^=]*=\s*(#|$)", "Give the field a value, or take the line out."),
    (r"[^=\"']*=[\s\[]*\"[^\"]*$", "Close the text with a quotation mark."),
    (r"[^=\"']*=[\s\[]*'[^']*$", "Close the text with a quotation mark."),
    (r"[^=\"']*=\s*[^\s\"'\[{]", TEXT_HINT),
    (r"\s*\[", "Head a table with its name in brackets: [status], or [[figures]] for one of several."),
    (r"[^=]*$", 'Write a field as name = "text"; a remark begins with #.'),
)


def explain(text: str, error: Exception) -> tuple[str, str, str]:
    """Field, message and hint for an error of tomllib; the field is the line."""
    if isinstance(error, RecursionError):
        return "", "opens brackets within brackets without end.", "Take out those that are too many."
    message = str(error)
    if not message.endswith(")"):
        return "", "holds a number of thousands of digits.", "Take out those that are too many."
    number = _line_number(text, message)
    line = text.split("\n")[number - 1]
    if message.startswith("Unterminated") and '"""' in line:
        quotes = '"""' if line.rfind('"""') > line.rfind("'''") else "'''"
        return f"line {number}", "begins a text that never ends.", f"Close it with {quotes}, as it was opened."
    return f"line {number}", f"can't be read: {truncate(line)}", _hint(message, line)


def _line_number(text: str, message: str) -> int:
    """The number of the line that is wrong, counted from one."""
    if position := POSITION.search(message):
        return int(position["line"])
    opened = max(text.rfind('"""'), text.rfind("'''")) if message.startswith("Unterminated") else -1
    return text.rstrip().count("\n", 0, opened if opened >= 0 else None) + 1


def _hint(message: str, line: str) -> str:
    if message.startswith("Cannot"):
        return DUPLICATE_TABLE_HINT if line.lstrip().startswith("[") else DUPLICATE_FIELD_HINT
    if (position := POSITION.search(message)) and line[int(position["column"]) - 1 :].startswith(CURVED_QUOTES):
        return STRAIGHT_QUOTES_HINT
    by_message = (hint for start, hint in BY_MESSAGE if message.startswith(start))
    return _by_pattern(UNESCAPED_QUOTES, line) or next(by_message, None) or _by_pattern(BY_LINE, line) or FALLBACK_HINT


def _by_pattern(hints: tuple[tuple[str, str], ...], line: str) -> str | None:
    matching = (hint for pattern, hint in hints if re.match(pattern, line[:MAX_LINE_LENGTH], re.IGNORECASE))
    return next(matching, None)
