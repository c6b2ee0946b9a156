"""Downloaded images installed: the file in media/; its name, credit and licence in the figure of the stop's file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any

from tour.atomic_write import write_atomic
from tour.content.documents import load_document, relative_name
from tour.content.problems import Problem
from tour.content.stop_files import slug_of, stop_files
from tour.content.translations import languages, translation_path
from tour.curation.commons.api import FILE_PAGES, CommonsImage, file_page_url
from tour.curation.commons.http_client import DownloadError
from tour.curation.commons.toml_edit import TomlEditError, set_fields


@dataclass(frozen=True)
class CommonsFigure:
    """A figure as the stop's file has it, complete or not; its `number` is counted from one."""

    path: Path
    file: str
    number: int
    table: dict[str, Any]

    @property
    def title(self) -> str:
        """The name of a file of Commons; empty if the figure has none."""
        return str(self.table.get("commons") or "")

    @property
    def field(self) -> str:
        return f"figures[{self.number}]"

    def text(self, name: str) -> str:
        """The text of the field; empty if it is missing or no text."""
        value = self.table.get(name)
        return value if isinstance(value, str) else ""


def load_figures(data_dir: Path, problems: list[Problem]) -> list[CommonsFigure]:
    """Every figure of every stop."""
    return [
        CommonsFigure(path, relative_name(data_dir, path), number, table)
        for path in stop_files(data_dir, problems)
        for number, table in enumerate(_figure_tables(data_dir, path, problems), 1)
        if isinstance(table, dict)
    ]


def _figure_tables(data_dir: Path, path: Path, problems: list[Problem]) -> list[Any]:
    tables = (load_document(data_dir, path, problems).table or {}).get("figures")
    return tables if isinstance(tables, list) else []


def is_installed(figure: CommonsFigure, media_dir: Path) -> bool:
    """Whether the figure shows the file of Commons that it names, with its credit."""
    is_complete = all(map(figure.text, ("image", "credit", "rights")))
    is_complete &= figure.text("origin") == file_page_url(figure.title)
    return is_complete and (media_dir / figure.text("image")).is_file()


def install_image(figure: CommonsFigure, image: CommonsImage, data_dir: Path, media_dir: Path) -> str | None:
    """The name of the image's file, None if nothing has changed; raises DownloadError if a file can't be written."""
    name = _image_name(figure, image.suffix, data_dir, media_dir)
    before = figure.path.read_bytes()
    after = _edit(figure, before, name, image)
    master = media_dir / name
    if before == after and master.is_file() and master.read_bytes() == image.content:
        return None
    try:
        write_atomic(master, image.content)
        write_atomic(figure.path.resolve(), after)
    except OSError as error:
        hint = "See that its folder and that of the stop's file can be written to."
        raise DownloadError(f"which can't be kept here ({error.strerror})", hint) from error
    return name


def _image_name(figure: CommonsFigure, suffix: str, data_dir: Path, media_dir: Path) -> str:
    """The figure's own name for an image if it came from here and no other figure shares it; else an unused one."""
    figures = load_figures(data_dir, [])
    used = {each.text("image") for each in figures if (each.path, each.number) != (figure.path, figure.number)}
    current, slug = figure.text("image"), slug_of(figure.path)
    is_ours = figure.text("origin").startswith(FILE_PAGES) and current not in used
    if is_ours and re.fullmatch(rf"{slug}-photo(-\d+)?\.{suffix}", current):
        return current
    stems = chain([f"{slug}-photo"], (f"{slug}-photo-{number}" for number in count(2)))
    used_stems = {Path(name).stem for name in used} | {path.stem for path in media_dir.glob("*.*")}
    return next(f"{stem}.{suffix}" for stem in stems if stem not in used_stems)


def _edit(figure: CommonsFigure, content: bytes, name: str, image: CommonsImage) -> bytes:
    fields = {"image": name, "credit": image.credit, "rights": image.rights, "origin": file_page_url(figure.title)}
    try:
        return set_fields(content.decode("utf-8"), "figures", figure.number, fields, after="commons").encode("utf-8")
    except (TomlEditError, UnicodeDecodeError) as error:
        hint = "Write the figure as a table under [[figures]], each field on a line of its own."
        raise DownloadError("whose credit can't be written here without touching more", hint) from error


def review_notes(figure: CommonsFigure, image: CommonsImage, data_dir: Path) -> Iterator[str]:
    """What a person should check once the image is installed; `figure` is as it was before."""
    if image.restrictions:
        listed = ", ".join(image.restrictions)
        yield f"Commons tells of restrictions beside copyright ({listed}): see on its page whether they touch this use."
    if figure.text("image") and figure.text("origin") != file_page_url(figure.title):
        yield f"It replaces {figure.text('image')}: see whether alt and caption fit it."
    for language in languages(data_dir)[1:]:
        path = translation_path(figure.path, language)
        tables = _figure_tables(data_dir, path, []) if path.is_file() else []
        translation = next(iter(tables[figure.number - 1 : figure.number]), None)
        if isinstance(translation, dict) and translation.get("credit"):
            file = relative_name(data_dir, path)
            yield f"{file}: {figure.field}.credit is said there, and not shown: take it out."
