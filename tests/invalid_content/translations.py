"""Words in another language."""

from tests.invalid_content.changes import Case, rename, replace
from tests.sample_exhibition import GERMAN_QUAY

CASES = (
    Case(
        "a translation of nothing",
        rename(GERMAN_QUAY, "stops/north/07-lamp.de.md"),
        "stops/north/07-lamp.de.md: translates 07-lamp.md, which is missing.\n"
        "    Rename it after the stop that it translates, or put the original beside it.",
    ),
    Case(
        "a translation in capitals",
        rename(GERMAN_QUAY, "stops/north/01-quay.DE.md"),
        "stops/north/01-quay.DE.md: is not named like a stop.\n    Rename it 01-quay.de.md.",
    ),
    Case(
        "a translated picture",
        replace(
            GERMAN_QUAY, 'alt = "Ein Bild des Kais"\ncaption', 'image = "kai.png"\nalt = "Ein Bild des Kais"\ncaption'
        ),
        "stops/north/01-quay.de.md: figures[1].image holds no words.\n"
        "    Take it out: it is the same in every language.",
    ),
    Case(
        "a translated name of a field",
        replace(GERMAN_QUAY, 'title = "Der Kai"', 'titel = "Der Kai"'),
        "stops/north/01-quay.de.md: titel is not in the original.\n    Take it out, or add it to the original first.",
    ),
    Case(
        "a translation that cites less",
        replace(GERMAN_QUAY, "gebaut.[^ledger]", "gebaut."),
        "stops/north/01-quay.de.md: narrative doesn't cite what the original cites.\n"
        "    Give each statement the source that it has there.",
    ),
    Case(
        "a translated lede that cites what is not there",
        replace(GERMAN_QUAY, "Ein Ort am Wasser.[^ledger]", "Ein Ort am Wasser.[^tagebuch]"),
        "stops/north/01-quay.de.md: cites tagebuch, which is not a source.\n"
        "    Add it to sources.toml, or mend the name.",
    ),
    Case(
        "a translated opening that cites what is not there",
        replace("exhibition.de.toml", "1900.[^ledger]", "1900.[^tagebuch]"),
        "exhibition.de.toml: cites tagebuch, which is not a source.\n    Add it to sources.toml, or mend the name.",
    ),
    Case(
        "half an opening",
        replace("exhibition.de.toml", 'subtitle = "Ein Seil und zwei Enden"\n', ""),
        "exhibition.de.toml: subtitle is missing.\n    Say it in this language.",
    ),
    Case(
        "quotation marks of a German keyboard",
        replace(GERMAN_QUAY, 'title = "Der Kai"', "title = „Der Kai“"),
        "stops/north/01-quay.de.md: line 3 can't be read: title = „Der Kai“\n"
        '    Write straight quotation marks, " and ", in place of the curved ones.',
    ),
)
