"""The files of stops: where they lie, what they are called, how they are saved."""

from tests.full_exhibition import LIGHT
from tests.hostile_images import pipe
from tests.invalid_content.changes import Case, combine, copy, delete, make_folder, rename, replace, symlink

CASES = (
    Case(
        "no stops at all",
        delete("stops"),
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
    Case(
        "a misspelt folder",
        rename("stops/south", "stops/sooth"),
        "exhibition.toml: cities[2] (South Harbour) has no stop.\n"
        "    Add a stop to stops/south/, or take the city out.\n"
        "stops/sooth/02-light.md: lies in a folder sooth, which is not a city.\n"
        "    Rename the folder south, or add the city to exhibition.toml.",
    ),
    Case(
        "a folder in capitals",
        rename("stops/south", "stops/South"),
        "exhibition.toml: cities[2] (South Harbour) has no stop.\n"
        "    Add a stop to stops/south/, or take the city out.\n"
        "stops/South/02-light.md: lies in a folder South, which is not a city.\n"
        "    Rename the folder south, or add the city to exhibition.toml.",
    ),
    Case(
        "a folder with a space",
        rename("stops/south", "stops/south harbour"),
        "exhibition.toml: cities[2] (South Harbour) has no stop.\n"
        "    Add a stop to stops/south/, or take the city out.\n"
        "stops/south harbour/02-light.md: lies in a folder south harbour, which is not a city.\n"
        "    Move it to a city's folder, or add the city to exhibition.toml.",
    ),
    Case(
        "a stop beside the folders",
        rename(LIGHT, "stops/02-light.md"),
        "stops/02-light.md: doesn't lie in a city's folder.\n"
        "    Move it into its city's, in stops/.\n"
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.",
    ),
    Case(
        "a folder within a folder",
        rename(LIGHT, "stops/south/harbour/02-light.md"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/harbour/02-light.md: doesn't lie in a city's folder.\n"
        "    Move it into its city's, in stops/.",
    ),
    Case(
        "a city without a stop",
        delete(LIGHT),
        "exhibition.toml: cities[2] (South Harbour) has no stop.\n"
        "    Add a stop to stops/south/, or take the city out.\n"
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.",
    ),
    Case(
        "a name without a number",
        rename(LIGHT, "stops/south/light.md"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/light.md: is not named like a stop.\n"
        "    Name it by number and slug, like 03-name.md.",
    ),
    Case(
        "a name with capitals and spaces",
        rename(LIGHT, "stops/south/02 The Light.md"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/02 The Light.md: is not named like a stop.\n"
        "    Rename it 02-the-light.md.",
    ),
    Case(
        "an underscore for a hyphen",
        rename(LIGHT, "stops/south/02_light.md"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/02_light.md: is not named like a stop.\n"
        "    Rename it 02-light.md.",
    ),
    Case(
        "an ending in capitals",
        rename(LIGHT, "stops/south/02-light.MD"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/02-light.MD: is not named like a stop.\n"
        "    Rename it 02-light.md.",
    ),
    Case(
        "an ending of plain text",
        rename(LIGHT, "stops/south/02-light.txt"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/02-light.txt: is not named like a stop.\n"
        "    Rename it 02-light.md.",
    ),
    Case(
        "an ending behind the ending",
        rename(LIGHT, "stops/south/02-light.md.txt"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/02-light.md.txt: is not named like a stop.\n"
        "    Rename it 02-light.md.md.",
    ),
    Case(
        "a document of a word processor",
        rename(LIGHT, "stops/south/02-light.docx"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/02-light.docx: is not named like a stop.\n"
        "    Save its words as plain text in 02-light.md.",
    ),
    Case(
        "a name in Cyrillic",
        rename(LIGHT, "stops/south/02-маяк.md"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/02-маяк.md: is not named like a stop.\n"
        "    Name it by number and slug, like 03-name.md.",
    ),
    Case(
        "a number of nought",
        rename(LIGHT, "stops/south/00-light.md"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/00-light.md: has the number 0.\n"
        "    Number the stops from 1 on, to 9999 at most.",
    ),
    Case(
        "a number beyond all tours",
        rename(LIGHT, "stops/south/20261122-light.md"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/20261122-light.md: has the number 20261122.\n"
        "    Number the stops from 1 on, to 9999 at most.",
    ),
    Case(
        "a slug too long for an address",
        rename(LIGHT, f"stops/south/02-{'light-' * 15}house.md"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/02-light-light-light-light-light-light-light-light-light-l"
        "ight-light-light-light-light-light-house.md: slug has 95 letters.\n"
        "    Give it a name of 80 at most: it is an address.",
    ),
    Case(
        "a slug that is a page of the site",
        rename(LIGHT, "stops/south/02-about.md"),
        "stops/north/01-quay.md: twin is light, which is not a stop.\n"
        "    Give the slug of the stop at the other end.\n"
        "stops/south/02-about.md: slug is about, the name of a page of the site.\n"
        "    Give the file another name.",
    ),
    Case(
        "two stops of one slug",
        combine(
            copy(LIGHT, "stops/south/03-quay.md"),
            replace("stops/south/03-quay.md", "A picture of The Light", "Another light"),
        ),
        "stops/south/03-quay.md: slug is quay, as in stops/north/01-quay.md.\n"
        "    Give one of the two another name: a slug is a stop's address.",
    ),
    Case(
        "two stops of one number",
        combine(rename(LIGHT, "stops/south/01-light.md")),
        "stops/south/01-light.md: has the number 1, as stops/north/01-quay.md has.\n"
        "    Renumber one of them: the number says which comes first.",
    ),
    Case(
        "a folder named like a stop",
        make_folder("stops/south/03-lamp.md"),
        "stops/south/03-lamp.md: is a folder, not a file.\n    Take it away, or give it another name.",
    ),
    Case(
        "a pipe named like a stop",
        lambda data, media: pipe(data / "stops/south/03-lamp.md"),
        "stops/south/03-lamp.md: is a pipe or a device, not a file.\n    Put a file in its place.",
    ),
    Case(
        "a link that leads nowhere",
        symlink("stops/south/03-lamp.md", "lamp.md"),
        "stops/south/03-lamp.md: can't be opened.\n    Put the file there again, so that all may read it.",
    ),
)
