"""Words in another language."""

from tests.faulty.spoil import Fault, renamed, replaced
from tests.sample_exhibition import GERMAN_QUAY

FAULTS = (
    Fault(
        "a translation of nothing",
        renamed(GERMAN_QUAY, "stops/north/07-lamp.de.md"),
        "stops/north/07-lamp.de.md: translates 07-lamp.md, which is missing.\n"
        "    Rename it after the stop that it translates, or put the original beside it.",
    ),
    Fault(
        "a translation in capitals",
        renamed(GERMAN_QUAY, "stops/north/01-quay.DE.md"),
        "stops/north/01-quay.DE.md: is not named like a stop.\n    Rename it 01-quay.de.md.",
    ),
    Fault(
        "a translated picture",
        replaced(
            GERMAN_QUAY, 'alt = "Ein Bild des Kais"\ncaption', 'image = "kai.png"\nalt = "Ein Bild des Kais"\ncaption'
        ),
        "stops/north/01-quay.de.md: figures[1].image holds no words.\n"
        "    Take it out: it is the same in every language.",
    ),
    Fault(
        "a translated name of a field",
        replaced(GERMAN_QUAY, 'title = "Der Kai"', 'titel = "Der Kai"'),
        "stops/north/01-quay.de.md: titel is not in the original.\n    Take it out, or add it to the original first.",
    ),
    Fault(
        "a translation that cites less",
        replaced(GERMAN_QUAY, "gebaut.[^ledger]", "gebaut."),
        "stops/north/01-quay.de.md: narrative doesn't cite what the original cites.\n"
        "    Give each statement the source that it has there.",
    ),
    Fault(
        "a translated lede that cites what is not there",
        replaced(GERMAN_QUAY, "Ein Ort am Wasser.[^ledger]", "Ein Ort am Wasser.[^tagebuch]"),
        "stops/north/01-quay.de.md: cites tagebuch, which is not a source.\n"
        "    Add it to sources.toml, or mend the name.",
    ),
    Fault(
        "a translated opening that cites what is not there",
        replaced("exhibition.de.toml", "1900.[^ledger]", "1900.[^tagebuch]"),
        "exhibition.de.toml: cites tagebuch, which is not a source.\n    Add it to sources.toml, or mend the name.",
    ),
    Fault(
        "half an opening",
        replaced("exhibition.de.toml", 'subtitle = "Ein Seil und zwei Enden"\n', ""),
        "exhibition.de.toml: subtitle is missing.\n    Say it in this language.",
    ),
    Fault(
        "quotation marks of a German keyboard",
        replaced(GERMAN_QUAY, 'title = "Der Kai"', "title = „Der Kai“"),
        "stops/north/01-quay.de.md: line 3 can't be read: title = „Der Kai“\n"
        '    Write straight quotation marks, " and ", in place of the curved ones.',
    ),
)
