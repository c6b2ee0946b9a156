"""Fields of a stop that are missing, misspelt, or of the wrong kind."""

from tests.full_exhibition import LIGHT
from tests.invalid_content.changes import Case, replace
from tests.sample_exhibition import QUAY

CASES = (
    Case(
        "no title",
        replace(QUAY, 'title = "The Quay"\n', ""),
        "stops/north/01-quay.md: title is missing.\n    Add it.",
    ),
    Case(
        "a title of spaces",
        replace(QUAY, 'title = "The Quay"', 'title = "  "'),
        "stops/north/01-quay.md: title is empty.\n    Fill it in.",
    ),
    Case(
        "a lede that is a number",
        replace(QUAY, 'lede = "A place by the water.[^ledger]"', "lede = 7"),
        "stops/north/01-quay.md: lede is a whole number, not text.\n    Write it between quotation marks.",
    ),
    Case(
        "an invisible sign in a title",
        replace(QUAY, 'title = "The Quay"', 'title = "The\\u0000Quay"'),
        "stops/north/01-quay.md: title holds a sign that no page can show (U+0000).\n    Take it out.",
    ),
    Case(
        "figure for figures",
        replace(QUAY, "[[figures]]", "[[figure]]"),
        "stops/north/01-quay.md: figure is not a field of a stop.\n"
        "    Did you mean figures?\n"
        "stops/north/01-quay.md: figures is missing.\n"
        "    Add it.",
    ),
    Case(
        "places in single brackets",
        replace(LIGHT, "[[places]]", "[places]"),
        "stops/south/02-light.md: places is one table, not a list of them.\n"
        "    Head each with [[places]], in double square brackets.",
    ),
    Case(
        "a misspelt field of a figure",
        replace(QUAY, 'alt = "A picture of the quay"\ncaption', 'allt = "A picture of the quay"\ncaption'),
        "stops/north/01-quay.md: figures[1].allt is not a field of a figure.\n"
        "    Did you mean alt?\n"
        "stops/north/01-quay.md: figures[1].alt is missing.\n"
        "    Say what the picture shows, for a visitor who cannot see it.",
    ),
    Case(
        "a misspelt field of an event",
        replace(QUAY, "description = ", "desription = "),
        "stops/north/01-quay.md: events[1].description is missing.\n"
        "    Add it.\n"
        "stops/north/01-quay.md: events[1].desription is not a field of an event.\n"
        "    Did you mean description?",
    ),
    Case(
        "a field of nobody",
        replace(QUAY, "seats = ", 'colour = "blue"\nseats = '),
        "stops/north/01-quay.md: colour is not a field of a stop.\n"
        "    Its fields are title, lede, places, figures, links, claims, events, comparisons, "
        "detail_images, twin, twin_reason, step_free, seats.",
    ),
    Case(
        "no alt",
        replace(LIGHT, 'alt = "A picture of The Light"\n', ""),
        "stops/south/02-light.md: figures[1].alt is missing.\n"
        "    Say what the picture shows, for a visitor who cannot see it.",
    ),
    Case(
        "an empty alt",
        replace(LIGHT, 'alt = "A picture of The Light"', 'alt = ""'),
        "stops/south/02-light.md: figures[1].alt is empty.\n"
        "    Say what the picture shows, for a visitor who cannot see it.",
    ),
    Case(
        "one alt for two pictures",
        replace(LIGHT, "A picture of The Light", "A picture of the quay"),
        "stops/south/02-light.md: figures[1].alt repeats that of stops/north/01-quay.md: figures[1].\n"
        "    Say what this picture shows and the other doesn't.",
    ),
)
