"""The pages of the site, and which one a URL asks for."""

from collections.abc import Mapping
from dataclasses import dataclass

from tour.content.markdown import strip_markdown
from tour.i18n import gettext_for
from tour.model import Exhibition
from tour.model.instance_cache import instance_cache
from tour.model.navigation import Position, locate
from tour.search.query import MAX_QUERY_LENGTH
from tour.urls import VIEWS, page_url


@dataclass(frozen=True)
class Page:
    """One page of the site: a stop, if there is a `position`, else a view; `name` is its slug: quay, home, timeline, …

    `title` is the document's, `query` what a visitor searches for.
    """

    name: str
    title: str
    description: str
    language: str
    position: Position | None = None
    query: str = ""

    @property
    def id(self) -> str:
        """Unique among all pages and searches."""
        return "/".join(filter(None, (self.language, self.name, self.query)))

    @property
    def url(self) -> str:
        """Relative to any page of the site."""
        return self.url_in(self.language)

    def url_in(self, language: str | None) -> str:
        """The URL of the same page in another language, or in the one that the visitor's browser prefers."""
        if self.position:
            return page_url(self.name, language)
        query = {"view": "" if self.name == "home" else self.name, "words": self.query}
        return page_url(None, language, **{name: value for name, value in query.items() if value})


def resolve(exhibition: Exhibition, query: Mapping[str, str]) -> Page:
    """The page that a URL's query asks for; home if it asks for none of ours."""
    if slug := query.get("stop"):
        return _stop_page(exhibition, locate(exhibition, slug))
    view = query.get("view")
    if view not in available_views(exhibition):
        return _home(exhibition)
    return _view_page(exhibition, view, query.get("words", "").strip()[:MAX_QUERY_LENGTH] if view == "find" else "")


def all_pages(exhibition: Exhibition) -> list[Page]:
    """Every page in one language: home, the stops in the order of the tour, the other views."""
    stops = [_stop_page(exhibition, locate(exhibition, stop.slug)) for stop in exhibition.stops]
    return [_home(exhibition), *stops, *(_view_page(exhibition, view) for view in available_views(exhibition))]


def available_views(exhibition: Exhibition) -> list[str]:
    """The names of the views that the exhibition has."""
    return [view for view in VIEWS if view != "lesson" or exhibition.lesson]


def _home(exhibition: Exhibition) -> Page:
    description = f"{exhibition.subtitle}. {strip_markdown(exhibition.introduction).splitlines()[0]}"
    return Page("home", exhibition.title, description, exhibition.language)


@instance_cache
def _stop_page(exhibition: Exhibition, position: Position) -> Page:
    stop = position.stop
    title = f"{stop.title} – {exhibition.short_title}"
    return Page(stop.slug, title, strip_markdown(stop.lede), exhibition.language, position)


def _view_page(exhibition: Exhibition, view: str, query: str = "") -> Page:
    title, description = map(gettext_for(exhibition.language), VIEWS[view])
    parts = filter(None, (query, title, exhibition.short_title))
    return Page(view, " – ".join(parts), description, exhibition.language, query=query)
