"""Warnings on pictures: their alternative text, their size, and what their metadata gives away."""

import re
from collections.abc import Iterator
from pathlib import Path

from tour.curation.lint.rules import LintWarning, Rule
from tour.images import convert, derivatives
from tour.model import Exhibition, Stop

MAX_ALT_LENGTH = 250  # characters
MIN_WIDTH = 1200  # pixels
MAX_PIXELS = 20_000_000
ALT_NAME = Rule("alt-name", "A screen reader says the words in place of the picture; the name of a file says nothing.")
ALT_LONG = Rule("alt-long", "A screen reader says them in one go, and nobody can stop and go back in them.")
SMALL = Rule("small-picture", "On a desk screen a picture under 1200 pixels wide is blurred.")
HUGE = Rule(
    "huge-picture", "Over 20 megapixels a picture slows whoever copies or changes it, and no screen shows them."
)
POSITION = Rule(
    "position", "The file tells where the photographer stood; visitors aren't sent it, but whoever has the files is."
)
UNUSED = Rule("unused-picture", "A picture that no stop shows is forgotten, and copied for ever.")
FILE_NAME = re.compile(r"(?i).*\.(jpe?g|png|webp|avif|tiff?|gif|heic)|(img|dsc|dscn|pict|photo)[\W_]*\d+|\S*_\S*")
IMAGE_SUFFIXES = {".png", ".jpg", ".jpeg", ".webp", ".avif", ".tif", ".tiff"}


def alt_warnings(file: str, stop: Stop) -> Iterator[LintWarning]:
    """Warnings on the alternative texts of a stop's pictures; `file` is the one with these texts."""
    for picture in stop.pictures():
        field, length = f"{picture.field}.alt", len(picture.alt)
        if FILE_NAME.fullmatch(picture.alt.strip()):
            message = f"is “{picture.alt}”, a file's name."
            yield ALT_NAME.warning(file, field, message, "Say what the picture shows.")
        if length > MAX_ALT_LENGTH:
            message = f"has {length} characters, more than {MAX_ALT_LENGTH}."
            yield ALT_LONG.warning(file, field, message, "Keep what matters, and tell the rest in the caption.")


def image_warnings(exhibition: Exhibition, media_dir: Path) -> Iterator[LintWarning]:
    """Warnings on the files of pictures, which are all valid."""
    uses: dict[str, tuple[str, str]] = {}  # the first file and field by the name of the image
    for stop in exhibition.stops:
        for picture in stop.pictures():
            uses.setdefault(picture.image, (stop.file, f"{picture.field}.image"))
    for image, (file, field) in uses.items():
        yield from _file_warnings(media_dir / image, file, field)
    for path in sorted(media_dir.iterdir()):
        if path.suffix.lower() in IMAGE_SUFFIXES and path.name not in uses:
            hint = f"Take it out of {media_dir.name}/, or name it in a stop."
            yield UNUSED.warning(f"{media_dir.name}/{path.name}", "", "is in no stop.", hint)


def _file_warnings(path: Path, file: str, field: str) -> Iterator[LintWarning]:
    master = derivatives.inspect(path)
    width, height = master.width, master.height
    if width < MIN_WIDTH:
        yield SMALL.warning(file, field, f"names {path.name}, which is {width} pixels wide.", "Ask for a larger one.")
    if width * height > MAX_PIXELS:
        message = f"names {path.name}, which has {width * height / 1_000_000:.0f} megapixels."
        yield HUGE.warning(file, field, message, "Save it at 4000 pixels or less on its longer side.")
    if convert.has_position(path):
        hint = "Take the position out, if it isn't meant to be known: exiftool -gps:all= does it."
        yield POSITION.warning(file, field, f"names {path.name}, whose EXIF has a position.", hint)
