"""Files of stops with encodings, signs and sizes that can't be read."""

from tests.full_exhibition import LIGHT
from tests.invalid_content.changes import Case, combine, encode, replace, write

CASES = (
    Case(
        "a stop saved in UTF-16",
        encode(LIGHT, "utf-16"),
        "stops/south/02-light.md: is saved in UTF-16.\n"
        "    Save it as plain text in UTF-8: an editor asks for it, as “encoding”, under “Save as”.",
    ),
    Case(
        "a stop saved in Windows-1251",
        combine(replace(LIGHT, "The quay was", "Маяк was"), encode(LIGHT, "windows-1251")),
        "stops/south/02-light.md: line 32 holds a letter that is not in UTF-8.\n"
        "    Save it as plain text in UTF-8: an editor asks for it, as “encoding”, under “Save as”.",
    ),
    Case(
        "a stop with a picture pasted into it",
        replace(LIGHT, "The quay was", "data:image/png;base64," + "iVBORw0K" * 40_000),
        "stops/south/02-light.md: has 320 KB, more than the 200 KB that a page can bear.\n"
        "    Keep words alone in it; a picture belongs into media/.",
    ),
    Case(
        "a line break of a word processor",
        replace(LIGHT, "The quay was", "The quay\x0bwas"),
        "stops/south/02-light.md: line 32 holds a sign that no page can show (U+000B).\n"
        "    It can't be seen and came with a copy from elsewhere: delete that line and type it afresh.",
    ),
    Case(
        "a mark that turns the writing",
        replace(LIGHT, "The quay was", "The \u202equay was"),
        "stops/south/02-light.md: line 32 holds a sign that no page can show (U+202E).\n"
        "    It can't be seen and came with a copy from elsewhere: delete that line and type it afresh.",
    ),
    Case(
        "a stop of nothing",
        write(LIGHT, b""),
        "stops/south/02-light.md: has no fields between two +++ lines.\n"
        "    Begin with +++, then the fields, then +++, then the narrative.",
    ),
    Case(
        "fields between hyphens",
        combine(replace(LIGHT, "+++", "---"), replace(LIGHT, "+++", "---")),
        "stops/south/02-light.md: has its fields between --- lines.\n    Write +++ in their place.",
    ),
    Case(
        "a word beside the first fence",
        replace(LIGHT, "+++\ntitle", "+++ toml\ntitle"),
        "stops/south/02-light.md: line 1 holds more than +++.\n    Let +++ stand alone on its line.",
    ),
    Case(
        "a word beside the second fence",
        replace(LIGHT, "+++\n\nThe", "+++ story\n\nThe"),
        "stops/south/02-light.md: line 30 holds more than +++.\n    Let +++ stand alone on its line.",
    ),
    Case(
        "no second fence",
        replace(LIGHT, "+++\n\nThe", "\n\nThe"),
        "stops/south/02-light.md: has no second +++ line.\n"
        "    Write +++ alone on a line between the fields and the narrative.",
    ),
    Case(
        "a line above the first fence",
        replace(LIGHT, "+++\ntitle", "The light\n+++\ntitle"),
        "stops/south/02-light.md: has no fields between two +++ lines.\n"
        "    Begin with +++, then the fields, then +++, then the narrative.",
    ),
    Case(
        "no story",
        replace(LIGHT, "The quay was built in 1899.[^ledger]", ""),
        "stops/south/02-light.md: cites no source.\n"
        "    Say where the story comes from: [^id] names a source of sources.toml.\n"
        "stops/south/02-light.md: narrative is empty.\n"
        "    Tell the story below the second +++ line.",
    ),
)
