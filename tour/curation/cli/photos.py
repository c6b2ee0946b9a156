"""python -m tour photos: photographs from Wikimedia Commons."""

import os
import re
import sys
from collections import Counter

import click

from tour.content.problems import Problem
from tour.content_store import data_dir, media_dir
from tour.curation.commons import api, install
from tour.curation.commons.api import DownloadError
from tour.curation.commons.download import CommonsClient
from tour.curation.commons.http_client import HttpClient, origin
from tour.curation.commons.install import CommonsFigure

FETCHED, UNCHANGED, REFUSED = "fetched", "unchanged", "refused"
WHO = "Wikimedia asks whoever fetches for a way to reach them: give --contact an address of mail or of a page, or set"


@click.command("photos")
@click.option("--again", is_flag=True, help="Ask for pictures that are here already, too.")
@click.option(
    "--contact",
    envvar=["TOUR_CONTACT", "TOUR_ADDRESS"],
    default="",
    help="Where Wikimedia can reach you: an address of mail, or of a page. $TOUR_CONTACT says it once and for all.",
)
def fetch_photos(again: bool, contact: str) -> None:
    """Fetch the pictures that figures name as `commons`, with author, licence and source.

    Each goes into media/, its credit into the stop's file, where nothing else is touched. $TOUR_COMMONS names the
    api.php of a mirror, or of a stand-in for tests, which then keeps the pictures too.
    """
    problems: list[Problem] = []
    wanted = install.wanted(install.of_stops(data_dir(), problems))
    for problem in problems:
        click.echo(str(problem), err=True)
    lacking = [figure for figure in wanted if again or not install.is_fetched(figure, media_dir())]
    kept = _commons(contact, [figure.title for figure in lacking]) if lacking else None
    kinds = Counter(_hung(figure, kept) if figure in lacking else _unchanged(figure) for figure in wanted)
    click.echo(", ".join(f"{kinds[kind]} {kind}" for kind in (FETCHED, UNCHANGED, REFUSED)) + ".")
    sys.exit(1 if kinds[REFUSED] or problems else 0)


def _commons(contact: str, titles: list[str]) -> CommonsClient:
    """Wikimedia Commons, asked for those titles; ends the command if nobody could be reached about it."""
    if not re.fullmatch(r"[!-~]*(@|://)[!-~]*", contact):
        click.echo(f"{WHO} $TOUR_CONTACT.", err=True)
        sys.exit(1)
    address = os.environ.get("TOUR_COMMONS") or api.API
    trusted = (api.HOST, *api.PICTURES) if address == api.API else (origin(address),)
    kept = CommonsClient(HttpClient(trusted, f"LongAssociationTour/1.0 ({contact})"), address)
    kept.ask_for(titles)
    return kept


def _hung(figure: CommonsFigure, kept: CommonsClient) -> str:
    """What became of the figure, once it is told."""
    try:
        acquired = kept.acquire(figure.title)
        name = install.install_image(figure, acquired, data_dir(), media_dir())
    except DownloadError as error:
        fault = f"names {figure.title}, {error.fault}."
        click.echo(str(Problem(figure.file, f"{figure.field}.commons", fault, error.remedy)), err=True)
        return REFUSED
    if name is None:
        return _unchanged(figure)
    size = f"{acquired.width} × {acquired.height} pixels"
    click.echo(f"{figure.file}: {figure.field}: {FETCHED} {figure.title} as {name}, {size}, {acquired.licence}.")
    for remark in install.remarks(figure, acquired, data_dir()):
        click.echo(f"    {remark}")
    return FETCHED


def _unchanged(figure: CommonsFigure) -> str:
    click.echo(f"{figure.file}: {figure.field}: {UNCHANGED}, {figure.said('image')}.")
    return UNCHANGED
