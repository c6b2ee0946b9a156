"""What an editor would say of the pictures: their words, their size, and what a file gives away."""

import re
from collections.abc import Iterator
from pathlib import Path

from tour.content.problems import Problem
from tour.curation.lint.rules import LintWarning, Rule
from tour.images import convert
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
    """Advice on the words in place of a stop's pictures, which stand in that file."""
    for picture in stop.pictures():
        field = f"{picture.field}.alt"
        if FILE_NAME.fullmatch(picture.alt.strip()):
            remedy = "Say what the picture shows."
            yield LintWarning(ALT_NAME, Problem(file, field, f"is “{picture.alt}”, a file's name.", remedy))
        if len(picture.alt) > MAX_ALT_LENGTH:
            fault = f"has {len(picture.alt)} characters, more than {MAX_ALT_LENGTH}."
            yield LintWarning(
                ALT_LONG, Problem(file, field, fault, "Keep what matters, and tell the rest in the caption.")
            )


def image_warnings(exhibition: Exhibition, media_dir: Path) -> Iterator[LintWarning]:
    """Advice on the files of pictures; all of them are sound."""
    shown = {}
    for stop in exhibition.stops:
        for picture in stop.pictures():
            shown.setdefault(picture.image, (stop.file, f"{picture.field}.image"))
    for image, (file, field) in shown.items():
        yield from _on_file(media_dir / image, file, field)
    for path in sorted(media_dir.iterdir()):
        if path.suffix.lower() in IMAGE_SUFFIXES and path.name not in shown:
            remedy = f"Take it out of {media_dir.name}/, or name it in a stop."
            yield LintWarning(UNUSED, Problem(f"{media_dir.name}/{path.name}", "", "is in no stop.", remedy))


def _on_file(path: Path, file: str, field: str) -> Iterator[LintWarning]:
    width, height = convert.size(path)
    if width < MIN_WIDTH:
        fault = f"names {path.name}, which is {width} pixels wide."
        yield LintWarning(SMALL, Problem(file, field, fault, "Ask for a larger one."))
    if width * height > MAX_PIXELS:
        fault = f"names {path.name}, which has {width * height / 1_000_000:.0f} megapixels."
        yield LintWarning(HUGE, Problem(file, field, fault, "Save it at 4000 pixels or less on its longer side."))
    if convert.has_position(path):
        fault = f"names {path.name}, whose EXIF has a position."
        remedy = "Take the position out, if it isn't meant to be known: exiftool -gps:all= does it."
        yield LintWarning(POSITION, Problem(file, field, fault, remedy))
