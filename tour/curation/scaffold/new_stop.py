"""The file of a new stop: fields with the curator's answers, and an empty one for everything else."""

import errno
import json
import os
import re
import textwrap
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from string import Template

from anyascii import anyascii

from tour.atomic_write import write_atomic
from tour.content.documents import relative_name
from tour.content.loader import LoadResult
from tour.content.problems import Problem
from tour.content.stop_files import filename_problems, number_of, slug_of, stop_files
from tour.curation.scaffold import TEMPLATE_DIR
from tour.model import Figure, Place, Stop
from tour.urls import RESERVED_SLUGS
from tour.validation.fields import LINK_KINDS
from tour.validation.stop import picture_problems, place_problems, slug_problems
from tour.validation.validate import duplicates

TEMPLATE = TEMPLATE_DIR / "stop.md"
MAX_PROPOSED_SLUG_LENGTH = 60  # characters


@dataclass(frozen=True)
class NewStop:
    """A curator's answers; degrees are WGS84, `picture` is a file in any folder."""

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


def existing_stops(data_dir: Path) -> list[Stop]:
    """Every stop that has a file, valid or not, with slug, city and file alone."""
    files = [relative_name(data_dir, path) for path in stop_files(data_dir, [])]
    return [Stop(slug_of(Path(file)), file.split("/")[1], file, "", "", "", (), (), ()) for file in files]


def free_number(stops: list[Stop], city: str) -> int:
    """The first free number after the city's last stop, or after the tour's where the city has none."""
    cities = {number_of(Path(stop.file)): stop.city for stop in stops}
    last = max((number for number in cities if cities[number] == city), default=max(cities, default=0))
    return next(number for number in count(last + 1) if number not in cities)


def free_slug(stops: list[Stop], slug: str) -> str:
    """The slug, with the first free number appended if it is taken."""
    taken = {*RESERVED_SLUGS, *(stop.slug for stop in stops)}
    candidates = chain([slug], (f"{slug}-{number}" for number in count(2)))
    return next(candidate for candidate in candidates if candidate not in taken)


def slugify(title: str) -> str:
    """Lower-case letters, digits and hyphens; empty where no character of the title has a transliteration."""
    words = re.findall("[a-z0-9]+", anyascii(title).lower().replace("'", ""))
    return next(iter(textwrap.wrap(" ".join(words), MAX_PROPOSED_SLUG_LENGTH)), "").replace(" ", "-")


def problems(new: NewStop, content: LoadResult, stops: list[Stop]) -> Iterator[Problem]:
    """What `check` would report of number, slug, position and picture beside these stops."""
    figures = (Figure(new.picture.name, "", "", "", ""),) if new.picture else ()
    places = (Place(new.title, new.latitude, new.longitude),)
    stop = Stop(new.slug, new.city, new.file, new.title, "", "", places, figures, ())
    yield from filename_problems(stop.file)
    yield from slug_problems(stop)
    yield from (problem for problem in duplicates([*stops, stop]) if problem.file == stop.file)
    yield from place_problems(content, stop)
    if new.picture:
        yield from picture_problems(stop, new.picture.resolve().parent)


def write(new: NewStop, data_dir: Path, media_dir: Path) -> Path:
    """Write the stop's file and copy its picture into media/.

    Raises FileExistsError rather than overwrite a file, and WriteError.
    """
    path, image = data_dir / new.file, new.picture.name if new.picture else ""
    if new.picture and new.picture.resolve().parent != media_dir.resolve():
        image = f"{new.slug}{new.picture.suffix.lower()}"
        _write_new(media_dir / image, new.picture.read_bytes())
    answers = vars(new) | {"title": _quote(new.title), "image": _quote(image), "kinds": ", ".join(LINK_KINDS)}
    _write_new(path, Template(TEMPLATE.read_text("utf-8")).substitute(answers).encode())
    return path


def _write_new(path: Path, content: bytes) -> None:
    if path.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    write_atomic(path, content)


def _quote(text: str) -> str:
    """A TOML string, whose escapes are those of JSON; without control characters and lone surrogates."""
    characters = (char for char in text if unicodedata.category(char) not in ("Cc", "Cs"))
    return json.dumps("".join(characters), ensure_ascii=False)
