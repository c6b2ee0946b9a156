"""An exhibition and its parts, but for stops, as frozen values."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tour.model.instance_cache import CacheOwner
from tour.model.stop import Source, Stop

FeatureCollection = dict[str, Any]  # GeoJSON


@dataclass(frozen=True)
class LessonStep:
    """A part of a lesson; `stop` is the slug of the one on the screen, if any."""

    minutes: int
    title: str
    text: str
    stop: str = ""


@dataclass(frozen=True)
class Question:
    """A question about a claim on which sources differ; `stop` is a slug, `claim` counts that stop's claims from 1."""

    question: str
    stop: str
    claim: int
    text: str


@dataclass(frozen=True)
class Lesson:
    """A lesson for one class; `narrative` is Markdown for the teacher, `language` that of all texts."""

    title: str
    lede: str
    steps: tuple[LessonStep, ...]
    questions: tuple[Question, ...]
    narrative: str
    language: str = "en"

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)


@dataclass(frozen=True)
class NamedLink:
    """The target of a link in a text: [the text of the link][id]."""

    id: str
    address: str


@dataclass(frozen=True)
class AboutSection:
    """A section of the page About; one without a `title` continues the opening of the page."""

    text: str
    title: str = ""
    links: tuple[NamedLink, ...] = ()

    @property
    def addresses(self) -> dict[str, str]:
        return {link.id: link.address for link in self.links}


@dataclass(frozen=True)
class Prologue:
    """What a visitor should know before the first stop; `text` is Markdown."""

    title: str
    text: str


@dataclass(frozen=True)
class City:
    """A city of the tour; `latitude` and `longitude` are the bounds of its stops, low to high, in degrees."""

    slug: str
    name: str
    country: str
    about: str
    latitude: tuple[float, float]
    longitude: tuple[float, float]
    marker: str
    colour: str


@dataclass(frozen=True)
class TileLayer:
    """A tile server for the map's streets; `address` has {z}, {x} and {y}, `visible` shows them at once."""

    name: str
    address: str
    credit: str
    credit_address: str
    max_zoom: int = 19
    visible: bool = False


@dataclass(frozen=True)
class Status:
    """The dated, sourced notice of how things stand; `quote` is in the words of `speaker`, `sources` are ids.

    `language` is that of the quotation; `translation` is in the exhibition's, where that is another one.
    """

    sentence: str
    decided: date
    decision: str
    quote: str
    speaker: str
    sources: tuple[str, ...]
    checked: date
    translation: str = ""
    language: str = "en"


@dataclass(frozen=True)
class Redirect:
    """The `old` slug of a stop, and the `new` one that its address leads to."""

    old: str
    new: str


@dataclass(frozen=True, eq=False)
class Exhibition(CacheOwner):
    """Everything on view in one language, the stops in the order of the tour; `languages` are all there are.

    `about` says how it was made. `maps` are drawn ones (GeoJSON) by the slug of a city.
    `synonyms` are groups of names for one thing, in any language: a search for one finds the others.
    `redirects` lead from old addresses of stops to their new ones.
    Compared and hashed by identity: comparing all fields would be slow.
    """

    title: str
    short_title: str
    subtitle: str
    introduction: str
    status: Status
    cities: tuple[City, ...]
    stops: tuple[Stop, ...]
    sources: dict[str, Source]
    prologue: Prologue | None = None
    tile_layer: TileLayer | None = None
    lesson: Lesson | None = None
    maps: dict[str, FeatureCollection] = field(default_factory=dict)
    about: tuple[AboutSection, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    redirects: tuple[Redirect, ...] = ()
    language: str = "en"
    languages: tuple[str, ...] = ("en",)

    @property
    def opening(self) -> tuple[str, ...]:
        """The texts before the first stop, which may cite sources."""
        prologue = (self.prologue.text,) if self.prologue else ()
        return (self.introduction, *prologue, *(city.about for city in self.cities))

    def city(self, slug: str) -> City:
        return next(city for city in self.cities if city.slug == slug)

    def stop(self, slug: str) -> Stop | None:
        """The stop of that slug, which may be an old one."""
        current = self.resolve_slug(slug)
        return next((stop for stop in self.stops if stop.slug == current), None)

    def resolve_slug(self, slug: str) -> str:
        """The current slug of a stop; that of a stop which exists is not redirected."""
        if any(stop.slug == slug for stop in self.stops):
            return slug
        return next((redirect.new for redirect in self.redirects if redirect.old == slug), slug)
