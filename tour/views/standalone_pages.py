"""Documents beside the tour: the whole text, the booklet to print, evidence cards for a class."""

from collections.abc import Callable
from functools import partial
from math import sqrt

import segno

from tour.i18n import gettext_for
from tour.maps.route_overview import city_legs
from tour.model import Lesson, Stop
from tour.model.navigation import locate
from tour.templating import render
from tour.urls import absolute_url, page_url
from tour.views.article import stop_article
from tour.views.document import NO_INDEX, document, head_assets
from tour.views.figures import FIGURE_SIZES
from tour.views.lessons import evidence_cards
from tour.views.renderer import SiteRenderer

PRINT_WIDTH = "1200px"  # of pictures: enough dots for paper, whatever the screen from which it is printed
# A printed page: how many characters of type at full size it has room for, a line in its columns likewise, and how much
# of a character's area one in the smaller type of the claims takes; tried with the published stops.
CHARACTERS_PER_PAGE, CHARACTERS_PER_LINE, CLAIMS_SIZE = 2330, 40, 0.8
MIN_SCALE = 0.74  # of the full size of the type, which is then 7.1 points


def standalone_pages(renderer: SiteRenderer, base: str) -> dict[str, Callable[[], str]]:
    """What renders each of them, by its name; cards only if there is a lesson. `base`: see SiteRenderer."""
    pages: dict[str, Callable[[], str]] = {"text": partial(text, renderer), "print": partial(booklet, renderer, base)}
    if lesson := renderer.exhibition.lesson:
        pages["evidence"] = partial(evidence, renderer, lesson)
    return pages


def text(renderer: SiteRenderer) -> str:
    """The whole exhibition as one document with a table of contents."""
    exhibition, _ = renderer.exhibition, gettext_for(renderer.language)
    title = _("%(exhibition)s: the whole text", exhibition=exhibition.title)
    articles = [_article(renderer, stop, eager=False) for stop in exhibition.stops]
    return renderer.all_stops("text.html", title, articles=articles)


def booklet(renderer: SiteRenderer, base: str) -> str:
    """The whole exhibition to be printed: a title page, a page of the walks, then one page of A4 a stop."""
    exhibition, _ = renderer.exhibition, gettext_for(renderer.language)
    title = _("%(exhibition)s: a booklet", exhibition=exhibition.title)
    sheets = [_sheet(renderer, stop, base) for stop in exhibition.stops]
    return renderer.all_stops("booklet.html", title, sheets=sheets, legs=city_legs(exhibition))


def evidence(renderer: SiteRenderer, lesson: Lesson) -> str:
    """The lesson's cards, to be printed and cut."""
    exhibition, language, _ = renderer.exhibition, renderer.language, gettext_for(renderer.language)
    title = f"{_('Evidence cards')} – {exhibition.short_title}"
    cards = evidence_cards(exhibition, lesson)
    body = render("evidence.html", language, exhibition=exhibition, cards=cards)
    return document(language, title, head_assets(language) + NO_INDEX, body)


def type_scale(stop: Stop) -> float:
    """How much smaller the type must be for all text to fit the page: a text's area grows with its square."""
    claims = [text for claim in stop.claims for text in claim.texts]
    length = len(stop.narrative) + CLAIMS_SIZE * (sum(map(len, claims)) + CHARACTERS_PER_LINE * len(claims))
    return max(MIN_SCALE, min(1, sqrt(CHARACTERS_PER_PAGE / length)))


def _sheet(renderer: SiteRenderer, stop: Stop, base: str) -> tuple[str, str, str, str, float]:
    """A page of the booklet: article, map, the stop's URL and its QR code if it has one, the scale of the type."""
    url = absolute_url(base, page_url(stop.slug, renderer.language))
    static_map = renderer.static_map(locate(renderer.exhibition, stop.slug))
    return _article(renderer, stop, sizes=PRINT_WIDTH), static_map, url, _qr_code(url) if base else "", type_scale(stop)


def _qr_code(url: str) -> str:
    """The URL as a QR code, an SVG."""
    return segno.make(url, error="m").svg_inline(border=2, svgclass="tour-qr-code", lineclass=None, omitsize=True)


def _article(renderer: SiteRenderer, stop: Stop, sizes: str = FIGURE_SIZES, eager: bool = True) -> str:
    """The stop's article where there are others: every id of its own."""
    position = locate(renderer.exhibition, stop.slug)
    return stop_article(renderer.exhibition, position, renderer.media, stop.slug, sizes, eager)
