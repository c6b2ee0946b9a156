"""python -m tour export: the exhibition as a folder of plain files."""

from pathlib import Path

import click

from tour.atomic_write import FolderNotEmptyError
from tour.curation.cli.errors import CommandError
from tour.settings import parse_base_url, settings
from tour.static_export import static_site
from tour.static_export.static_site import LinkOutsideFolderError, site_files
from tour.validation.validate import load_all_languages


def _check_base_url(context: click.Context, option: click.Parameter, value: str) -> str:
    try:
        return value and parse_base_url(value)
    except ValueError as error:
        message = "it begins with https:// or http:// and a host, like https://example.org/tour/"
        raise click.BadParameter(message) from error


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--base-url",
    default="",
    callback=_check_base_url,
    help="Where the folder will stand on the web: https://example.org/tour/",
)
def export(folder: Path, base_url: str) -> None:
    """Write the whole exhibition into FOLDER as files that need no server: open index.html.

    With --base-url its pages also name their addresses: for search engines, social cards, IIIF and QR codes.
    """
    files = site_files(load_all_languages(settings().data, settings().media).values(), settings().media, base_url)
    try:
        with click.progressbar(static_site.export(files, folder), length=len(files), label="Files", width=40) as bar:
            list(bar)
    except FolderNotEmptyError as error:
        raise CommandError(f"{folder} holds other files, and nothing was written. {error.hint}") from error
    except LinkOutsideFolderError as error:
        hint = "Take it away, or name a new folder."
        raise CommandError(f"{error}: a link there leads out of {folder}. {hint}") from error
    click.echo(f"{len(files)} files in {folder}. Open {folder / 'index.html'}, or put the folder on any web server.")
