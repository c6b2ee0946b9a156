"""The sample exhibition with every field in use and two stops only: the fuzzer reads it thousands of times."""

import json
from pathlib import Path

from PIL import Image

from tests import sample_exhibition

MORE = """
[prologue]
title = "Before you go"
text = "There was a storm in 1898.[^ledger]"

[[about]]
title = "How it was made"
text = "By hand, after [a pattern][pattern]."

[[about.links]]
id = "pattern"
address = "https://example.org/pattern"

[[redirects]]
old = "wharf"
new = "quay"
"""
STREETS = """
# Of one thing.
synonyms = [["Quay", "Kai"]]

[tile_layer]
name = "Streets"
address = "https://tiles.example.org/{z}/{x}/{y}.png"
credit = "© Nobody"
credit_address = "https://example.org/credit"
max_zoom = 18
visible = false

[status]"""
QUAY = """+++
title = "The Quay"
lede = "A place by the water.[^ledger]"
twin = "light"
twin_reason = "Both stand by the water."
step_free = "Two steps.[^ledger]"
seats = "A bench."

[[places]]
label = "Old quay"
latitude = 60.5
longitude = 10.5
uncertainty = 120
since = 1899
until = 1950
sources = ["ledger"]

[[places]]
label = "New quay"
latitude = 60.51
longitude = 10.52
since = 1950

[[figures]]
image = "quay.png"
alt = "A picture of the quay"
caption = "The quay, *drawn*.[^ledger]"
credit = "Drawn by nobody"
rights = "https://creativecommons.org/licenses/by/4.0/"
origin = "https://example.org/drawer"

[[claims]]
about = "Who dug the quay?"
our_position = \"\"\"
We say that it was voles.\"\"\"
accounts = [
  { says = "Badgers dug it.", sources = ["ledger"] },
  { says = 'Ants dug it.', sources = ["ledger"] },
]

[[events]]
date = "1899-05"
description = "The quay is built."
sources = ["ledger"]

[[comparisons]]
caption = "Then and now."
credit = "Nobody"
rights = "https://example.org/licence"
then = { image = "quay.png", alt = "A picture of the quay", label = "1899" }
now = { image = "quay.png", alt = "A picture of the quay", label = "Since" }

[[detail_images]]
title = "The wall up close"
image = "quay.png"
alt = "A picture of the quay"
caption = "Stones."
credit = "Nobody"
rights = "https://example.org/licence"
regions = [{ title = "A ring", text = "Of iron.[^ledger]", box = [0.1, 0.2, 0.3, 0.4] }]

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

The quay was built in 1899.[^ledger] They wrote {de:„in Freundschaft“} on it.

> A *quotation* of two
> lines.

It stands \\*still\\*.
"""
LIGHT = "stops/south/02-light.md"
GERMAN_QUAY = """+++
source_hash = "OF"
title = "Der Kai"
lede = "Ein Ort am Wasser.[^ledger]"
step_free = "Zwei Stufen.[^ledger]"
seats = "Eine Bank."
twin_reason = "Beide stehen am Wasser."

[[places]]
label = "Alter Kai"

[[places]]
label = "Neuer Kai"

[[figures]]
alt = "Ein Bild des Kais"
caption = "Der Kai, *gezeichnet*.[^ledger]"

[[claims]]
about = "Wer grub den Kai?"
our_position = "Wir sagen, Wühlmäuse."
[[claims.accounts]]
says = "Dachse."
[[claims.accounts]]
says = "Ameisen."

[[events]]
description = "Der Kai wird gebaut."

[[comparisons]]
caption = "Damals und heute."
then = { alt = "Ein Bild des Kais", label = "1899" }
now = { alt = "Ein Bild des Kais", label = "Seither" }

[[detail_images]]
title = "Die Mauer von nahem"
alt = "Ein Bild des Kais"
caption = "Steine."
[[detail_images.regions]]
title = "Ein Ring"
text = "Aus Eisen.[^ledger]"

[[links]]
title = "Eine Seite"

[[links]]
title = "Ein Film"
+++

Der Kai wurde 1899 gebaut.[^ledger]
"""
LESSON = """+++
title = "Who dug?"
lede = "Pupils weigh two accounts."

[[steps]]
minutes = 7
title = "Look"
text = "Look at the quay.[^ledger]"
stop = "quay"

[[steps]]
minutes = 13
title = "Weigh"
text = "Weigh the cards."

[[questions]]
question = "Badgers or ants?"
stop = "quay"
claim = 1
text = "Ask who saw it.[^ledger]"
+++

Print the cards.[^ledger]
"""
MAP = {
    "type": "FeatureCollection",
    "credit": "drawn by [nobody](https://example.org)",
    "features": [
        {
            "type": "Feature",
            "properties": {"kind": "water", "name": "Sea", "source": "ledger", "accuracy_m": 50, "to_zoom": 18},
            "geometry": {"type": "Polygon", "coordinates": [[[10.4, 60.4], [10.6, 60.4], [10.6, 60.6], [10.4, 60.4]]]},
        },
        {
            "type": "Feature",
            "properties": {"kind": "place", "name": "Inn", "side": "left", "source": "ledger", "accuracy_m": 50},
            "geometry": {"type": "Point", "coordinates": [10.5, 60.5]},
        },
        {
            "type": "Feature",
            "properties": {"kind": "street", "name": "Lane", "source": "ledger", "accuracy_m": 50, "from_zoom": 12},
            "geometry": {"type": "LineString", "coordinates": [[10.4, 60.4], [10.6, 60.6]]},
        },
    ],
}


def write(folder: Path, stops_only: bool = False) -> tuple[Path, Path]:
    """The exhibition in `folder`, or its stops alone; returns its data and media folders."""
    data, media = folder / "data", folder / "media"
    light = sample_exhibition.STOP.format(title="The Light", slug="light", latitude=40.5, longitude=20.5)
    files = {
        "exhibition.toml": sample_exhibition.EXHIBITION.replace("\n[status]", STREETS, 1) + MORE,
        "exhibition.de.toml": sample_exhibition.GERMAN_EXHIBITION
        + '\n[tile_layer]\nname = "Straßen"\n'
        + '\n[prologue]\ntitle = "Bevor Sie gehen"\ntext = "1898 war ein Sturm.[^ledger]"\n'
        + '\n[[about]]\ntitle = "Wie es gemacht ist"\ntext = "Von Hand."\n',
        "sources.toml": sample_exhibition.SOURCES + 'note = "Read twice."\n',
        "sources.de.toml": '[ledger]\nnote = "Zweimal gelesen."\n',
        "lesson.md": LESSON,
        "maps/north.geojson": json.dumps(MAP, indent=1),
        sample_exhibition.QUAY: QUAY,
        sample_exhibition.GERMAN_QUAY: GERMAN_QUAY,
        LIGHT: light,
    }
    if stops_only:
        files = {name: files[name] for name in ("exhibition.toml", "sources.toml", sample_exhibition.QUAY, LIGHT)}
    for name, text in files.items():
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text(text, "utf-8")
    media.mkdir()
    for number, name in enumerate(("quay", "light")):
        Image.new("RGB", (90, 60), (40 * number, 90, 120)).save(media / f"{name}.png")
    if not stops_only:
        sample_exhibition.stamp_translations(data)
    return data, media
