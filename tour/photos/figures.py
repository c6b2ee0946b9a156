"""Figures that name a file of Wikimedia Commons: where they stand, which are fetched, how their masters are called."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any

from tour.content.stop_files import slug_of, stop_files
from tour.content.written import as_it_stands, name_of
from tour.photos import commons
from tour.problems import Problem

WRITTEN = ("image", "credit", "rights", "origin")


@dataclass(frozen=True)
class Wanted:
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


def of_stops(data_dir: Path, problems: list[Problem]) -> list[Wanted]:
    """Every figure of every stop, however much of it is still missing."""
    found = []
    for path in stop_files(data_dir, problems):
        listed = (as_it_stands(data_dir, path, problems).table or {}).get("figures")
        tables = enumerate(listed if isinstance(listed, list) else [], 1)
        file = name_of(data_dir, path)
        found += [Wanted(path, file, number, table) for number, table in tables if isinstance(table, dict)]
    return found


def wanted(every: Iterable[Wanted]) -> list[Wanted]:
    """Those that name a file of Commons."""
    return [figure for figure in every if figure.table.get("commons")]


def is_fetched(figure: Wanted, media_dir: Path) -> bool:
    """Whether the figure shows the file that it names, and says whose that is."""
    is_whole = all(map(figure.said, WRITTEN)) and figure.said("origin") == commons.page_address(figure.title)
    return is_whole and (media_dir / figure.said("image")).is_file()


def master_name(figure: Wanted, suffix: str, every: Iterable[Wanted], media_dir: Path) -> str:
    """A name for the picture: the one it has if we gave it and nobody shares it, else one that nothing has."""
    used = {each.said("image") for each in every if (each.path, each.number) != (figure.path, figure.number)}
    mine, is_ours = figure.said("image"), figure.said("origin").startswith(commons.PAGES)
    if is_ours and mine not in used and re.fullmatch(rf"{figure.slug}-photo(-\d+)?\.{suffix}", mine):
        return mine
    stems = (f"{figure.slug}-photo{number and f'-{number}'}" for number in chain([""], count(2)))
    taken = {Path(image).stem for image in used} | {path.stem for path in media_dir.glob("*.*")}
    return next(f"{stem}.{suffix}" for stem in stems if stem not in taken)
