"""TOML syntax errors."""

from tests.invalid_content.changes import Case, replace
from tests.sample_exhibition import QUAY

CASES = (
    Case(
        "text without quotation marks",
        replace(QUAY, 'title = "The Quay"', "title = The Quay"),
        "stops/north/01-quay.md: line 2 can't be read: title = The Quay\n"
        '    Write text between straight quotation marks, like title = "The Quay".',
    ),
    Case(
        "curved quotation marks",
        replace(QUAY, 'title = "The Quay"', "title = “The Quay”"),
        "stops/north/01-quay.md: line 2 can't be read: title = “The Quay”\n"
        '    Write straight quotation marks, " and ", in place of the curved ones.',
    ),
    Case(
        "quotation marks within text",
        replace(QUAY, 'alt = "A picture of the quay"', 'alt = "A picture of the "old" quay"'),
        'stops/north/01-quay.md: line 26 can\'t be read: alt = "A picture of the "old" quay"\n'
        "    Within text write “ and ” in place of the straight quotation marks.",
    ),
    Case(
        "an apostrophe within single marks",
        replace(QUAY, "'Ants dug it.'", "'It's ants.'"),
        "stops/north/01-quay.md: line 38 can't be read: { says = 'It's ants.', sources = [\"ledger\"] },\n"
        '    Put the text between " and ": it holds an apostrophe.',
    ),
    Case(
        "a text that is not closed",
        replace(QUAY, 'title = "The Quay"', 'title = "The Quay'),
        "stops/north/01-quay.md: line 2 can't be read: title = \"The Quay\n    Close the text with a quotation mark.",
    ),
    Case(
        "three quotation marks that are not closed",
        replace(QUAY, 'voles."""', "voles."),
        'stops/north/01-quay.md: line 34 begins a text that never ends.\n    Close it with """, as it was opened.',
    ),
    Case(
        "a decimal comma",
        replace(QUAY, "latitude = 60.5\n", "latitude = 60,5\n"),
        "stops/north/01-quay.md: line 11 can't be read: latitude = 60,5\n"
        "    Write the number with a point, not a comma, like 52.408.",
    ),
    Case(
        "a degree sign",
        replace(QUAY, "latitude = 60.5\n", "latitude = 60.5°\n"),
        "stops/north/01-quay.md: line 11 can't be read: latitude = 60.5°\n"
        "    Write a number in digits alone, like 52.408; anything else between quotation marks.",
    ),
    Case(
        "a year with its century apart",
        replace(QUAY, "since = 1899", "since = 18 99"),
        "stops/north/01-quay.md: line 14 can't be read: since = 18 99\n"
        "    Write a number in digits alone, like 52.408; anything else between quotation marks.",
    ),
    Case(
        "a colon for an equals sign",
        replace(QUAY, "seats = ", "seats: "),
        'stops/north/01-quay.md: line 7 can\'t be read: seats: "A bench."\n'
        "    Write an equals sign after the field's name, not a colon.",
    ),
    Case(
        "no equals sign",
        replace(QUAY, "seats = ", "seats "),
        'stops/north/01-quay.md: line 7 can\'t be read: seats "A bench."\n'
        '    Write a field as name = "text"; a remark begins with #.',
    ),
    Case(
        "no value",
        replace(QUAY, "since = 1899", "since ="),
        "stops/north/01-quay.md: line 14 can't be read: since =\n    Give the field a value, or take the line out.",
    ),
    Case(
        "a field twice",
        replace(QUAY, 'seats = "A bench."', 'seats = "A bench."\nseats = "Two."'),
        'stops/north/01-quay.md: line 8 can\'t be read: seats = "Two."\n'
        "    It stands there a second time: take one of the two out.",
    ),
    Case(
        "a field twice in one line",
        replace(QUAY, '{ title = "A ring"', '{ title = "A ring", title = "Iron"'),
        'stops/north/01-quay.md: line 60 can\'t be read: regions = [{ title = "A ring", title = '
        '"Iron", text = "Of i…\n'
        "    A field of that line stands there twice: take one of the two out.",
    ),
    Case(
        "figures in double and in single brackets",
        replace(QUAY, "[[claims]]", '[figures]\nalt = "x"\n\n[[claims]]'),
        "stops/north/01-quay.md: line 32 can't be read: [figures]\n"
        "    It stands there a second time: take one out, or head each of several like [[figures]].",
    ),
    Case(
        "a table head that is not closed",
        replace(QUAY, "[[figures]]", "[[figures]"),
        "stops/north/01-quay.md: line 24 can't be read: [[figures]\n"
        "    Head a table with its name in brackets: [status], or [[figures]] for one of several.",
    ),
    Case(
        "a list that is not closed",
        replace(QUAY, 'sources = ["ledger"]\n', 'sources = ["ledger"\n'),
        "stops/north/01-quay.md: line 18 can't be read: [[places]]\n"
        "    Close every bracket there and just above, and put a comma between what stands in it.",
    ),
    Case(
        "a letter that only looks Latin",
        replace(QUAY, "seats", "sеats"),
        'stops/north/01-quay.md: line 7 can\'t be read: sеats = "A bench."\n'
        "    Write the field's name afresh: one of its letters or spaces only looks Latin.",
    ),
    Case(
        "a space that only looks like one",
        replace(QUAY, "seats =", "seats\xa0="),
        'stops/north/01-quay.md: line 7 can\'t be read: seats = "A bench."\n'
        "    Write the field's name afresh: one of its letters or spaces only looks Latin.",
    ),
    Case(
        "a path with backslashes",
        replace(QUAY, 'image = "quay.png"', 'image = "C:\\pictures\\quay.png"'),
        'stops/north/01-quay.md: line 25 can\'t be read: image = "C:\\pictures\\quay.png"\n'
        "    Write / in place of each backslash, or write it twice.",
    ),
    Case(
        "true with a capital",
        replace("exhibition.toml", "max_zoom = 18", "on = True"),
        "exhibition.toml: line 15 can't be read: on = True\n"
        "    Write true or false, in small letters and without quotation marks.",
    ),
    Case(
        "a remark after two strokes",
        replace(QUAY, "seats =", "// to be asked\nseats ="),
        "stops/north/01-quay.md: line 7 can't be read: // to be asked\n"
        '    Write a field as name = "text"; a remark begins with #.',
    ),
    Case(
        "a number of five thousand digits",
        replace(QUAY, "since = 1899", "since = " + "9" * 5000),
        "stops/north/01-quay.md: holds a number of thousands of digits.\n    Take out those that are too many.",
    ),
    Case(
        "brackets without end",
        replace(QUAY, "since = 1899", "since = " + "[" * 2000),
        "stops/north/01-quay.md: opens brackets within brackets without end.\n    Take out those that are too many.",
    ),
)
