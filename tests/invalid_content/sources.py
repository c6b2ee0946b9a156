"""The list of sources."""

from tests.invalid_content.changes import Case, duplicate_content, replace

CASES = (
    Case(
        "a source with a space in its name",
        replace("sources.toml", "[ledger]", '["the ledger"]'),
        "exhibition.toml: cites ledger, which is not a source.\n"
        "    Add it to sources.toml, or mend the name.\n"
        "lesson.md: cites ledger, which is not a source.\n"
        "    Add it to sources.toml, or mend the name.\n"
        "sources.toml: the ledger can't be cited by this name.\n"
        "    Call it by letters, digits and hyphens, like museum-cloth: it is cited as [^museum-cloth].\n"
        "stops/north/01-quay.md: cites ledger, which is not a source.\n"
        "    Add it to sources.toml, or mend the name.\n"
        "stops/south/02-light.md: cites ledger, which is not a source.\n"
        "    Add it to sources.toml, or mend the name.",
    ),
    Case(
        "a source in double brackets",
        replace("sources.toml", "[ledger]", "[[ledger]]"),
        "sources.toml: ledger is a list of tables, not one table.\n"
        "    Head it with [ledger], in single square brackets.",
    ),
    Case(
        "a source twice",
        duplicate_content("sources.toml"),
        "sources.toml: line 10 can't be read: [ledger]\n"
        "    It stands there a second time: take one out, or head each of several like [[figures]].",
    ),
    Case(
        "a source without a publisher",
        replace("sources.toml", 'publisher = "The Board"\n', ""),
        "sources.toml: ledger.publisher is missing.\n    Add it.",
    ),
    Case(
        "a source without a title",
        replace("sources.toml", 'title = "The ledger"', 'title = ""'),
        "sources.toml: ledger.title is empty.\n    Fill it in.",
    ),
    Case(
        "a source seen yesterday",
        replace("sources.toml", "accessed = 2026-11-22", 'accessed = "yesterday"'),
        "sources.toml: ledger.accessed is text, not a date.\n"
        "    Write it as year-month-day without quotation marks, like 2022-03-22.",
    ),
    Case(
        "a source seen in a month that is not",
        replace("sources.toml", "accessed = 2026-11-22", "accessed = 2026-22-11"),
        "sources.toml: line 7 can't be read: accessed = 2026-22-11\n"
        "    Write a date as year-month-day, a day of the calendar without quotation marks, like 2022-03-22.",
    ),
    Case(
        "a source without an address",
        replace("sources.toml", "https://example.org/ledger", "Shelf 7"),
        "sources.toml: ledger.address is Shelf 7, which is not a web address.\n"
        "    Give the whole address, beginning with https://.",
    ),
    Case(
        "a source in a language by its name",
        replace("sources.toml", 'language = "en"', 'language = "English"'),
        "sources.toml: ledger.language is English, which is not the code of a language.\n"
        "    Give its code, like en or ru.",
    ),
    Case(
        "a source with a field that is none",
        replace("sources.toml", "publisher", "author"),
        "sources.toml: ledger.author is not a field of a source.\n"
        "    Its fields are title, publisher, language, address, accessed, note.\n"
        "sources.toml: ledger.publisher is missing.\n"
        "    Add it.",
    ),
    Case(
        "a field above all sources",
        replace("sources.toml", "[ledger]", 'title = "Sources"\n[ledger]'),
        "sources.toml: title is text, not a table.\n    Write it as a table headed by the field's name.",
    ),
)
