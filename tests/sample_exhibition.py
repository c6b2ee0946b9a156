"""A small valid exhibition of invented places, written as files, of which tests change one thing at a time."""

from pathlib import Path

from PIL import Image

from tour.content.documents import load_document
from tour.content.translations import source_hash

EXHIBITION = """
title = "Two Harbours"
short_title = "Harbours"
subtitle = "A rope and two ends"
introduction = "They wrote in 1900.[^ledger]"

[status]
sentence = "The friendship rests."
decided = 2001-02-03
decision = "The harbour board voted."
quote = "We rest"
speaker = "the board"
sources = ["ledger"]
checked = 2026-11-22

[[cities]]
slug = "north"
name = "North Harbour"
country = "Nowhere"
about = "A harbour."
latitude = [60.0, 61.0]
longitude = [10.0, 11.0]
marker = "round"
colour = "blue"

[[cities]]
slug = "south"
name = "South Harbour"
country = "Nowhere"
about = "Another."
latitude = [40.0, 41.0]
longitude = [20.0, 21.0]
marker = "square"
colour = "red"
"""

SOURCES = """
[ledger]
title = "The ledger"
publisher = "The Board"
language = "en"
address = "https://example.org/ledger"
accessed = 2026-11-22
"""

STOP = """+++
title = "{title}"
lede = "A place by the water."

[[places]]
label = "{title}"
latitude = {latitude}
longitude = {longitude}

[[figures]]
image = "{slug}.png"
alt = "A picture of {title}"
caption = "{title}, drawn."
credit = "Drawn by nobody"
rights = "https://creativecommons.org/licenses/by/4.0/"

[[links]]
title = "A page"
publisher = "The Board"
address = "https://example.org/a"
language = "en"
kind = "page"

[[links]]
title = "A film"
publisher = "The Board"
address = "https://example.org/b"
language = "ru"
kind = "film"
+++

The quay was built in 1899.[^ledger]
"""

STOPS = {
    "stops/north/01-quay.md": ("The Quay", "quay", 60.5, 10.5),
    "stops/north/02-crane.md": ("The Crane", "crane", 60.51, 10.51),
    "stops/south/03-light.md": ("The Light", "light", 40.5, 20.5),
}
QUAY = "stops/north/01-quay.md"

GERMAN_EXHIBITION = """
source_hash = "OF"
title = "Zwei Häfen"
short_title = "Häfen"
subtitle = "Ein Seil und zwei Enden"
introduction = "Sie schrieben 1900.[^ledger]"

[status]
sentence = "Die Freundschaft ruht."
decision = "Die Hafenbehörde stimmte ab."
speaker = "die Behörde"
translation = "Wir ruhen"

[[cities]]
name = "Nordhafen"
country = "Nirgends"
about = "Ein Hafen."

[[cities]]
name = "Südhafen"
country = "Nirgends"
about = "Noch einer."
"""

GERMAN_STOP = """+++
source_hash = "OF"
title = "Der Kai"
lede = "Ein Ort am Wasser."

[[places]]
label = "Der Kai"

[[figures]]
alt = "Ein Bild des Kais"
caption = "Der Kai, gezeichnet."

[[links]]
title = "Eine Seite"

[[links]]
title = "Ein Film"
+++

Der Kai wurde 1899 gebaut.[^ledger]
"""
GERMAN_QUAY = "stops/north/01-quay.de.md"


def write(folder: Path) -> tuple[Path, Path]:
    """The sample exhibition in `folder`; returns its data and media folders."""
    data, media = folder / "data", folder / "media"
    for city in ("north", "south"):
        (data / "stops" / city).mkdir(parents=True)
    media.mkdir()
    (data / "exhibition.toml").write_text(EXHIBITION, "utf-8")
    (data / "sources.toml").write_text(SOURCES, "utf-8")
    for number, (file, (title, slug, latitude, longitude)) in enumerate(STOPS.items()):
        text = STOP.format(title=title, slug=slug, latitude=latitude, longitude=longitude)
        (data / file).write_text(text, "utf-8")
        Image.new("RGB", (900, 600), (40 * number, 90, 120)).save(media / f"{slug}.png")
    return data, media


def translate(data: Path) -> Path:
    """Give it a German title, notice and first stop, up to date with the originals; returns the folder."""
    (data / "exhibition.de.toml").write_text(GERMAN_EXHIBITION, "utf-8")
    (data / GERMAN_QUAY).write_text(GERMAN_STOP, "utf-8")
    stamp_translations(data)
    return data


def stamp_translations(data: Path) -> None:
    """Mark the German introduction and first stop as translations of the current originals."""
    introduction, quay = (load_document(data, data / file, []) for file in ("exhibition.toml", QUAY))
    replace_once(data, "exhibition.de.toml", "OF", source_hash(introduction.table))
    replace_once(data, GERMAN_QUAY, "OF", source_hash(quay.table, quay.narrative))


def replace_once(folder: Path, file: str, old: str, new: str) -> None:
    """Replace one thing in one file, once; the test is wrong if it isn't there."""
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), "utf-8")
