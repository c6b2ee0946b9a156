"""The exhibition on paper: a title page, a page of the walks, then one page of A4 a stop."""

from collections.abc import Callable
from functools import partial

import segno

from tour.i18n import gettext_for
from tour.maps.route_overview import city_legs
from tour.model import Stop
from tour.urls import absolute_url, page_url
from tour.views.renderer import SiteRenderer

WIDTH = "1200px"  # of pictures: enough dots for paper, whatever the screen from which it is printed
# Characters of type at full size that a printed page has room for, of a line in its columns, and how much of a
# character's area one in the smaller type of the claims takes; tried with the published stops.
A_PAGE, A_LINE, CLAIMS_SIZE = 2330, 40, 0.8
SMALLEST = 0.74  # of the full size of the type, which is then 7.1 points


def booklet(desk: SiteRenderer) -> str:
    """The whole exhibition as one document to be printed."""
    exhibition = desk.exhibition
    sheets = [_sheet(desk, stop) for stop in exhibition.stops]
    _ = gettext_for(exhibition.language)
    title = _("%(exhibition)s: a booklet", exhibition=exhibition.title)
    return desk.whole_text("booklet.html", title, sheets=sheets, legs=city_legs(exhibition))


def _sheet(desk: SiteRenderer, stop: Stop) -> tuple[str, str, str, str, float]:
    """What a page holds: article, map, the stop's address and its QR code if it has one, the scale of the type."""
    way = absolute_url(desk.base, page_url(stop.slug, desk.exhibition.language))
    article = desk.article(stop, sizes=WIDTH)
    return article, desk.plan(stop), way, _code(way) if desk.base else "", scale(stop)


def _code(way: str) -> str:
    """The address as a QR code, an SVG."""
    return segno.make(way, error="m").svg_inline(border=2, svgclass="tour-code", lineclass=None, omitsize=True)


def scale(stop: Stop) -> float:
    """How much smaller the type must be for all words to fit the page: a text's area grows with its square."""
    claims = [
        words
        for claim in stop.claims
        for words in (claim.about, claim.our_position, *(each.says for each in claim.accounts))
    ]
    length = len(stop.narrative) + CLAIMS_SIZE * (sum(map(len, claims)) + A_LINE * len(claims))
    return max(SMALLEST, min(1, (A_PAGE / length) ** 0.5))


STANDALONE_PAGES = ("text", "print", "evidence")


def standalone_pages(desk: SiteRenderer) -> dict[str, Callable[[], str]]:
    """What makes each of them, by its address; cards are for an exhibition that has a lesson."""
    made = {"text": desk.text, "print": partial(booklet, desk)}
    return made | ({"evidence": desk.evidence} if desk.exhibition.lesson else {})
