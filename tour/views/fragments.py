"""What stands on a page as HTML, whoever shows it."""

import re
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from tour.content.citations import introduction_sources
from tour.maps.route_overview import city_legs
from tour.maps.walking import is_remote, is_walkable, whole_walk
from tour.model import City, Event, Exhibition, Stop
from tour.model.navigation import Position, locate, nearby_stops, numbered
from tour.open_data.registry import EXPORT_FORMATS, ExportFormat
from tour.search.query import search
from tour.templating import render
from tour.views.article import stop_article
from tour.views.figures import FigureRenderer
from tour.views.lessons import lesson_html
from tour.views.routing import VIEWS, Page, available_views

LINE_BREAKS = re.compile(r"(?<![ \t])[ \t]*\n[ \t\n]*")
MAX_LISTED_STOPS = 100  # stops in the list below each; it travels with every step
MAX_RESULTS = 30  # stops that a search shows; to write one takes a quarter of a millisecond
GALLERY_SIZES = "(min-width: 720px) 33vw, 100vw"


@lru_cache(maxsize=2048)
def site_header(exhibition: Exhibition, page: Page) -> str:
    """What stands at the top of every page: the exhibition's name, its views, its other languages."""
    titles = [(name, VIEWS[name][0]) for name in available_views(exhibition)]
    return render("head.html", page.language, exhibition=exhibition, page=page, titles=titles)


def page_fragments(
    exhibition: Exhibition,
    page: Page,
    media_dir: Path,
    formats: tuple[ExportFormat, ...] = EXPORT_FORMATS,
    others: tuple[Exhibition, ...] = (),
) -> tuple[str, ...]:
    """What stands on the page as HTML. A stop: article, list of stops. The entry: opening, all after its button.

    `others` are the exhibition in its other languages, in which words may be found too.
    """
    if page.name == "find":
        every = {each.language: each for each in (exhibition, *others)}
        found = search(every, page.language, page.query)
        shown = {"found": found[:MAX_RESULTS], "count": len(found)}
        return (render("find.html", page.language, page=page, exhibition=exhibition, **shown),)
    return _cached(exhibition, page.name, media_dir, formats)


@lru_cache(maxsize=2048)
def _cached(exhibition: Exhibition, name: str, media_dir: Path, formats: tuple[ExportFormat, ...]) -> tuple[str, ...]:
    """Each in one line, which means the same: Streamlit looks at every line of it at every step."""
    return tuple(LINE_BREAKS.sub(" ", part) for part in _parts(exhibition, name, media_dir, formats))


def _parts(exhibition: Exhibition, name: str, media_dir: Path, formats: tuple[ExportFormat, ...]) -> tuple[str, ...]:
    language = exhibition.language
    if stop := exhibition.stop(name):
        here = locate(exhibition, stop.slug)
        return stop_article(exhibition, here, media_dir), _stop_list(exhibition, here)
    if name == "home":
        return _home(exhibition)
    if name == "lesson":
        return (lesson_html(exhibition, exhibition.lesson),)
    values = {
        "stops": lambda: _stops(exhibition, heading=True),
        "timeline": lambda: {"exhibition": exhibition, "events_by_decade": events_by_decade(exhibition)},
        "gallery": lambda: {"plates": _gallery(exhibition, media_dir)},
        "sources": lambda: {"sources": _sources_by_publisher(exhibition)},
        "about": lambda: {"exhibition": exhibition, "formats": formats},
    }
    return (render(f"{name}.html", language, **values[name]()),)


def _stop_list(exhibition: Exhibition, here: Position) -> str:
    """The list below a stop: every stop, or of a very long tour those of the city that lie around."""
    near = [(exhibition.city(here.stop.city), nearby_stops(exhibition, here))] if here.total > MAX_LISTED_STOPS else []
    listed = {"walks": near or stops_by_city(exhibition), "is_part": bool(near)}
    return render("every_stop.html", exhibition.language, here=here, **listed)


def _home(exhibition: Exhibition) -> tuple[str, str]:
    language = exhibition.language
    ids = introduction_sources(exhibition)
    numbers = {id: number for number, id in enumerate(ids, 1)}
    rest = {**_stops(exhibition, heading=False), "sources": [exhibition.sources[id] for id in ids]}
    return (
        render("home.html", language, numbers, exhibition=exhibition, legs=city_legs(exhibition)),
        render("home_rest.html", language, numbers, exhibition=exhibition, **rest),
    )


def _stops(exhibition: Exhibition, heading: bool) -> dict[str, object]:
    """What the list of all stops is made from, with the ways on foot and the cities that have none."""
    cities = exhibition.cities
    ways = {city.slug: whole_walk(exhibition, city) for city in cities if is_walkable(exhibition, city)}
    too_wide = {city.slug for city in cities if is_remote(exhibition, city)}
    return {"walks": stops_by_city(exhibition), "heading": heading, "ways": ways, "too_wide": too_wide}


def stops_by_city(exhibition: Exhibition) -> list[tuple[City, list[tuple[int, Stop]]]]:
    """Each city with its stops and their numbers in the whole tour."""
    return [(city, numbered(exhibition, city.slug)) for city in exhibition.cities]


def _gallery(exhibition: Exhibition, media_dir: Path) -> list[tuple]:
    def of(stop: Stop) -> list:
        return FigureRenderer(media_dir, exhibition.language, stop.language, sizes=GALLERY_SIZES).all_of(stop)

    return [(stop, exhibition.city(stop.city), plate) for stop in exhibition.stops for plate in of(stop)]


def _sources_by_publisher(exhibition: Exhibition) -> list:
    return sorted(exhibition.sources.values(), key=lambda source: (source.publisher.casefold(), source.title))


DatedEvent = tuple[Stop, City, Event]


def events_by_date(exhibition: Exhibition) -> list[DatedEvent]:
    """Every event with its stop and city, by date; a year comes before its months, a month before its days."""
    found = [(stop, exhibition.city(stop.city), event) for stop in exhibition.stops for event in stop.events]
    return sorted(found, key=lambda entry: entry[2].date)


def events_by_decade(exhibition: Exhibition) -> list[tuple[int, list[DatedEvent]]]:
    """The entries decade by decade: 1940, 1950, …"""
    return [(first, list(group)) for first, group in groupby(events_by_date(exhibition), key=_decade)]


def _decade(entry: DatedEvent) -> int:
    return int(entry[2].date[:3]) * 10
