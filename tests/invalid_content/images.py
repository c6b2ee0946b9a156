"""Pictures of a stop: their files, and what is said of them."""

from tests.crafted_images import png
from tests.full_exhibition import LIGHT
from tests.invalid_content.changes import Case, replace, replace_by_folder, save_image, truncate, write_medium
from tests.sample_exhibition import QUAY

CASES = (
    Case(
        "a picture that is not there",
        replace(LIGHT, "light.png", "lamp.jpg"),
        "stops/south/02-light.md: figures[1].image names lamp.jpg, which is missing.\n"
        "    Put a sound picture of that name into media/.",
    ),
    Case(
        "a picture of a pair that is not there",
        replace(QUAY, 'then = { image = "quay.png"', 'then = { image = "then.png"'),
        "stops/north/01-quay.md: comparisons[1].then.alt repeats that of stops/north/01-quay.md: figures[1].\n"
        "    Say what this picture shows and the other doesn't.\n"
        "stops/north/01-quay.md: comparisons[1].then.image names then.png, which is missing.\n"
        "    Put a sound picture of that name into media/.",
    ),
    Case(
        "a misspelt picture",
        replace(LIGHT, "light.png", "light.pgn"),
        "stops/south/02-light.md: figures[1].image names light.pgn, which is missing.\n"
        "    Did you mean light.png? Capitals count.",
    ),
    Case(
        "a picture in capitals",
        replace(LIGHT, "light.png", "Light.PNG"),
        "stops/south/02-light.md: figures[1].image names Light.PNG, which is missing.\n"
        "    Did you mean light.png? Capitals count.",
    ),
    Case(
        "a picture with its folder",
        replace(LIGHT, "light.png", "media/light.png"),
        "stops/south/02-light.md: figures[1].image names media/light.png, which is missing.\n"
        "    Did you mean light.png? Capitals count.",
    ),
    Case(
        "a picture from outside",
        replace(LIGHT, "light.png", "../../etc/passwd"),
        "stops/south/02-light.md: figures[1].image names ../../etc/passwd, which lies outside the "
        "folder of pictures.\n"
        "    Put a sound picture of that name into media/.",
    ),
    Case(
        "a picture of no bytes",
        write_medium("light.png", b""),
        "stops/south/02-light.md: figures[1].image names light.png, which is empty.\n"
        "    Put a sound picture of that name into media/.",
    ),
    Case(
        "a text named as a picture",
        write_medium("light.png", b"not a picture"),
        "stops/south/02-light.md: figures[1].image names light.png, which is not a picture (PNG, "
        "JPEG, WebP, AVIF or TIFF).\n"
        "    Put a sound picture of that name into media/.",
    ),
    Case(
        "a picture cut short",
        truncate("light.png"),
        "stops/south/02-light.md: figures[1].image names light.png, which is cut short or damaged.\n"
        "    Put a sound picture of that name into media/.",
    ),
    Case(
        "a picture of too many pixels",
        write_medium("light.png", png(12_000, 10_000)),
        "stops/south/02-light.md: figures[1].image names light.png, which has 120 megapixels, more "
        "than the 50 that are safe to open.\n"
        "    Put a sound picture of that name into media/.",
    ),
    Case(
        "a picture as narrow as a thread",
        save_image("light.png", 2000, 10),
        "stops/south/02-light.md: figures[1].image names light.png, which is 2000 by 10 pixels, "
        "too narrow a strip to be shown.\n"
        "    Put a sound picture of that name into media/.",
    ),
    Case(
        "a folder named as a picture",
        replace_by_folder("light.png"),
        "stops/south/02-light.md: figures[1].image names light.png, which is a folder.\n"
        "    Put a sound picture of that name into media/.",
    ),
    Case(
        "a licence without an address",
        replace(LIGHT, 'rights = "https://creativecommons.org/licenses/by/4.0/"', 'rights = "CC BY 4.0"'),
        "stops/south/02-light.md: figures[1].rights is CC BY 4.0, which is not a web address.\n"
        "    Give the whole address, beginning with https://.",
    ),
)
