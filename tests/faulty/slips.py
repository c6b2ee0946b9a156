"""Slips of the pen that keep a file from being read."""

from tests.faulty.spoil import Fault, replaced
from tests.sample_exhibition import QUAY

FAULTS = (
    Fault(
        "text without quotation marks",
        replaced(QUAY, 'title = "The Quay"', "title = The Quay"),
        "stops/north/01-quay.md: line 2 can't be read: title = The Quay\n"
        '    Write text between straight quotation marks, like title = "The Quay".',
    ),
    Fault(
        "curved quotation marks",
        replaced(QUAY, 'title = "The Quay"', "title = “The Quay”"),
        "stops/north/01-quay.md: line 2 can't be read: title = “The Quay”\n"
        '    Write straight quotation marks, " and ", in place of the curved ones.',
    ),
    Fault(
        "quotation marks within text",
        replaced(QUAY, 'alt = "A picture of the quay"', 'alt = "A picture of the "old" quay"'),
        'stops/north/01-quay.md: line 26 can\'t be read: alt = "A picture of the "old" quay"\n'
        "    Within text write “ and ” in place of the straight quotation marks.",
    ),
    Fault(
        "an apostrophe within single marks",
        replaced(QUAY, "'Ants dug it.'", "'It's ants.'"),
        "stops/north/01-quay.md: line 38 can't be read: { says = 'It's ants.', sources = [\"ledger\"] },\n"
        '    Put the text between " and ": it holds an apostrophe.',
    ),
    Fault(
        "a text that is not closed",
        replaced(QUAY, 'title = "The Quay"', 'title = "The Quay'),
        "stops/north/01-quay.md: line 2 can't be read: title = \"The Quay\n    Close the text with a quotation mark.",
    ),
    Fault(
        "three quotation marks that are not closed",
        replaced(QUAY, 'voles."""', "voles."),
        'stops/north/01-quay.md: line 34 begins a text that never ends.\n    Close it with """, as it was opened.',
    ),
    Fault(
        "a decimal comma",
        replaced(QUAY, "latitude = 60.5\n", "latitude = 60,5\n"),
        "stops/north/01-quay.md: line 11 can't be read: latitude = 60,5\n"
        "    Write the number with a point, not a comma, like 52.408.",
    ),
    Fault(
        "a degree sign",
        replaced(QUAY, "latitude = 60.5\n", "latitude = 60.5°\n"),
        "stops/north/01-quay.md: line 11 can't be read: latitude = 60.5°\n"
        "    Write a number in digits alone, like 52.408; anything else between quotation marks.",
    ),
    Fault(
        "a year with its century apart",
        replaced(QUAY, "since = 1899", "since = 18 99"),
        "stops/north/01-quay.md: line 14 can't be read: since = 18 99\n"
        "    Write a number in digits alone, like 52.408; anything else between quotation marks.",
    ),
    Fault(
        "a colon for an equals sign",
        replaced(QUAY, "seats = ", "seats: "),
        'stops/north/01-quay.md: line 7 can\'t be read: seats: "A bench."\n'
        "    Write an equals sign after the field's name, not a colon.",
    ),
    Fault(
        "no equals sign",
        replaced(QUAY, "seats = ", "seats "),
        'stops/north/01-quay.md: line 7 can\'t be read: seats "A bench."\n'
        '    Write a field as name = "text"; a remark begins with #.',
    ),
    Fault(
        "no value",
        replaced(QUAY, "since = 1899", "since ="),
        "stops/north/01-quay.md: line 14 can't be read: since =\n    Give the field a value, or take the line out.",
    ),
    Fault(
        "a field twice",
        replaced(QUAY, 'seats = "A bench."', 'seats = "A bench."\nseats = "Two."'),
        'stops/north/01-quay.md: line 8 can\'t be read: seats = "Two."\n'
        "    It stands there a second time: take one of the two out.",
    ),
    Fault(
        "a field twice in one line",
        replaced(QUAY, '{ title = "A ring"', '{ title = "A ring", title = "Iron"'),
        'stops/north/01-quay.md: line 60 can\'t be read: regions = [{ title = "A ring", title = '
        '"Iron", text = "Of i…\n'
        "    A field of that line stands there twice: take one of the two out.",
    ),
    Fault(
        "figures in double and in single brackets",
        replaced(QUAY, "[[claims]]", '[figures]\nalt = "x"\n\n[[claims]]'),
        "stops/north/01-quay.md: line 32 can't be read: [figures]\n"
        "    It stands there a second time: take one out, or head each of several like [[figures]].",
    ),
    Fault(
        "a table head that is not closed",
        replaced(QUAY, "[[figures]]", "[[figures]"),
        "stops/north/01-quay.md: line 24 can't be read: [[figures]\n"
        "    Head a table with its name in brackets: [status], or [[figures]] for one of several.",
    ),
    Fault(
        "a list that is not closed",
        replaced(QUAY, 'sources = ["ledger"]\n', 'sources = ["ledger"\n'),
        "stops/north/01-quay.md: line 18 can't be read: [[places]]\n"
        "    Close every bracket there and just above, and put a comma between what stands in it.",
    ),
    Fault(
        "a letter that only looks Latin",
        replaced(QUAY, "seats", "sеats"),
        'stops/north/01-quay.md: line 7 can\'t be read: sеats = "A bench."\n'
        "    Write the field's name afresh: one of its letters or spaces only looks Latin.",
    ),
    Fault(
        "a space that only looks like one",
        replaced(QUAY, "seats =", "seats\xa0="),
        'stops/north/01-quay.md: line 7 can\'t be read: seats = "A bench."\n'
        "    Write the field's name afresh: one of its letters or spaces only looks Latin.",
    ),
    Fault(
        "a path with backslashes",
        replaced(QUAY, 'image = "quay.png"', 'image = "C:\\pictures\\quay.png"'),
        'stops/north/01-quay.md: line 25 can\'t be read: image = "C:\\pictures\\quay.png"\n'
        "    Write / in place of each backslash, or write it twice.",
    ),
    Fault(
        "true with a capital",
        replaced("exhibition.toml", "max_zoom = 18", "on = True"),
        "exhibition.toml: line 15 can't be read: on = True\n"
        "    Write true or false, in small letters and without quotation marks.",
    ),
    Fault(
        "a remark after two strokes",
        replaced(QUAY, "seats =", "// to be asked\nseats ="),
        "stops/north/01-quay.md: line 7 can't be read: // to be asked\n"
        '    Write a field as name = "text"; a remark begins with #.',
    ),
    Fault(
        "a number of five thousand digits",
        replaced(QUAY, "since = 1899", "since = " + "9" * 5000),
        "stops/north/01-quay.md: holds a number of thousands of digits.\n    Take out those that are too many.",
    ),
    Fault(
        "brackets without end",
        replaced(QUAY, "since = 1899", "since = " + "[" * 2000),
        "stops/north/01-quay.md: opens brackets within brackets without end.\n    Take out those that are too many.",
    ),
)
