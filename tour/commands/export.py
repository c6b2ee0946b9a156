"""python -m tour export: the exhibition as a folder of plain files."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import click

from tour.commands.published import published
from tour.edition import media_dir
from tour.pages.documents import Desk
from tour.pages.export import LedOut, NotOurs, everything
from tour.pages.export import export as write
from tour.writing import Unwritten


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
    contents = everything([Desk(each, media_dir(), base) for each in published().values()])
    try:
        with click.progressbar(write(contents, folder), length=len(contents), label="Files", width=40) as bar:
            list(bar)
    except NotOurs:
        click.echo(
            f"{folder} holds other files, and nothing was written. Name a new folder, or an empty one.", err=True
        )
        sys.exit(1)
    except LedOut as error:
        click.echo(f"\n{error}: a link there leads out of {folder}. Take it away, or name a new folder.", err=True)
        sys.exit(1)
    except Unwritten as error:
        click.echo(f"\n{error.problem}", err=True)
        sys.exit(1)
    click.echo(f"{len(contents)} files in {folder}. Open {folder / 'index.html'}, or put the folder on any web server.")
