"""python -m tour links: whether the links that lead out still lead somewhere."""

import asyncio
import re
import sys
from datetime import date

import click

from tour.curation.cli.errors import load_or_exit
from tour.curation.link_check.checker import LinkChecker, check_all
from tour.curation.link_check.extract import link_locations
from tour.curation.link_check.http_client import HttpClient, is_public
from tour.curation.link_check.report import has_lost_links, report
from tour.curation.link_check.results import CheckResult, CorruptCacheError, ResultCache, load_results
from tour.curation.link_check.throttle import HostThrottle
from tour.settings import settings

EXIT_INTERRUPTED = 130  # as a shell counts a program that Ctrl-C has ended
MAX_CONCURRENCY = 6
MAX_RETRY_AFTER = 30  # seconds that a host's wish for rest is waited for


def _contact(context: click.Context, option: click.Parameter, contact: str) -> str:
    if not re.fullmatch(r"[!-'*-~]*", contact):
        raise click.BadParameter("Give a mail or web address, in plain letters without spaces.")
    return contact


@click.command()
@click.option("--contact", default="", envvar="TOUR_CONTACT", callback=_contact, help="Your mail or web address.")
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
    found = link_locations(settings().data, next(iter(load_or_exit().values())))
    requests = HttpClient(
        _user_agent(contact),
        connect=min(timeout / 2, HttpClient.connect),
        whole=timeout,
        is_allowed=(lambda ip: True) if allow_private else is_public,
    )
    try:
        record = load_results(settings().data)
        was_stopped = _ask(list(dict.fromkeys(each.address for each in found)), record, requests, pause, stale)
    except CorruptCacheError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(report(found, record))
    if was_stopped:
        click.echo("Stopped. What was learnt is kept; run the command again for the rest.", err=True)
        sys.exit(EXIT_INTERRUPTED)
    sys.exit(int(has_lost_links(found, record)))


def _ask(addresses: list[str], record: ResultCache, requests: HttpClient, pause: float, stale: int) -> bool:
    """Ask for what is due and learn it; whether somebody stopped that."""
    today = date.today()
    record.forget_all_but(addresses)
    record.write()
    due = [address for address in addresses if record.is_due(address, stale, today)]
    if not due:
        return False
    with click.progressbar(length=len(due), label="Links", width=40, show_pos=True) as bar:

        def learn(address: str, answer: CheckResult) -> None:
            record.learn(address, answer, today)
            bar.update(1)

        try:
            asyncio.run(
                check_all(due, LinkChecker(requests, HostThrottle(pause, MAX_CONCURRENCY, MAX_RETRY_AFTER)), learn)
            )
        except KeyboardInterrupt:
            return True
    return False


def _user_agent(contact: str) -> str:
    who = f"; {contact}" if contact else ""
    return f"tour-links/1.0 (a virtual exhibition looks whether its links hold{who})"
