"""python -m tour photos: photographs from Wikimedia Commons."""

import re
import sys
from collections import Counter

import click

from tour.content.problems import Problem
from tour.curation.cli.errors import CommandError
from tour.curation.commons.api import ALLOWED_HOSTS, API_URL, CommonsClient
from tour.curation.commons.http_client import DownloadError, HttpClient
from tour.curation.commons.install import CommonsFigure, install_image, is_installed, load_figures, review_notes
from tour.settings import settings

FETCHED, UNCHANGED, REFUSED = "fetched", "unchanged", "refused"
CONTACT_MISSING = (
    "Wikimedia asks whoever fetches for a way to reach them: give --contact an address of mail or of a page, or set"
    " $TOUR_CONTACT."
)


@click.command("photos")
@click.option("--again", is_flag=True, help="Ask for pictures that are here already, too.")
@click.option(
    "--contact",
    envvar=["TOUR_CONTACT", "TOUR_BASE_URL"],
    default="",
    help="Where Wikimedia can reach you: an address of mail, or of a page. $TOUR_CONTACT says it once and for all.",
)
def fetch_photos(again: bool, contact: str) -> None:
    """Fetch the pictures that figures name as `commons`, with author, licence and source.

    Each goes into media/, its credit into the stop's file, where nothing else is touched. $TOUR_COMMONS_API names the
    api.php of a mirror, or of a stand-in for tests, which then keeps the pictures too.
    """
    problems: list[Problem] = []
    figures = [figure for figure in load_figures(settings().data, problems) if figure.title]
    for problem in problems:
        click.echo(str(problem), err=True)
    missing = [figure for figure in figures if again or not is_installed(figure, settings().media)]
    client = _client(contact) if missing else None
    if client:
        client.query(figure.title for figure in missing)
    counts = Counter(
        _fetch(each, client) if client and each in missing else _report_unchanged(each) for each in figures
    )
    click.echo(", ".join(f"{counts[outcome]} {outcome}" for outcome in (FETCHED, UNCHANGED, REFUSED)) + ".")
    sys.exit(1 if counts[REFUSED] or problems else 0)


def _client(contact: str) -> CommonsClient:
    """The client; ends the command if Wikimedia could reach nobody about it."""
    if not re.fullmatch(r"[!-~]*(@|://)[!-~]*", contact):
        raise CommandError(CONTACT_MISSING)
    api_url = settings().commons_api or API_URL
    allowed_hosts = ALLOWED_HOSTS if api_url == API_URL else (api_url,)
    return CommonsClient(HttpClient(allowed_hosts, f"LongAssociationTour/1.0 ({contact})"), api_url)


def _fetch(figure: CommonsFigure, client: CommonsClient) -> str:
    """Download and install the figure's image; the outcome, once it is reported."""
    try:
        image = client.download(figure.title)
        name = install_image(figure, image, settings().data, settings().media)
    except DownloadError as error:
        message = f"names {figure.title}, {error.message}."
        click.echo(str(Problem(figure.file, f"{figure.field}.commons", message, error.hint)), err=True)
        return REFUSED
    if name is None:
        return _report_unchanged(figure)
    size = f"{image.width} × {image.height} pixels"
    click.echo(f"{figure.file}: {figure.field}: {FETCHED} {figure.title} as {name}, {size}, {image.licence}.")
    for note in review_notes(figure, image, settings().data):
        click.echo(f"    {note}")
    return FETCHED


def _report_unchanged(figure: CommonsFigure) -> str:
    click.echo(f"{figure.file}: {figure.field}: {UNCHANGED}, {figure.text('image')}.")
    return UNCHANGED
