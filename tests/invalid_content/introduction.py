"""The introduction of an exhibition: its texts and its notice."""

from tests.invalid_content.changes import Case, combine, delete, encode, make_folder, replace, truncate_from, write

CASES = (
    Case(
        "no opening",
        delete("exhibition.toml"),
        "exhibition.toml: is missing.\n    The exhibition needs a file of this name in {data}.",
    ),
    Case(
        "an empty opening",
        write("exhibition.toml", b""),
        "exhibition.toml: cities is missing.\n"
        "    Add at least one city, under [[cities]].\n"
        "exhibition.toml: introduction is missing.\n"
        "    Add it.\n"
        "exhibition.toml: short_title is missing.\n"
        "    Add it.\n"
        "exhibition.toml: status is missing.\n"
        "    Add the notice of how things stand, under [status].\n"
        "exhibition.toml: subtitle is missing.\n"
        "    Add it.\n"
        "exhibition.toml: title is missing.\n"
        "    Add it.\n"
        "stops/north/01-quay.md: lies in a folder north, which is not a city.\n"
        "    Move it to a city's folder, or add the city to exhibition.toml.\n"
        "stops/south/02-light.md: lies in a folder south, which is not a city.\n"
        "    Move it to a city's folder, or add the city to exhibition.toml.",
    ),
    Case(
        "an opening saved in UTF-16",
        encode("exhibition.toml", "utf-16"),
        "exhibition.toml: is saved in UTF-16.\n"
        "    Save it as plain text in UTF-8: an editor asks for it, as “encoding”, under “Save as”.",
    ),
    Case(
        "an opening saved in Latin-1",
        combine(replace("exhibition.toml", "Another.", "Un café."), encode("exhibition.toml", "latin-1")),
        "exhibition.toml: line 13 holds a letter that is not in UTF-8.\n"
        "    Save it as plain text in UTF-8: an editor asks for it, as “encoding”, under “Save as”.",
    ),
    Case(
        "a folder in place of the opening",
        combine(delete("exhibition.toml"), make_folder("exhibition.toml")),
        "exhibition.toml: is a folder, not a file.\n    Take it away, or give it another name.",
    ),
    Case(
        "no sources",
        delete("sources.toml"),
        "sources.toml: is missing.\n    The exhibition needs a file of this name in {data}.",
    ),
    Case(
        "no city",
        combine(truncate_from("exhibition.toml", "[[cities]]"), truncate_from("exhibition.toml", "[[cities]]")),
        "exhibition.toml: cities is missing.\n"
        "    Add at least one city, under [[cities]].\n"
        "stops/north/01-quay.md: lies in a folder north, which is not a city.\n"
        "    Move it to a city's folder, or add the city to exhibition.toml.\n"
        "stops/south/02-light.md: lies in a folder south, which is not a city.\n"
        "    Move it to a city's folder, or add the city to exhibition.toml.",
    ),
    Case(
        "a city in single brackets",
        combine(replace("exhibition.toml", "[[cities]]", "[cities]"), truncate_from("exhibition.toml", "[[cities]]")),
        "exhibition.toml: cities is one table, not a list of them.\n"
        "    Head each with [[cities]], in double square brackets.\n"
        "stops/north/01-quay.md: lies in a folder north, which is not a city.\n"
        "    Move it to a city's folder, or add the city to exhibition.toml.\n"
        "stops/south/02-light.md: lies in a folder south, which is not a city.\n"
        "    Move it to a city's folder, or add the city to exhibition.toml.",
    ),
    Case(
        "two cities in single brackets",
        combine(
            replace("exhibition.toml", "[[cities]]", "[cities]"), replace("exhibition.toml", "[[cities]]", "[cities]")
        ),
        "exhibition.toml: line 37 can't be read: [cities]\n"
        "    It stands there a second time: take one out, or head each of several like [[figures]].",
    ),
    Case(
        "a notice in double brackets",
        replace("exhibition.toml", "[status]", "[[status]]"),
        "exhibition.toml: status is a list of tables, not one table.\n"
        "    Head it with [status], in single square brackets.",
    ),
    Case(
        "a notice without sources",
        replace("exhibition.toml", 'sources = ["ledger"]\n', ""),
        "exhibition.toml: status.sources is missing.\n"
        '    Name those of sources.toml on which it rests, like sources = ["museum-cloth"].',
    ),
    Case(
        "a notice with an empty list of sources",
        replace("exhibition.toml", 'sources = ["ledger"]\n', "sources = []\n"),
        "exhibition.toml: status.sources is empty.\n"
        '    Name those of sources.toml on which it rests, like sources = ["museum-cloth"].',
    ),
    Case(
        "a notice decided at a time of day",
        replace("exhibition.toml", "decided = 2001-02-03", "decided = 2001-02-03 10:30:00"),
        "exhibition.toml: status.decided is a date with a time, not a date.\n"
        "    Write it as year-month-day without quotation marks, like 2022-03-22.",
    ),
    Case(
        "a notice decided on a day that never was",
        replace("exhibition.toml", "decided = 2001-02-03", "decided = 2001-02-30"),
        "exhibition.toml: line 20 can't be read: decided = 2001-02-30\n"
        "    Write a date as year-month-day, a day of the calendar without quotation marks, like 2022-03-22.",
    ),
    Case(
        "a notice decided in words",
        replace("exhibition.toml", "decided = 2001-02-03", 'decided = "3 February 2001"'),
        "exhibition.toml: status.decided is text, not a date.\n"
        "    Write it as year-month-day without quotation marks, like 2022-03-22.",
    ),
    Case(
        "a day written as in a letter",
        replace("exhibition.toml", "decided = 2001-02-03", "decided = 03.02.2001"),
        "exhibition.toml: line 20 can't be read: decided = 03.02.2001\n"
        "    Write a date as year-month-day, a day of the calendar without quotation marks, like 2022-03-22.",
    ),
    Case(
        "words of the notice left out",
        replace("exhibition.toml", 'quote = "We rest"\n', ""),
        "exhibition.toml: status.quote is missing.\n    Add it.",
    ),
    Case(
        "a misspelt field of the opening",
        replace("exhibition.toml", "subtitle", "subtitel"),
        "exhibition.toml: subtitel is not a field of the exhibition.\n"
        "    Did you mean subtitle?\n"
        "exhibition.toml: subtitle is missing.\n"
        "    Add it.",
    ),
    Case(
        "an introduction of a citation alone",
        replace("exhibition.toml", "They wrote in 1900.[^ledger]", "[^ledger]"),
        "exhibition.toml: introduction is empty.\n    Fill it in.",
    ),
    Case(
        "a title of two lines",
        replace("exhibition.toml", 'title = "Two Harbours"', 'title = """Two\nHarbours"""'),
        "exhibition.toml: title has more than one line.\n    Write it on one line.",
    ),
    Case(
        "a title that no social card holds",
        replace("exhibition.toml", "Two Harbours", "Two Harbours " * 24),
        "exhibition.toml: title has 312 letters.\n    Say it in 300 at most.",
    ),
    Case(
        "a city that cites what is not there",
        replace("exhibition.toml", "A harbour.", "A harbour.[^diary]"),
        "exhibition.toml: cites diary, which is not a source.\n    Add it to sources.toml, or mend the name.",
    ),
    Case(
        "an old address of a stop that is there",
        replace("exhibition.toml", 'old = "wharf"', 'old = "light"'),
        "exhibition.toml: redirects[1].old is light, which is a stop.\n"
        "    Take the entry out: the address leads to that stop.",
    ),
    Case(
        "an old address that leads nowhere",
        replace("exhibition.toml", 'new = "quay"', 'new = "pier"'),
        "exhibition.toml: redirects[1].new is pier, which is not a stop.\n    Give the slug that the stop has now.",
    ),
    Case(
        "an old address that leads to two stops",
        replace("exhibition.toml", "[[redirects]]", '[[redirects]]\nold = "wharf"\nnew = "light"\n\n[[redirects]]'),
        "exhibition.toml: redirects[2].old is wharf again.\n    Keep one of the two: an address leads to one stop.",
    ),
    Case(
        "words about the exhibition that lead to no address",
        replace("exhibition.toml", "[a pattern][pattern]", "[a pattern][model]"),
        "exhibition.toml: about[1].text leads to model, which has no address.\n"
        "    Give the address under [[about.links]] in exhibition.toml, or mend the id.",
    ),
)
