"""A picture acquired becomes a figure's: its master in media/, its name, credit and licence in the stop's file."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any

from tour.atomic_write import write_atomic
from tour.content.documents import load, relative_name
from tour.content.problems import Problem
from tour.content.stop_files import slug_of, stop_files
from tour.content.translations import languages, translation_path
from tour.curation.commons import api
from tour.curation.commons.api import DownloadError
from tour.curation.commons.download import CommonsImage
from tour.curation.commons.toml_edit import TomlEditError, set_fields

WRITTEN = ("image", "credit", "rights", "origin")


@dataclass(frozen=True)
class CommonsFigure:
    """A figure that names a file of Commons: the stop's file, which figure of it, counted from one, and its fields."""

    path: Path
    file: str
    number: int
    table: dict[str, Any]

    @property
    def title(self) -> str:
        return str(self.table["commons"])

    @property
    def field(self) -> str:
        return f"figures[{self.number}]"

    @property
    def slug(self) -> str:
        return slug_of(self.path)

    def said(self, name: str) -> str:
        """What the field holds; nothing if it isn't there or no text."""
        value = self.table.get(name)
        return value if isinstance(value, str) else ""


def of_stops(data_dir: Path, problems: list[Problem]) -> list[CommonsFigure]:
    """Every figure of every stop, however much of it is still missing."""
    found = []
    for path in stop_files(data_dir, problems):
        listed = (load(data_dir, path, problems).table or {}).get("figures")
        tables = enumerate(listed if isinstance(listed, list) else [], 1)
        file = relative_name(data_dir, path)
        found += [CommonsFigure(path, file, number, table) for number, table in tables if isinstance(table, dict)]
    return found


def wanted(every: Iterable[CommonsFigure]) -> list[CommonsFigure]:
    """Those that name a file of Commons."""
    return [figure for figure in every if figure.table.get("commons")]


def is_fetched(figure: CommonsFigure, media_dir: Path) -> bool:
    """Whether the figure shows the file that it names, and says whose that is."""
    is_whole = all(map(figure.said, WRITTEN)) and figure.said("origin") == api.page_address(figure.title)
    return is_whole and (media_dir / figure.said("image")).is_file()


def master_name(figure: CommonsFigure, suffix: str, every: Iterable[CommonsFigure], media_dir: Path) -> str:
    """A name for the picture: the one it has if we gave it and nobody shares it, else one that nothing has."""
    used = {each.said("image") for each in every if (each.path, each.number) != (figure.path, figure.number)}
    mine, is_ours = figure.said("image"), figure.said("origin").startswith(api.PAGES)
    if is_ours and mine not in used and re.fullmatch(rf"{figure.slug}-photo(-\d+)?\.{suffix}", mine):
        return mine
    stems = (f"{figure.slug}-photo{number and f'-{number}'}" for number in chain([""], count(2)))
    taken = {Path(image).stem for image in used} | {path.stem for path in media_dir.glob("*.*")}
    return next(f"{stem}.{suffix}" for stem in stems if stem not in taken)


def install_image(figure: CommonsFigure, acquired: CommonsImage, data_dir: Path, media_dir: Path) -> str | None:
    """The master's name, None if all was as it is; raises Unfetched where the stop's file can't be written."""
    name = master_name(figure, acquired.suffix, of_stops(data_dir, []), media_dir)
    before = figure.path.read_bytes()
    after = _edited(figure, before, name, acquired)
    master = media_dir / name
    if before == after and master.is_file() and master.read_bytes() == acquired.picture:
        return None
    try:
        write_atomic(master, acquired.picture)
        write_atomic(figure.path.resolve(), after)
    except OSError as error:
        remedy = "See that its folder and that of the stop's file can be written to."
        raise DownloadError(f"which can't be kept here ({error.strerror})", remedy) from error
    return name


def remarks(figure: CommonsFigure, acquired: CommonsImage, data_dir: Path) -> Iterator[str]:
    """What a person should look at once the picture hangs; `figure` as it was before."""
    if acquired.restrictions:
        told = ", ".join(acquired.restrictions)
        yield f"Commons tells of restrictions beside copyright ({told}): see on its page whether they touch this use."
    if figure.said("image") and figure.said("origin") != api.page_address(figure.title):
        yield f"It hangs in place of {figure.said('image')}: see whether alt and caption fit it."
    for language in languages(data_dir)[1:]:
        path = translation_path(figure.path, language)
        if path.is_file() and _says_credit(data_dir, path, figure.number):
            yield f"{relative_name(data_dir, path)}: {figure.field}.credit is said there, and not shown: take it out."


def _edited(figure: CommonsFigure, before: bytes, name: str, acquired: CommonsImage) -> bytes:
    origin = api.page_address(figure.title)
    fields = {"image": name, "credit": acquired.credit, "rights": acquired.rights, "origin": origin}
    try:
        return set_fields(before.decode("utf-8"), "figures", figure.number, fields, after="commons").encode("utf-8")
    except (TomlEditError, UnicodeDecodeError) as error:
        remedy = "Write the figure as a table under [[figures]], each field on a line of its own."
        raise DownloadError("whose credit can't be written here without touching more", remedy) from error


def _says_credit(data_dir: Path, path: Path, number: int) -> bool:
    listed = (load(data_dir, path, []).table or {}).get("figures")
    tables = listed[number - 1 : number] if isinstance(listed, list) else []
    return any(isinstance(table, dict) and table.get("credit") for table in tables)
