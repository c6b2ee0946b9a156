"""The exhibition on paper: a title page, a page of the walks, then one page of A4 a stop."""

import segno

from tour.addresses import address, whole
from tour.maps.thread import legs
from tour.model import Stop
from tour.pages.documents import Desk
from tour.words import writer

WIDTH = "1200px"  # of pictures: enough dots for paper, whatever the screen from which it is printed
# Characters of type at full size that a printed page has room for, of a line in its columns, and how much of a
# character's area one in the smaller type of the claims takes; tried with the published stops.
A_PAGE, A_LINE, CLAIMS_SIZE = 2330, 40, 0.8
SMALLEST = 0.74  # of the full size of the type, which is then 7.1 points


def booklet(desk: Desk) -> str:
    """The whole exhibition as one document to be printed."""
    exhibition = desk.exhibition
    sheets = [_sheet(desk, stop) for stop in exhibition.stops]
    _ = writer(exhibition.language)
    title = _("%(exhibition)s: a booklet", exhibition=exhibition.title)
    return desk.whole_text("booklet.html", title, sheets=sheets, legs=legs(exhibition))


def _sheet(desk: Desk, stop: Stop) -> tuple[str, str, str, str, float]:
    """What a page holds: article, map, the stop's address and its QR code if it has one, the scale of the type."""
    way = whole(desk.base, address(stop.slug, desk.exhibition.language))
    article = desk.article(stop, sizes=WIDTH)
    return article, desk.plan(stop), way, _code(way) if desk.base else "", scale(stop)


def _code(way: str) -> str:
    """The address as a QR code, an SVG."""
    return segno.make(way, error="m").svg_inline(border=2, svgclass="tour-code", lineclass=None, omitsize=True)


def scale(stop: Stop) -> float:
    """How much smaller the type must be for all words to fit the page: a text's area grows with its square."""
    claims = [
        words for claim in stop.claims for words in (claim.about, claim.ours, *(each.says for each in claim.accounts))
    ]
    length = len(stop.narrative) + CLAIMS_SIZE * (sum(map(len, claims)) + A_LINE * len(claims))
    return max(SMALLEST, min(1, (A_PAGE / length) ** 0.5))
