"""python -m tour export: the exhibition as a folder of plain files."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import click

from tour.atomic_write import WriteError
from tour.content_store import media_dir
from tour.curation.cli.check import load_or_exit
from tour.static_export.static_site import FolderNotEmptyError, LinkOutsideFolderError, site_files
from tour.static_export.static_site import export as write
from tour.views.renderer import SiteRenderer


def _of_the_web(context: click.Context, option: click.Parameter, value: str) -> str:
    if value and not (urlsplit(value).scheme in ("http", "https") and urlsplit(value).netloc):
        raise click.BadParameter("it begins with https:// or http:// and a host, like https://example.org/tour/")
    return value


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--base-url",
    default="",
    callback=_of_the_web,
    help="Where the folder will stand on the web: https://example.org/tour/",
)
def export(folder: Path, base_url: str) -> None:
    """Write the whole exhibition into FOLDER as files that need no server: open index.html.

    With --base-url its pages also name their addresses: for search engines, share cards, IIIF and QR codes.
    """
    base = base_url and base_url.rstrip("/") + "/"
    contents = site_files([SiteRenderer(each, media_dir(), base) for each in load_or_exit().values()])
    try:
        with click.progressbar(write(contents, folder), length=len(contents), label="Files", width=40) as bar:
            list(bar)
    except FolderNotEmptyError:
        click.echo(
            f"{folder} holds other files, and nothing was written. Name a new folder, or an empty one.", err=True
        )
        sys.exit(1)
    except LinkOutsideFolderError as error:
        click.echo(f"\n{error}: a link there leads out of {folder}. Take it away, or name a new folder.", err=True)
        sys.exit(1)
    except WriteError as error:
        click.echo(f"\n{error.problem}", err=True)
        sys.exit(1)
    click.echo(f"{len(contents)} files in {folder}. Open {folder / 'index.html'}, or put the folder on any web server.")
