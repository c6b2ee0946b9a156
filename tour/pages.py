"""The pages of the site: which one an address asks for, and what stands on it, whoever shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from tour.addresses import address
from tour.article import stop_article
from tour.chronology import decades
from tour.find import find
from tour.formats import FORMATS, Format
from tour.geometry import rough_distance
from tour.lessons import lesson_html
from tour.markup import cited
from tour.model import City, Exhibition, Stop
from tour.on_foot import from_afar, walkable, whole_way
from tour.places import city_point
from tour.plain import plain
from tour.plates import Plates
from tour.render import render
from tour.walk import Position, numbered, position
from tour.words import N_, writer

# The views that are not stops: the title of each, and what a search engine says of it.
VIEWS = {
    "stops": (N_("Stops"), N_("Every stop of the exhibition, city by city, in walking order.")),
    "find": (N_("Find"), N_("Search every stop of the exhibition, in each of its languages.")),
    "timeline": (N_("Timeline"), N_("What happened when, each date with its source and the stop that tells of it.")),
    "gallery": (N_("Gallery"), N_("Every picture of the exhibition with its caption, credit and licence.")),
    "sources": (
        N_("Sources"),
        N_("Every work that the exhibition rests on, with publisher, language and day of reading."),
    ),
    "lesson": (N_("In class"), N_("A lesson for one class, built on what the sources dispute, with cards to print.")),
    "about": (
        N_("About"),
        N_("How the exhibition was written and drawn, what it asks of you, and how to use its data."),
    ),
}
LONGEST = 100  # characters of what a visitor seeks
GALLERY_SIZES = "(min-width: 720px) 33vw, 100vw"


@dataclass(frozen=True)
class Page:
    """One page of the site: `name` is that of its view or stop, `here` is set for a stop, `words` for a search."""

    name: str
    title: str
    description: str
    language: str
    here: Position | None = None
    words: str = ""

    @property
    def id(self) -> str:
        """What tells it from every other page."""
        return "/".join(filter(None, (self.language, self.name, self.words)))

    @property
    def address(self) -> str:
        """Relative to any page of the site."""
        return self.address_in(self.language)

    def address_in(self, language: str | None) -> str:
        """That of the same page in another language, or in the one that the visitor's browser chooses."""
        if self.here:
            return address(self.here.stop.slug, language)
        view = {} if self.name == "home" else {"view": self.name}
        return address(None, language, **view, **({"words": self.words} if self.words else {}))


def page_at(exhibition: Exhibition, asked: Mapping[str, str]) -> Page:
    """The page that an address asks for by its query; the entry if it asks for none of ours."""
    if slug := asked.get("stop"):
        return _stop_page(exhibition, position(exhibition, slug))
    view = asked.get("view")
    if view == "find":
        return _find_page(exhibition, asked.get("words", "").strip()[:LONGEST])
    return _view_page(exhibition, view) if view in views(exhibition) else _entry(exhibition)


def pages(exhibition: Exhibition) -> list[Page]:
    """Every page in one language: the entry, the stops in the order of the tour, the other views."""
    stops = [_stop_page(exhibition, position(exhibition, stop.slug)) for stop in exhibition.stops]
    return [_entry(exhibition), *stops, *(_view_page(exhibition, view) for view in views(exhibition))]


def views(exhibition: Exhibition) -> list[str]:
    """The names of the views that the exhibition has."""
    return [view for view in VIEWS if view != "lesson" or exhibition.lesson]


def _entry(exhibition: Exhibition) -> Page:
    about = f"{exhibition.subtitle}. {plain(exhibition.introduction).splitlines()[0]}"
    return Page("home", exhibition.title, about, exhibition.language)


def _stop_page(exhibition: Exhibition, here: Position) -> Page:
    title = f"{here.stop.title} – {exhibition.short_title}"
    return Page(here.stop.slug, title, plain(here.stop.lede), exhibition.language, here)


def _view_page(exhibition: Exhibition, view: str) -> Page:
    title, about = map(writer(exhibition.language), VIEWS[view])
    return Page(view, f"{title} – {exhibition.short_title}", about, exhibition.language)


def _find_page(exhibition: Exhibition, words: str) -> Page:
    page = _view_page(exhibition, "find")
    return replace(page, title=f"{words} – {page.title}" if words else page.title, words=words)


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
        return (render("find.html", page.language, page=page, found=found, exhibition=exhibition),)
    return _parts(exhibition, page.name, media_dir, formats)


@lru_cache(maxsize=1024)
def _parts(exhibition: Exhibition, name: str, media_dir: Path, formats: tuple[Format, ...]) -> tuple[str, ...]:
    language = exhibition.language
    if stop := exhibition.stop(name):
        here = position(exhibition, stop.slug)
        every = render("every_stop.html", language, walks=walks(exhibition), here=here)
        return stop_article(exhibition, here, media_dir), every
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


def _home(exhibition: Exhibition) -> tuple[str, str]:
    language = exhibition.language
    ids = introduction_sources(exhibition)
    numbers = {id: number for number, id in enumerate(ids, 1)}
    rest = {**_stops(exhibition, heading=False), "sources": [exhibition.sources[id] for id in ids]}
    return (
        render("home.html", language, numbers, exhibition=exhibition, kilometres=thread_length(exhibition)),
        render("home_rest.html", language, numbers, exhibition=exhibition, **rest),
    )


def _stops(exhibition: Exhibition, heading: bool) -> dict[str, object]:
    """What the list of all stops is made from, with the ways on foot and the cities seen from afar."""
    cities = exhibition.cities
    ways = {city.slug: whole_way(exhibition, city) for city in cities if walkable(exhibition, city)}
    afar = {city.slug for city in cities if from_afar(exhibition, city)}
    return {"walks": walks(exhibition), "heading": heading, "ways": ways, "afar": afar}


def introduction_sources(exhibition: Exhibition) -> list[str]:
    """Ids of the sources of the words that open the exhibition and its cities."""
    return cited(exhibition.introduction, *(city.about for city in exhibition.cities))


def thread_length(exhibition: Exhibition) -> int | None:
    """Kilometres between the middles of the first and the last city, to the nearest hundred; None for one city."""
    ends = exhibition.cities[0], exhibition.cities[-1]
    if ends[0] == ends[1]:
        return None
    return rough_distance(*(city_point(exhibition, city) for city in ends))


def walks(exhibition: Exhibition) -> list[tuple[City, list[tuple[int, Stop]]]]:
    """Each city with its stops and their numbers in the whole tour."""
    return [(city, numbered(exhibition, city.slug)) for city in exhibition.cities]


def _plates(exhibition: Exhibition, media_dir: Path) -> list[tuple]:
    def of(stop: Stop) -> list:
        return Plates(media_dir, exhibition.language, stop.language, sizes=GALLERY_SIZES).all_of(stop)

    return [(stop, exhibition.city(stop.city), plate) for stop in exhibition.stops for plate in of(stop)]


def _by_publisher(exhibition: Exhibition) -> list:
    return sorted(exhibition.sources.values(), key=lambda source: (source.publisher.casefold(), source.title))
