"""One version of the exhibition in one language as HTML: fragments of pages, and whole documents."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from markupsafe import Markup

from tour.content.cited_sources import introduction_sources
from tour.images import derivatives, social_cards
from tour.images.social_cards import exhibition_card, stop_card
from tour.maps.route_overview import city_legs
from tour.maps.static_map import map_html
from tour.maps.walking import is_remote, is_walkable, whole_walk
from tour.model import City, Event, Exhibition, Source, Stop
from tour.model.instance_cache import CacheOwner, instance_cache
from tour.model.navigation import Position, nearby_stops, numbered, progress_segments
from tour.open_data.context import ExportContext
from tour.open_data.json_ld import exhibition_jsonld, stop_jsonld
from tour.open_data.registry import EXPORT_FORMATS, ExportFormat
from tour.search.query import MAX_QUERY_LENGTH, search
from tour.templating import render, render_static
from tour.urls import VIEWS, absolute_url, localized_filename
from tour.views.article import stop_article
from tour.views.document import NO_INDEX, document, head_assets, render_cited
from tour.views.figures import FigureRenderer
from tour.views.lessons import lesson_html
from tour.views.optional_parts import optional_part
from tour.views.routing import Page, available_views, resolve

LINE_BREAKS = re.compile(r"(?<![ \t])[ \t]*\n[ \t\n]*")
MAX_LISTED_STOPS = 100  # stops in the list below each; it travels with every step
MAX_RESULTS = 30  # stops that a search shows; to write one takes a quarter of a millisecond
GALLERY_SIZES = "(min-width: 720px) 33vw, 100vw"


@dataclass(frozen=True)
class StopFragments:
    """What stands on a stop's page beside its map."""

    article: str
    stop_list: str


@dataclass(frozen=True)
class HomeFragments:
    """What stands on the home page above and below its button."""

    opening: str
    rest: str


class SiteRenderer(CacheOwner):
    """Renders pages. Fragments are cached with it: the content store makes a new one for every version of the content.

    `others` are the exhibition in its other languages, which a search looks through too. Where a method takes `base`,
    that is the site's root URL, with a slash at its end; empty in an export that may be put anywhere, whose pages then
    say nothing that needs absolute URLs. Methods that show pictures raise images.safe_open.ImageError.
    """

    def __init__(
        self,
        exhibition: Exhibition,
        media: Path,
        formats: tuple[ExportFormat, ...] = EXPORT_FORMATS,
        others: tuple[Exhibition, ...] = (),
    ):
        self.exhibition, self.media, self.formats, self.others = exhibition, media, formats, others
        self.language = exhibition.language

    def header(self, page: Page) -> str:
        """The top of every page: the exhibition's name, its views, its other languages."""
        # Searches are not cached: there is no end of them.
        return self._render_header(page) if page.query else self._header(page)

    @instance_cache
    def _header(self, page: Page) -> str:
        return self._render_header(page)

    def _render_header(self, page: Page) -> str:
        titles = [(name, VIEWS[name][0]) for name in available_views(self.exhibition)]
        return self._render("header.html", page=page, titles=titles)

    @instance_cache
    def stop(self, position: Position) -> StopFragments:
        article = stop_article(self.exhibition, position, self.media)
        stop_list = optional_part("stop list", position.stop.slug, "", self._stop_list, position)
        return StopFragments(_one_line(article), _one_line(stop_list))

    @instance_cache
    def home(self) -> HomeFragments:
        ids = introduction_sources(self.exhibition)
        opening = self._render("home.html", ids, legs=optional_part("route", "home", (), city_legs, self.exhibition))
        rest = optional_part("content", "home", "", self._home_content, ids)
        return HomeFragments(_one_line(opening), _one_line(rest))

    def _home_content(self, ids: list[str]) -> str:
        return self._render("home_content.html", ids, **self._stops(heading=False))

    def view(self, page: Page) -> str:
        """Any page that is neither a stop nor home."""
        return self._search(page) if page.name == "find" else self._view(page.name)

    @instance_cache
    def progress(self, position: Position) -> str:
        """Which stop of how many this is, between Previous and Next."""
        return self._render("progress.html", position=position, segments=progress_segments(position))

    @instance_cache
    def offline(self, position: Position | None) -> str:
        """What is shown while the server can't be reached, at a stop or on another page."""
        return render("offline.html", self.language, position=position)

    def static_map(self, position: Position) -> str:
        """The stop's map as a static picture with links."""
        image = localized_filename(f"plans/{position.stop.slug}.svg", self.language)
        return map_html(self.exhibition, position, image)

    def head(self, page: Page, base: str) -> str:
        """All that belongs into a page's head but its title."""
        position = page.position
        picture = derivatives.master(self.media / position.stop.figures[0].image) if position else None
        return head_assets(self.language, picture) + self._render(
            "head_meta.html",
            page=page,
            position=position,
            **optional_part("social card", page.name, {"card": None}, self._social_card, page),
            card_size=(social_cards.WIDTH, social_cards.HEIGHT),
            formats=self.formats,
            base=base,
            json_ld=optional_part("JSON-LD", page.name, "{}", self._json_ld, page, base),
            absolute=lambda relative: absolute_url(base, relative),
        )

    def body(self, page: Page) -> str:
        """The page as it stands without the app."""
        values: dict[str, object] = {"page": page, "position": page.position, "header": self.header(page)}
        if page.position:
            position, map_missing = page.position, render_static("map_missing.html", self.language)
            values |= {
                "fragments": self.stop(position),
                "static_map": optional_part("static map", page.name, map_missing, self.static_map, position),
                "segments": progress_segments(position),
            }
        else:
            values["fragments"] = self.home() if page.name == "home" else self.view(page)
        return self._render("layout.html", **values)

    def document(self, page: Page, base: str) -> str:
        """The page as a whole document that needs no app."""
        return document(self.language, page.title, self.head(page, base), self.body(page))

    def redirect(self, slug: str) -> str:
        """The document at an old URL of a stop, where no server can redirect."""
        page = resolve(self.exhibition, {"stop": slug})
        refresh = Markup('<meta http-equiv="refresh" content="0; url={}">').format(page.url)
        head = refresh + head_assets(self.language) + NO_INDEX
        return document(self.language, page.title, head, render("redirect.html", self.language, page=page))

    def all_stops(self, template: str, title: str, **values: object) -> str:
        """A document of all stops, opened by the introduction with its sources; search engines leave it out."""
        ids = introduction_sources(self.exhibition)
        body = self._render(template, ids, stops_by_city=stops_by_city(self.exhibition), title=title, **values)
        return document(self.language, title, head_assets(self.language) + NO_INDEX, body)

    def _render(self, template: str, cited: Sequence[str] = (), /, **values: object) -> str:
        return render_cited(template, self.exhibition, cited, **values)

    def _search(self, page: Page) -> str:
        languages = {each.language: each for each in (self.exhibition, *self.others)}
        results = search(languages, self.language, page.query)
        values = {"results": results[:MAX_RESULTS], "count": len(results), "max_length": MAX_QUERY_LENGTH}
        return self._render("search.html", page=page, **values)

    @instance_cache
    def _view(self, name: str) -> str:
        if name == "lesson" and self.exhibition.lesson:
            return _one_line(lesson_html(self.exhibition, self.exhibition.lesson))
        values: dict[str, Callable[[], dict[str, object]]] = {
            "stops": lambda: self._stops(heading=True),
            "timeline": lambda: {"events_by_decade": events_by_decade(self.exhibition)},
            "gallery": lambda: {"figures": self._gallery()},
            "sources": lambda: {"sources": _sources_by_publisher(self.exhibition)},
            "about": lambda: {"formats": self.formats},
        }
        return _one_line(self._render(f"{name}.html", **values[name]()))

    def _stop_list(self, position: Position) -> str:
        """The list below a stop: every stop, or of a very long tour the nearest ones of its city."""
        exhibition, is_part = self.exhibition, position.total > MAX_LISTED_STOPS
        nearby = [(exhibition.city(position.stop.city), nearby_stops(exhibition, position))] if is_part else []
        values = {"stops_by_city": nearby or stops_by_city(exhibition), "is_part": is_part}
        return self._render("stop_list.html", position=position, **values)

    def _stops(self, heading: bool) -> dict[str, object]:
        """Values for the list of all stops, with the walks and the cities that are too wide for one."""
        fallback: dict[str, object] = {"walks": {}, "remote_cities": ()}
        walks = optional_part("walks", "the list of stops", fallback, self._walks)
        return {"stops_by_city": stops_by_city(self.exhibition), "heading": heading, **walks}

    def _walks(self) -> dict[str, object]:
        """The whole walks through cities, by slug, and the slugs of those cities that are too wide for one."""
        exhibition, cities = self.exhibition, self.exhibition.cities
        walks = {city.slug: whole_walk(exhibition, city) for city in cities if is_walkable(exhibition, city)}
        return {"walks": walks, "remote_cities": [city.slug for city in cities if is_remote(exhibition, city)]}

    def _gallery(self) -> list[tuple[Stop, City, Markup]]:
        exhibition = self.exhibition
        renderers = (
            (stop, FigureRenderer(self.media, self.language, stop.language, sizes=GALLERY_SIZES))
            for stop in exhibition.stops
        )
        return [
            (stop, exhibition.city(stop.city), figure)
            for stop, renderer in renderers
            for figure in renderer.gallery(stop)
        ]

    def _social_card(self, page: Page) -> dict[str, object]:
        """The picture that social media show with a link to the page, and its name; raises ImageError."""
        if page.position:
            card = stop_card(self.exhibition, page.position, self.media)
        else:
            card = exhibition_card(self.exhibition, self.media)
        return {"card": card, "card_name": card.name}

    def _json_ld(self, page: Page, base: str) -> str:
        """JSON-LD for a script element, in which no tag may begin."""
        context = ExportContext(self.exhibition, self.media, base)
        values = stop_jsonld(context, page.position) if page.position else exhibition_jsonld(context)
        return json.dumps(values, ensure_ascii=False).replace("<", "\\u003c")


def stops_by_city(exhibition: Exhibition) -> list[tuple[City, list[tuple[int, Stop]]]]:
    """Each city with its stops and their numbers in the whole tour."""
    return [(city, numbered(exhibition, city.slug)) for city in exhibition.cities]


def events_by_date(exhibition: Exhibition) -> list[tuple[Stop, City, Event]]:
    """Every event with its stop and city, by date; a year comes before its months, a month before its days."""
    events = [(stop, exhibition.city(stop.city), event) for stop in exhibition.stops for event in stop.events]
    return sorted(events, key=lambda entry: entry[2].date)


def events_by_decade(exhibition: Exhibition) -> list[tuple[int, list[tuple[Stop, City, Event]]]]:
    """The events decade by decade: 1940, 1950, …"""
    groups = groupby(events_by_date(exhibition), key=lambda entry: int(entry[2].date[:3]) * 10)
    return [(decade, list(events)) for decade, events in groups]


def _sources_by_publisher(exhibition: Exhibition) -> list[Source]:
    return sorted(exhibition.sources.values(), key=lambda source: (source.publisher.casefold(), source.title))


def _one_line(html: str) -> str:
    """The same in one line: Streamlit looks at every line of it at every step."""
    return LINE_BREAKS.sub(" ", html)
