"""A picture acquired becomes a figure's: its master in media/, its name, credit and licence in the stop's file."""

from collections.abc import Iterator
from pathlib import Path

from tour.content.translations import beside, languages
from tour.content.written import as_it_stands, name_of
from tour.photos import commons, figures
from tour.photos.acquisitions import Acquisition
from tour.photos.commons import Unfetched
from tour.photos.fields import Unwritable, with_fields
from tour.photos.figures import Wanted
from tour.writing import write


def hang(figure: Wanted, acquired: Acquisition, data_dir: Path, media_dir: Path) -> str | None:
    """The master's name, None if all was as it is; raises Unfetched where the stop's file can't be written."""
    name = figures.master_name(figure, acquired.suffix, figures.of_stops(data_dir, []), media_dir)
    before = figure.path.read_bytes()
    after = _edited(figure, before, name, acquired)
    master = media_dir / name
    if before == after and master.is_file() and master.read_bytes() == acquired.picture:
        return None
    try:
        write(master, acquired.picture)
        write(figure.path.resolve(), after)
    except OSError as error:
        remedy = "See that its folder and that of the stop's file can be written to."
        raise Unfetched(f"which can't be kept here ({error.strerror})", remedy) from error
    return name


def remarks(figure: Wanted, acquired: Acquisition, data_dir: Path) -> Iterator[str]:
    """What a person should look at once the picture hangs; `figure` as it was before."""
    if acquired.restrictions:
        told = ", ".join(acquired.restrictions)
        yield f"Commons tells of restrictions beside copyright ({told}): see on its page whether they touch this use."
    if figure.said("image") and figure.said("origin") != commons.page_address(figure.title):
        yield f"It hangs in place of {figure.said('image')}: see whether alt and caption fit it."
    for language in languages(data_dir)[1:]:
        path = beside(figure.path, language)
        if path.is_file() and _says_credit(data_dir, path, figure.number):
            yield f"{name_of(data_dir, path)}: {figure.field}.credit is said there, and not shown: take it out."


def _edited(figure: Wanted, before: bytes, name: str, acquired: Acquisition) -> bytes:
    origin = commons.page_address(figure.title)
    fields = {"image": name, "credit": acquired.credit, "rights": acquired.rights, "origin": origin}
    try:
        return with_fields(before.decode("utf-8"), "figures", figure.number, fields, after="commons").encode("utf-8")
    except (Unwritable, UnicodeDecodeError) as error:
        remedy = "Write the figure as a table under [[figures]], each field on a line of its own."
        raise Unfetched("whose credit can't be written here without touching more", remedy) from error


def _says_credit(data_dir: Path, path: Path, number: int) -> bool:
    listed = (as_it_stands(data_dir, path, []).table or {}).get("figures")
    tables = listed[number - 1 : number] if isinstance(listed, list) else []
    return any(isinstance(table, dict) and table.get("credit") for table in tables)
