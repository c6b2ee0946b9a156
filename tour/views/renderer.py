"""Whole HTML documents, and the head and body that are put into Streamlit's."""

import json
from dataclasses import dataclass
from pathlib import Path

from babel.core import get_global
from markupsafe import Markup

from tour.content.citations import introduction_sources
from tour.i18n import gettext_for
from tour.images import derivatives
from tour.images.social_cards import Card, exhibition_card, stop_card
from tour.maps.static_map import map_html
from tour.maps.viewpoints import map_view
from tour.model import Exhibition, Stop
from tour.model.navigation import locate, progress_segments
from tour.open_data.json_ld import exhibition_jsonld, stop_jsonld
from tour.open_data.registry import EXPORT_FORMATS, ExportFormat
from tour.paths import sans_font_path
from tour.templating import render
from tour.urls import absolute_url, localized_filename
from tour.views.article import stop_article
from tour.views.figures import FIGURE_SIZES
from tour.views.fragments import page_fragments, site_header, stops_by_city
from tour.views.lessons import evidence_cards
from tour.views.routing import Page, resolve

# The same words are to be found under the stops' own addresses.
NO_INDEX = '<meta name="robots" content="noindex">'


@dataclass(frozen=True)
class SiteRenderer:
    """What documents are made from: the exhibition, its folders, the site's root as others write it, formats on offer.

    `others` are the exhibition in its other languages.
    Without a root (an export that may be put anywhere) a page says nothing that needs whole addresses.
    """

    exhibition: Exhibition
    media: Path
    base: str
    formats: tuple[ExportFormat, ...] = EXPORT_FORMATS
    others: tuple[Exhibition, ...] = ()

    def head(self, page: Page) -> str:
        """All that belongs into a page's head but its title; raises ImageError."""
        picture = derivatives.master(self.media / page.here.stop.figures[0].image) if page.here else None
        return styles(page.language, picture) + render(
            "meta.html",
            page.language,
            exhibition=self.exhibition,
            page=page,
            card=self.card(page),
            formats=self.formats,
            base=self.base,
            facts=self._facts(page),
            whole=lambda relative: absolute_url(self.base, relative),
        )

    def body(self, page: Page) -> str:
        """The page as it stands without the app; raises ImageError."""
        here = page.here
        return render(
            "site.html",
            page.language,
            exhibition=self.exhibition,
            page=page,
            here=here,
            head=site_header(self.exhibition, page),
            pieces=page_fragments(self.exhibition, page, self.media, self.formats, self.others),
            plan=self.plan(here.stop) if here else "",
            stitches=progress_segments(here) if here else (),
        )

    def document(self, page: Page) -> str:
        """The page as a whole document that needs no app."""
        return document(page.language, page.title, self.head(page), self.body(page))

    def moved(self, slug: str) -> str:
        """What stands at an old address of a stop where no server can lead on."""
        page = resolve(self.exhibition, {"stop": slug})
        leading = Markup('<meta http-equiv="refresh" content="0; url={}">').format(page.address)
        body = render("moved.html", page.language, page=page)
        return document(page.language, page.title, leading + styles(page.language) + NO_INDEX, body)

    def card(self, page: Page) -> Card:
        if page.here:
            return stop_card(self.exhibition, page.here, self.media)
        return exhibition_card(self.exhibition, self.media)

    def text(self) -> str:
        """The whole exhibition as one document with contents."""
        _ = gettext_for(self.exhibition.language)
        title = _("%(exhibition)s: the whole text", exhibition=self.exhibition.title)
        every = [self.article(stop, eager=False) for stop in self.exhibition.stops]
        return self.whole_text("text.html", title, articles=every)

    def evidence(self) -> str:
        """The lesson's cards, to be printed and cut."""
        exhibition = self.exhibition
        _ = gettext_for(exhibition.language)
        title = f"{_('Evidence cards')} – {exhibition.short_title}"
        handed_out = evidence_cards(exhibition, exhibition.lesson)
        body = render("evidence.html", exhibition.language, exhibition=exhibition, cards=handed_out)
        return document(exhibition.language, title, styles(exhibition.language) + NO_INDEX, body)

    def whole_text(self, template: str, title: str, **values: object) -> str:
        """A document of all stops, opened by the introduction with its sources."""
        ids = introduction_sources(self.exhibition)
        numbers = {id: number for number, id in enumerate(ids, 1)}
        sources = [self.exhibition.sources[id] for id in ids]
        known = {
            "exhibition": self.exhibition,
            "walks": stops_by_city(self.exhibition),
            "title": title,
            "sources": sources,
        }
        body = render(template, self.exhibition.language, numbers, **known, **values)
        return document(self.exhibition.language, title, styles(self.exhibition.language) + NO_INDEX, body)

    def article(self, stop: Stop, **options: object) -> str:
        """The stop's article where there are others: every id of its own."""
        here = locate(self.exhibition, stop.slug)
        return stop_article(self.exhibition, here, self.media, anchor=stop.slug, **options)

    def plan(self, stop: Stop) -> str:
        """The stop's map as a still picture with links."""
        centre, zoom = map_view(self.exhibition, stop)
        here = locate(self.exhibition, stop.slug)
        image = localized_filename(f"plans/{stop.slug}.svg", self.exhibition.language)
        return map_html(self.exhibition, here, centre, zoom, image)

    def _facts(self, page: Page) -> str:
        """JSON-LD for a script element, in which no tag may begin."""
        if page.here:
            facts = stop_jsonld(self.exhibition, page.here, self.media, self.base)
        else:
            facts = exhibition_jsonld(self.exhibition, self.base)
        return json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c")


def styles(language: str, picture: derivatives.Master | None = None) -> str:
    """Style sheets, scripts and the language's typeface; the picture that the page opens with is asked for at once."""
    return render("styles.html", language, picture=picture, sizes=FIGURE_SIZES, alphabet=_alphabet(language))


def _alphabet(language: str) -> str:
    """The alphabet of a language in the names of our typefaces."""
    likely = get_global("likely_subtags").get(language, "")
    return "cyrillic" if "_Cyrl" in likely else "latin"


def document(language: str, title: str, head: str, body: str, root: str = "") -> str:
    """A page that stands anywhere but beside the site's root needs its path."""
    return render("document.html", language, title=title, head=head, body=body, root=root, sans=sans_font_path())
