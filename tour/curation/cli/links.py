"""python -m tour links: whether the links that lead out still lead somewhere."""

import asyncio
import math
import re
import sys
from datetime import date
from typing import Any

import click

from tour.curation.link_check.checker import LinkChecker
from tour.curation.link_check.extract import link_locations
from tour.curation.link_check.http_client import HttpClient, is_public
from tour.curation.link_check.report import has_broken_links, report
from tour.curation.link_check.results import CheckResult, ResultCache, load_results
from tour.settings import settings
from tour.validation.validate import load_all_languages

EXIT_INTERRUPTED = 130  # as a shell counts a program that Ctrl-C has ended
MAX_HOSTS = 6  # in parallel
MAX_RETRY_AFTER = 30  # seconds
DAYS = click.IntRange(0, 36_500)


def _check_contact(context: click.Context, option: click.Parameter, contact: str) -> str:
    if not re.fullmatch(r"[!-'*-~]*", contact):
        raise click.BadParameter("Give a mail or web address, in plain letters without spaces.")
    return contact


class _Seconds(click.FloatRange):
    """A FloatRange to which nan doesn't belong."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        seconds = super().convert(value, param, ctx)
        if math.isnan(seconds):
            self.fail("nan is no number of seconds.", param, ctx)
        return seconds


@click.command()
@click.option("--contact", default="", envvar="TOUR_CONTACT", callback=_check_contact, help="Your mail or web address.")
@click.option("--stale", default=7, type=DAYS, metavar="DAYS", help="0 asks for all. Default: 7.")
@click.option("--allow-private", is_flag=True, help="Ask hosts of this machine and its network, too.")
@click.option("--pause", default=1.0, type=_Seconds(0, 3_600), metavar="SECONDS", help="At one host. Default: 1.")
@click.option("--timeout", default=20.0, type=_Seconds(0.1, 3_600), metavar="SECONDS", help="Default: 20.")
def links(contact: str, stale: int, allow_private: bool, pause: float, timeout: float) -> None:
    """Ask for every address that the content links to, and say which are dead, have moved or don't answer.

    What became of each is kept, with its date, in links.json beside the content. Those that were sound within the
    last DAYS aren't asked for again. Every host gets one request at a time, and is told who asks: name yourself with
    --contact, or TOUR_CONTACT. Ctrl-C keeps what was learnt.

    Ends with 0 if no address is dead or without an answer, 1 if one is, 130 after Ctrl-C.
    """
    exhibitions = load_all_languages(settings().data, settings().media)
    locations = link_locations(settings().data, next(iter(exhibitions.values())))
    http = HttpClient(
        f"tour-links/1.0 (a virtual exhibition looks whether its links hold{f'; {contact}' if contact else ''})",
        connect_timeout=min(timeout / 2, HttpClient.connect_timeout),
        timeout=timeout,
        is_allowed=(lambda ip: True) if allow_private else is_public,
    )
    checker = LinkChecker(http, pause, MAX_HOSTS, MAX_RETRY_AFTER)
    cache, urls = load_results(settings().data), dict.fromkeys(location.url for location in locations)
    cache.prune(urls)
    cache.save()
    stale_urls = [url for url in urls if cache.is_stale(url, stale, date.today())]
    is_interrupted = bool(stale_urls) and _run(stale_urls, cache, checker)
    click.echo(report(locations, cache))
    if is_interrupted:
        click.echo("Stopped. What was learnt is kept; run the command again for the rest.", err=True)
        sys.exit(EXIT_INTERRUPTED)
    sys.exit(int(has_broken_links(locations, cache)))


def _run(urls: list[str], cache: ResultCache, checker: LinkChecker) -> bool:
    """Check these URLs and cache the results; whether Ctrl-C interrupted that."""
    try:
        with click.progressbar(length=len(urls), label="Links", width=40, show_pos=True) as bar:

            def update(url: str, result: CheckResult) -> None:
                cache.update(url, result, date.today())
                bar.update(1)

            asyncio.run(checker.check_all(urls, update))
    # Of a second Ctrl-C, asyncio may leave the cancellation that the first one began.
    except (KeyboardInterrupt, asyncio.CancelledError):
        return True
    return False
