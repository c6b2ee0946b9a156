"""A stop begun: what can be known of it now, and a file with an empty field for all that only a person can say."""

import json
import re
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from string import Template

from tour.content.documents import relative_name
from tour.content.loader import LoadResult
from tour.content.problems import Problem
from tour.content.stop_files import filename_problems, slug_of, stop_files
from tour.curation.scaffold import TEMPLATE_DIR
from tour.model import Figure, Place, Stop
from tour.urls import RESERVED_SLUGS
from tour.validation.place import place_problems
from tour.validation.stop import LINK_KINDS, picture_problems, slug_problems
from tour.validation.validate import duplicates

TEMPLATE = TEMPLATE_DIR / "stop.md"


class FileTakenError(Exception):
    """There is such a file already; the message is its path."""


@dataclass(frozen=True)
class NewStop:
    """The answers of a curator; degrees are WGS84, `picture` is a file anywhere."""

    city: str
    number: int
    slug: str
    title: str
    latitude: float
    longitude: float
    picture: Path | None = None

    @property
    def file(self) -> str:
        """Relative to data/."""
        return f"stops/{self.city}/{self.number:02}-{self.slug}.md"

    def image(self, media_dir: Path) -> str:
        """The picture's name in media/: its own if it lies there, else the slug's."""
        if self.picture is None:
            return ""
        return self.picture.name if self.is_in(media_dir) else f"{self.slug}{self.picture.suffix.lower()}"

    def is_in(self, media_dir: Path) -> bool:
        """Whether the picture needs no copy."""
        return self.picture is not None and self.picture.resolve().parent == media_dir.resolve()


def existing_stops(data_dir: Path) -> list[Stop]:
    """Every stop that has a file, faulty or not, as far as its name and folder tell."""
    return [_named(relative_name(data_dir, path)) for path in stop_files(data_dir, [])]


def free_number(stops: list[Stop], city: str) -> int:
    """That after the city's last stop, or after the tour's where it has none; the next one that is free."""
    taken = {_number(stop): stop.city for stop in stops}
    of_city = [number for number, each in taken.items() if each == city] or list(taken)
    return next(number for number in count(max(of_city, default=0) + 1) if number not in taken)


def free_slug(stops: list[Stop], slug: str) -> str:
    """The slug, or with the next number that is free behind it."""
    taken = {*RESERVED_SLUGS, *(stop.slug for stop in stops)}
    return next(each for each in chain([slug], (f"{slug}-{number}" for number in count(2))) if each not in taken)


def name_problems(new: NewStop, stops: list[Stop]) -> Iterator[Problem]:
    """What check would say of slug and number beside those stops."""
    stop = _stop(new)
    yield from filename_problems(stop.file)
    yield from slug_problems(stop)
    yield from (problem for problem in duplicates([*stops, stop]) if problem.file == stop.file)


def place_position_problems(new: NewStop, reading: LoadResult) -> Iterator[Problem]:
    """What check would say of the place."""
    return place_problems(reading, _stop(new))


def image_problems(new: NewStop) -> Iterator[Problem]:
    """What check would say of the picture, where there is one."""
    return picture_problems(_stop(new), new.picture.resolve().parent) if new.picture else iter(())


def write(new: NewStop, data_dir: Path, media_dir: Path) -> Path:
    """The stop's file, and its picture in media/; raises Taken rather than write over anything."""
    path, image = data_dir / new.file, new.image(media_dir)
    is_copied = new.picture is not None and not new.is_in(media_dir)
    for each in (path, *([media_dir / image] if is_copied else [])):
        if each.exists():
            raise FileTakenError(each)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(_text(new, image))
    if is_copied:
        shutil.copyfile(new.picture, media_dir / image)
    return path


def _text(new: NewStop, image: str) -> str:
    return Template(TEMPLATE.read_text("utf-8")).substitute(
        title=_quoted(new.title),
        latitude=repr(new.latitude),
        longitude=repr(new.longitude),
        image=_quoted(image),
        kinds=", ".join(LINK_KINDS),
    )


def _quoted(text: str) -> str:
    """As TOML has it, which escapes as JSON does; without what no keyboard types."""
    return json.dumps("".join(each for each in text if unicodedata.category(each) != "Cc"), ensure_ascii=False)


def _stop(new: NewStop) -> Stop:
    """What is known of it as a stop."""
    place = Place(new.title, new.latitude, new.longitude)
    figures = (Figure(new.picture.name, "", "", "", ""),) if new.picture else ()
    return Stop(new.slug, new.city, new.file, new.title, "", "", (place,), figures, ())


def _named(file: str) -> Stop:
    _, city, name = file.split("/")
    return Stop(slug_of(Path(name)), city, file, "", "", "", (), (), ())


def _number(stop: Stop) -> int:
    return int(stop.file.rpartition("/")[2].partition("-")[0])


LONGEST = 60
# Letters that taking their accents away doesn't make Latin.
TRANSLITERATION = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфыэіїєґ", "abvgdeziyklmnoprstufyeiieg", strict=True))
    | {"ё": "yo", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"}
    | {"ъ": "", "ь": "", "’": "", "'": "", "ʼ": "", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"}
    | dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True))
    | {"θ": "th", "χ": "ch", "ψ": "ps", "þ": "th", "ð": "d"}
)


def slugify(title: str) -> str:
    """Lower-case letters, digits and hyphens; empty where no letter of the title has a likeness."""
    letters = unicodedata.normalize("NFC", title).casefold().translate(TRANSLITERATION)
    plain = unicodedata.normalize("NFKD", letters)
    # An accent on a letter of another alphabet: taken away, the letter has its likeness.
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(TRANSLITERATION)
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return slug if len(slug) <= LONGEST else slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
