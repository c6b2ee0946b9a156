"""Files of stops as an editor saved them."""

from tests.faulty.spoil import Fault, both, recoded, replaced, written
from tests.full_exhibition import LIGHT

FAULTS = (
    Fault(
        "a stop saved in UTF-16",
        recoded(LIGHT, "utf-16"),
        "stops/south/02-light.md: is saved in UTF-16.\n"
        "    Save it as plain text in UTF-8: an editor asks for it, as “encoding”, under “Save as”.",
    ),
    Fault(
        "a stop saved in Windows-1251",
        both(replaced(LIGHT, "The quay was", "Маяк was"), recoded(LIGHT, "windows-1251")),
        "stops/south/02-light.md: line 32 holds a letter that is not in UTF-8.\n"
        "    Save it as plain text in UTF-8: an editor asks for it, as “encoding”, under “Save as”.",
    ),
    Fault(
        "a stop with a picture pasted into it",
        replaced(LIGHT, "The quay was", "data:image/png;base64," + "iVBORw0K" * 40_000),
        "stops/south/02-light.md: has 320 KB, more than the 200 KB that a page can bear.\n"
        "    Keep words alone in it; a picture belongs into media/.",
    ),
    Fault(
        "a line break of a word processor",
        replaced(LIGHT, "The quay was", "The quay\x0bwas"),
        "stops/south/02-light.md: line 32 holds a sign that no page can show (U+000B).\n"
        "    It can't be seen and came with a copy from elsewhere: delete that line and type it afresh.",
    ),
    Fault(
        "a mark that turns the writing",
        replaced(LIGHT, "The quay was", "The \u202equay was"),
        "stops/south/02-light.md: line 32 holds a sign that no page can show (U+202E).\n"
        "    It can't be seen and came with a copy from elsewhere: delete that line and type it afresh.",
    ),
    Fault(
        "a stop of nothing",
        written(LIGHT, b""),
        "stops/south/02-light.md: has no fields between two +++ lines.\n"
        "    Begin with +++, then the fields, then +++, then the narrative.",
    ),
    Fault(
        "fields between hyphens",
        both(replaced(LIGHT, "+++", "---"), replaced(LIGHT, "+++", "---")),
        "stops/south/02-light.md: has its fields between --- lines.\n    Write +++ in their place.",
    ),
    Fault(
        "a word beside the first fence",
        replaced(LIGHT, "+++\ntitle", "+++ toml\ntitle"),
        "stops/south/02-light.md: line 1 holds more than +++.\n    Let +++ stand alone on its line.",
    ),
    Fault(
        "a word beside the second fence",
        replaced(LIGHT, "+++\n\nThe", "+++ story\n\nThe"),
        "stops/south/02-light.md: line 30 holds more than +++.\n    Let +++ stand alone on its line.",
    ),
    Fault(
        "no second fence",
        replaced(LIGHT, "+++\n\nThe", "\n\nThe"),
        "stops/south/02-light.md: has no second +++ line.\n"
        "    Write +++ alone on a line between the fields and the narrative.",
    ),
    Fault(
        "a line above the first fence",
        replaced(LIGHT, "+++\ntitle", "The light\n+++\ntitle"),
        "stops/south/02-light.md: has no fields between two +++ lines.\n"
        "    Begin with +++, then the fields, then +++, then the narrative.",
    ),
    Fault(
        "no story",
        replaced(LIGHT, "The quay was built in 1899.[^ledger]", ""),
        "stops/south/02-light.md: cites no source.\n"
        "    Say where the story comes from: [^id] names a source of sources.toml.\n"
        "stops/south/02-light.md: narrative is empty.\n"
        "    Tell the story below the second +++ line.",
    ),
)
