"""What stands on a page as HTML, whoever shows it."""

import re
from functools import lru_cache
from pathlib import Path

from tour.formats.formats import FORMATS, Format
from tour.maps.on_foot import too_wide_to_walk, walkable, whole_way
from tour.maps.thread import legs
from tour.markup import cited
from tour.model import City, Exhibition, Stop
from tour.pages.article import stop_article
from tour.pages.chronology import decades
from tour.pages.lessons import lesson_html
from tour.pages.pages import VIEWS, Page, views
from tour.pages.plates import Plates
from tour.render import render
from tour.search.find import find
from tour.walk import Position, around, numbered, position

LINES = re.compile(r"(?<![ \t])[ \t]*\n[ \t\n]*")
MOST_LISTED = 100  # stops in the list below each; it travels with every step
MOST_FOUND = 30  # stops that a search shows; to write one takes a quarter of a millisecond
GALLERY_SIZES = "(min-width: 720px) 33vw, 100vw"


@lru_cache(maxsize=2048)
def head(exhibition: Exhibition, page: Page) -> str:
    """What stands at the top of every page: the exhibition's name, its views, its other languages."""
    titles = [(name, VIEWS[name][0]) for name in views(exhibition)]
    return render("head.html", page.language, exhibition=exhibition, page=page, titles=titles)


def parts(
    exhibition: Exhibition,
    page: Page,
    media_dir: Path,
    formats: tuple[Format, ...] = FORMATS,
    others: tuple[Exhibition, ...] = (),
) -> tuple[str, ...]:
    """What stands on the page as HTML. A stop: article, list of stops. The entry: opening, all after its button.

    `others` are the exhibition in its other languages, in which words may be found too.
    """
    if page.name == "find":
        every = {each.language: each for each in (exhibition, *others)}
        found = find(every, page.language, page.words)
        shown = {"found": found[:MOST_FOUND], "count": len(found)}
        return (render("find.html", page.language, page=page, exhibition=exhibition, **shown),)
    return _kept(exhibition, page.name, media_dir, formats)


@lru_cache(maxsize=2048)
def _kept(exhibition: Exhibition, name: str, media_dir: Path, formats: tuple[Format, ...]) -> tuple[str, ...]:
    """Each in one line, which means the same: Streamlit looks at every line of it at every step."""
    return tuple(LINES.sub(" ", part) for part in _parts(exhibition, name, media_dir, formats))


def _parts(exhibition: Exhibition, name: str, media_dir: Path, formats: tuple[Format, ...]) -> tuple[str, ...]:
    language = exhibition.language
    if stop := exhibition.stop(name):
        here = position(exhibition, stop.slug)
        return stop_article(exhibition, here, media_dir), _every_stop(exhibition, here)
    if name == "home":
        return _home(exhibition)
    if name == "lesson":
        return (lesson_html(exhibition, exhibition.lesson),)
    values = {
        "stops": lambda: _stops(exhibition, heading=True),
        "timeline": lambda: {"exhibition": exhibition, "decades": decades(exhibition)},
        "gallery": lambda: {"plates": _plates(exhibition, media_dir)},
        "sources": lambda: {"sources": _by_publisher(exhibition)},
        "about": lambda: {"exhibition": exhibition, "formats": formats},
    }
    return (render(f"{name}.html", language, **values[name]()),)


def _every_stop(exhibition: Exhibition, here: Position) -> str:
    """The list below a stop: every stop, or of a very long tour those of the city that lie around."""
    near = [(exhibition.city(here.stop.city), around(exhibition, here))] if here.total > MOST_LISTED else []
    listed = {"walks": near or walks(exhibition), "is_part": bool(near)}
    return render("every_stop.html", exhibition.language, here=here, **listed)


def _home(exhibition: Exhibition) -> tuple[str, str]:
    language = exhibition.language
    ids = introduction_sources(exhibition)
    numbers = {id: number for number, id in enumerate(ids, 1)}
    rest = {**_stops(exhibition, heading=False), "sources": [exhibition.sources[id] for id in ids]}
    return (
        render("home.html", language, numbers, exhibition=exhibition, legs=legs(exhibition)),
        render("home_rest.html", language, numbers, exhibition=exhibition, **rest),
    )


def _stops(exhibition: Exhibition, heading: bool) -> dict[str, object]:
    """What the list of all stops is made from, with the ways on foot and the cities that have none."""
    cities = exhibition.cities
    ways = {city.slug: whole_way(exhibition, city) for city in cities if walkable(exhibition, city)}
    too_wide = {city.slug for city in cities if too_wide_to_walk(exhibition, city)}
    return {"walks": walks(exhibition), "heading": heading, "ways": ways, "too_wide": too_wide}


def introduction_sources(exhibition: Exhibition) -> list[str]:
    """Ids of the sources of the texts before the first stop."""
    return cited(*exhibition.opening)


def walks(exhibition: Exhibition) -> list[tuple[City, list[tuple[int, Stop]]]]:
    """Each city with its stops and their numbers in the whole tour."""
    return [(city, numbered(exhibition, city.slug)) for city in exhibition.cities]


def _plates(exhibition: Exhibition, media_dir: Path) -> list[tuple]:
    def of(stop: Stop) -> list:
        return Plates(media_dir, exhibition.language, stop.language, sizes=GALLERY_SIZES).all_of(stop)

    return [(stop, exhibition.city(stop.city), plate) for stop in exhibition.stops for plate in of(stop)]


def _by_publisher(exhibition: Exhibition) -> list:
    return sorted(exhibition.sources.values(), key=lambda source: (source.publisher.casefold(), source.title))
