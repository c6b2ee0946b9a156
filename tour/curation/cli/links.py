"""python -m tour links: whether the links that lead out still lead somewhere."""

import asyncio
import re
import sys
from datetime import date

import click

from tour.curation.cli.errors import CommandError, load_or_exit
from tour.curation.link_check.checker import LinkChecker
from tour.curation.link_check.extract import link_locations
from tour.curation.link_check.http_client import HttpClient, is_public
from tour.curation.link_check.report import has_broken_links, report
from tour.curation.link_check.results import CheckResult, CorruptCacheError, ResultCache, load_results
from tour.settings import settings

EXIT_INTERRUPTED = 130  # as a shell counts a program that Ctrl-C has ended
MAX_HOSTS = 6  # in parallel
MAX_RETRY_AFTER = 30  # seconds


def _check_contact(context: click.Context, option: click.Parameter, contact: str) -> str:
    if not re.fullmatch(r"[!-'*-~]*", contact):
        raise click.BadParameter("Give a mail or web address, in plain letters without spaces.")
    return contact


@click.command()
@click.option("--contact", default="", envvar="TOUR_CONTACT", callback=_check_contact, help="Your mail or web address.")
@click.option("--stale", default=7, type=click.IntRange(0), metavar="DAYS", help="0 asks for all. Default: 7.")
@click.option("--allow-private", is_flag=True, help="Ask hosts of this machine and its network, too.")
@click.option("--pause", default=1.0, type=click.FloatRange(0), metavar="SECONDS", help="At one host. Default: 1.")
@click.option("--timeout", default=20.0, type=click.FloatRange(0.1), metavar="SECONDS", help="Default: 20.")
def links(contact: str, stale: int, allow_private: bool, pause: float, timeout: float) -> None:
    """Ask for every address that the content links to, and say which are dead, have moved or don't answer.

    What became of each is kept, with its date, in links.json beside the content. Those that were sound within the
    last DAYS aren't asked for again. Every host gets one request at a time, and is told who asks: name yourself with
    --contact, or TOUR_CONTACT. Ctrl-C keeps what was learnt.

    Ends with 0 if no address is dead or without an answer, 1 if one is, 130 after Ctrl-C.
    """
    locations = link_locations(settings().data, next(iter(load_or_exit().values())))
    http = HttpClient(
        f"tour-links/1.0 (a virtual exhibition looks whether its links hold{f'; {contact}' if contact else ''})",
        connect_timeout=min(timeout / 2, HttpClient.connect_timeout),
        timeout=timeout,
        is_allowed=(lambda ip: True) if allow_private else is_public,
    )
    checker = LinkChecker(http, pause, MAX_HOSTS, MAX_RETRY_AFTER)
    try:
        cache = load_results(settings().data)
        cache.prune(location.url for location in locations)
        cache.save()
        urls = dict.fromkeys(location.url for location in locations)
        stale_urls = [url for url in urls if cache.is_stale(url, stale, date.today())]
        is_interrupted = bool(stale_urls) and _run(stale_urls, cache, checker)
    except CorruptCacheError as error:
        raise CommandError(str(error)) from error
    click.echo(report(locations, cache))
    if is_interrupted:
        click.echo("Stopped. What was learnt is kept; run the command again for the rest.", err=True)
        sys.exit(EXIT_INTERRUPTED)
    sys.exit(int(has_broken_links(locations, cache)))


def _run(urls: list[str], cache: ResultCache, checker: LinkChecker) -> bool:
    """Check these URLs and cache the results; whether Ctrl-C interrupted that."""
    with click.progressbar(length=len(urls), label="Links", width=40, show_pos=True) as bar:

        def update(url: str, result: CheckResult) -> None:
            cache.update(url, result, date.today())
            bar.update(1)

        try:
            asyncio.run(checker.check_all(urls, update))
        except KeyboardInterrupt:
            return True
    return False
