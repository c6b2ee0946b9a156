"""The pages of the site, and which one an address asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from tour.content.plain_text import strip_markdown
from tour.i18n import N_, gettext_for
from tour.model import Exhibition
from tour.model.navigation import Position, locate
from tour.urls import page_url

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
MAX_QUERY_LENGTH = 100  # characters of what a visitor seeks


@dataclass(frozen=True)
class Page:
    """One page of the site: `name` is that of its view or stop, `here` is set for a stop, `query` for a search."""

    name: str
    title: str
    description: str
    language: str
    here: Position | None = None
    query: str = ""

    @property
    def id(self) -> str:
        """What tells it from every other page."""
        return "/".join(filter(None, (self.language, self.name, self.query)))

    @property
    def address(self) -> str:
        """Relative to any page of the site."""
        return self.address_in(self.language)

    def address_in(self, language: str | None) -> str:
        """That of the same page in another language, or in the one that the visitor's browser chooses."""
        if self.here:
            return page_url(self.here.stop.slug, language)
        view = {} if self.name == "home" else {"view": self.name}
        return page_url(None, language, **view, **({"words": self.query} if self.query else {}))


def resolve(exhibition: Exhibition, asked: Mapping[str, str]) -> Page:
    """The page that an address asks for by its query; the entry if it asks for none of ours."""
    if slug := asked.get("stop"):
        return _stop_page(exhibition, locate(exhibition, slug))
    view = asked.get("view")
    if view == "find":
        return _find_page(exhibition, asked.get("words", "").strip()[:MAX_QUERY_LENGTH])
    return _view_page(exhibition, view) if view in available_views(exhibition) else _home(exhibition)


def all_pages(exhibition: Exhibition) -> list[Page]:
    """Every page in one language: the entry, the stops in the order of the tour, the other views."""
    stops = [_stop_page(exhibition, locate(exhibition, stop.slug)) for stop in exhibition.stops]
    return [_home(exhibition), *stops, *(_view_page(exhibition, view) for view in available_views(exhibition))]


def available_views(exhibition: Exhibition) -> list[str]:
    """The names of the views that the exhibition has."""
    return [view for view in VIEWS if view != "lesson" or exhibition.lesson]


def _home(exhibition: Exhibition) -> Page:
    about = f"{exhibition.subtitle}. {strip_markdown(exhibition.introduction).splitlines()[0]}"
    return Page("home", exhibition.title, about, exhibition.language)


@lru_cache(maxsize=2048)
def _stop_page(exhibition: Exhibition, here: Position) -> Page:
    title = f"{here.stop.title} – {exhibition.short_title}"
    return Page(here.stop.slug, title, strip_markdown(here.stop.lede), exhibition.language, here)


def _view_page(exhibition: Exhibition, view: str) -> Page:
    title, about = map(gettext_for(exhibition.language), VIEWS[view])
    return Page(view, f"{title} – {exhibition.short_title}", about, exhibition.language)


def _find_page(exhibition: Exhibition, query: str) -> Page:
    page = _view_page(exhibition, "find")
    return replace(page, title=f"{query} – {page.title}" if query else page.title, query=query)
