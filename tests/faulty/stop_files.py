"""The files of stops: where they lie, what they are called, how they are saved."""

from tests.faulty.spoil import Fault, both, copied, folder, gone, linked, renamed, replaced
from tests.full_exhibition import LIGHT
from tests.hostile_pictures import pipe

FAULTS = (
    Fault(
        "no stops at all",
        gone("stops"),
        "exhibition.toml: cities[1] (North Harbour) has no stop.\n"
        "    Add a stop to stops/north/, or take the city out.\n"
        "exhibition.toml: cities[2] (South Harbour) has no stop.\n"
        "    Add a stop to stops/south/, or take the city out.\n"
        "exhibition.toml: redirects[1].new is quay, which is not a stop.\n"
        "    Give the slug that the stop has now.\n"
        "lesson.md: questions[1].stop is quay, which is not a stop.\n"
        "    Give the slug of a stop, as in the name of its file.\n"
        "lesson.md: steps[1].stop is quay, which is not a stop.\n"
        "    Give the slug of a stop, as in the name of its file.\n"
        "stops: holds no stop.\n"
        "    Add a file like stops/<city>/01-name.md.",
    ),
    Fault(
        "a misspelt folder",
        renamed("stops/south", "stops/sooth"),
        "exhibition.toml: cities[2] (South Harbour) has no stop.\n"
        "    Add a stop to stops/south/, or take the city out.\n"
        "stops/sooth/02-light.md: lies in a folder sooth, which is not a city.\n"
        "    Rename the folder south, or add the city to exhibition.toml.",
    ),
    Fault(
        "a folder in capitals",
        renamed("stops/south", "stops/South"),
        "exhibition.toml: cities[2] (South Harbour) has no stop.\n"
        "    Add a stop to stops/south/, or take the city out.\n"
        "stops/South/02-light.md: lies in a folder South, which is not a city.\n"
        "    Rename the folder south, or add the city to exhibition.toml.",
    ),
    Fault(
        "a folder with a space",
        renamed("stops/south", "stops/south harbour"),
        "exhibition.toml: cities[2] (South Harbour) has no stop.\n"
        "    Add a stop to stops/south/, or take the city out.\n"
        "stops/south harbour/02-light.md: lies in a folder south harbour, which is not a city.\n"
        "    Move it to a city's folder, or add the city to exhibition.toml.",
    ),
    Fault(
        "a stop beside the folders",
        renamed(LIGHT, "stops/02-light.md"),
        "stops/02-light.md: doesn't lie in a city's folder.\n"
        "    Move it into its city's, in stops/.\n"
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.",
    ),
    Fault(
        "a folder within a folder",
        renamed(LIGHT, "stops/south/harbour/02-light.md"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/harbour/02-light.md: doesn't lie in a city's folder.\n"
        "    Move it into its city's, in stops/.",
    ),
    Fault(
        "a city without a stop",
        gone(LIGHT),
        "exhibition.toml: cities[2] (South Harbour) has no stop.\n"
        "    Add a stop to stops/south/, or take the city out.\n"
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.",
    ),
    Fault(
        "a name without a number",
        renamed(LIGHT, "stops/south/light.md"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/light.md: is not named like a stop.\n"
        "    Name it by number and slug, like 03-name.md.",
    ),
    Fault(
        "a name with capitals and spaces",
        renamed(LIGHT, "stops/south/02 The Light.md"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/02 The Light.md: is not named like a stop.\n"
        "    Rename it 02-the-light.md.",
    ),
    Fault(
        "an underscore for a hyphen",
        renamed(LIGHT, "stops/south/02_light.md"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/02_light.md: is not named like a stop.\n"
        "    Rename it 02-light.md.",
    ),
    Fault(
        "an ending in capitals",
        renamed(LIGHT, "stops/south/02-light.MD"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/02-light.MD: is not named like a stop.\n"
        "    Rename it 02-light.md.",
    ),
    Fault(
        "an ending of plain text",
        renamed(LIGHT, "stops/south/02-light.txt"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/02-light.txt: is not named like a stop.\n"
        "    Rename it 02-light.md.",
    ),
    Fault(
        "an ending behind the ending",
        renamed(LIGHT, "stops/south/02-light.md.txt"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/02-light.md.txt: is not named like a stop.\n"
        "    Rename it 02-light.md.md.",
    ),
    Fault(
        "a document of a word processor",
        renamed(LIGHT, "stops/south/02-light.docx"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/02-light.docx: is not named like a stop.\n"
        "    Save its words as plain text in 02-light.md.",
    ),
    Fault(
        "a name in Cyrillic",
        renamed(LIGHT, "stops/south/02-маяк.md"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/02-маяк.md: is not named like a stop.\n"
        "    Name it by number and slug, like 03-name.md.",
    ),
    Fault(
        "a number of nought",
        renamed(LIGHT, "stops/south/00-light.md"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/00-light.md: has the number 0.\n"
        "    Number the stops from 1 on, to 9999 at most.",
    ),
    Fault(
        "a number beyond all tours",
        renamed(LIGHT, "stops/south/20261122-light.md"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/20261122-light.md: has the number 20261122.\n"
        "    Number the stops from 1 on, to 9999 at most.",
    ),
    Fault(
        "a slug too long for an address",
        renamed(LIGHT, f"stops/south/02-{'light-' * 15}house.md"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/02-light-light-light-light-light-light-light-light-light-l"
        "ight-light-light-light-light-light-house.md: slug has 95 letters.\n"
        "    Give it a name of 80 at most: it is an address.",
    ),
    Fault(
        "a slug that is a page of the site",
        renamed(LIGHT, "stops/south/02-about.md"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/02-about.md: slug is about, the name of a page of the site.\n"
        "    Give the file another name.",
    ),
    Fault(
        "two stops of one slug",
        both(
            copied(LIGHT, "stops/south/03-quay.md"),
            replaced("stops/south/03-quay.md", "A picture of The Light", "Another light"),
        ),
        "stops/south/03-quay.md: slug is quay, as in stops/north/01-quay.md.\n"
        "    Give one of the two another name: a slug is a stop's address.",
    ),
    Fault(
        "two stops of one number",
        both(renamed(LIGHT, "stops/south/01-light.md")),
        "stops/south/01-light.md: has the number 1, as stops/north/01-quay.md has.\n"
        "    Renumber one of them: the number says which comes first.",
    ),
    Fault(
        "a folder named like a stop",
        folder("stops/south/03-lamp.md"),
        "stops/south/03-lamp.md: is a folder, not a file.\n    Take it away, or give it another name.",
    ),
    Fault(
        "a pipe named like a stop",
        lambda data, media: pipe(data / "stops/south/03-lamp.md"),
        "stops/south/03-lamp.md: is a pipe or a device, not a file.\n    Put a file in its place.",
    ),
    Fault(
        "a link that leads nowhere",
        linked("stops/south/03-lamp.md", "lamp.md"),
        "stops/south/03-lamp.md: can't be opened.\n    Put the file there again, so that all may read it.",
    ),
)
