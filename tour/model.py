"""What the exhibition is made of: frozen values, nothing else."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Source:
    """A work that statements rest on, kept once and cited by its id; `note` is ours, and has a language of its own."""

    id: str
    title: str
    publisher: str
    language: str
    address: str
    seen: date
    note: str = ""
    note_language: str = "en"


@dataclass(frozen=True)
class Account:
    """What one side says of a disputed point; `sources` are ids."""

    says: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """A point on which sources differ; `ours` says how the exhibition words it."""

    about: str
    accounts: tuple[Account, ...]
    ours: str = ""


@dataclass(frozen=True)
class Link:
    """A page elsewhere; `language` is the page's own, `kind` what a visitor finds there."""

    title: str
    publisher: str
    address: str
    language: str
    kind: str


@dataclass(frozen=True)
class Figure:
    """An image with its words; `image` is a file in media/, `rights` the licence's address.

    `commons` names the file of Wikimedia Commons to be fetched, `origin` is the address of the page it comes from.
    """

    image: str
    alt: str
    caption: str
    credit: str
    rights: str
    commons: str = ""
    origin: str = ""


@dataclass(frozen=True)
class Side:
    """One of the two pictures of a pair; `label` says when, in a few words."""

    image: str
    alt: str
    label: str


@dataclass(frozen=True)
class Pair:
    """Then and now from one viewpoint."""

    then: Side
    now: Side
    caption: str
    credit: str
    rights: str


@dataclass(frozen=True)
class Region:
    """A part of a picture to look at; `box` is left, top, width, height as fractions of the picture."""

    title: str
    words: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class CloseView:
    """A picture that bears zooming, with regions to look at one after another."""

    title: str
    image: str
    alt: str
    caption: str
    credit: str
    rights: str
    regions: tuple[Region, ...]


@dataclass(frozen=True)
class Event:
    """Something that happened on a day, in a month or in a year: `date` is 1943, 1943-01 or 1943-01-31."""

    date: str
    what: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where a stop is or was: WGS84 degrees, uncertainty in metres, years of a thing that moved."""

    label: str
    latitude: float
    longitude: float
    uncertainty: float = 0
    since: int | None = None
    until: int | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Picture:
    """An image on a stop, wherever it stands; `field` names the place for a curator."""

    field: str
    image: str
    alt: str


@dataclass(frozen=True)
class Stop:
    """One place on the tour with its story; `narrative` is Markdown whose footnotes are ids of sources.

    `city` is a city's slug, `file` where the stop was read from, relative to data/, `twin` the slug of the stop at
    the other end, `step_free` and `seats` what is known of them there, in a line. `language` is that of its words: the
    original's where there is no translation.
    """

    slug: str
    city: str
    file: str
    title: str
    lede: str
    narrative: str
    places: tuple[Place, ...]
    figures: tuple[Figure, ...]
    links: tuple[Link, ...]
    claims: tuple[Claim, ...] = ()
    events: tuple[Event, ...] = ()
    pairs: tuple[Pair, ...] = ()
    close_views: tuple[CloseView, ...] = ()
    twin: str = ""
    step_free: str = ""
    seats: str = ""
    language: str = "en"

    def pictures(self) -> tuple[Picture, ...]:
        """All images of the stop: figures, both sides of pairs, close views."""
        figures = [Picture(f"figures[{n}]", figure.image, figure.alt) for n, figure in enumerate(self.figures, 1)]
        sides = [
            Picture(f"pairs[{n}].{name}", side.image, side.alt)
            for n, pair in enumerate(self.pairs, 1)
            for name, side in (("then", pair.then), ("now", pair.now))
        ]
        close = [Picture(f"close_views[{n}]", view.image, view.alt) for n, view in enumerate(self.close_views, 1)]
        return (*figures, *sides, *close)


@dataclass(frozen=True)
class Step:
    """A part of a lesson; `stop` is the slug of the one on the screen, if any."""

    minutes: int
    title: str
    words: str
    stop: str = ""


@dataclass(frozen=True)
class Question:
    """What a class asks of a claim on which sources differ: that of the stop with this slug, counted from 1."""

    question: str
    stop: str
    claim: int
    words: str


@dataclass(frozen=True)
class Lesson:
    """A lesson for one class; `narrative` is Markdown for the teacher, `language` that of all its words."""

    title: str
    lede: str
    steps: tuple[Step, ...]
    questions: tuple[Question, ...]
    narrative: str
    language: str = "en"

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)


@dataclass(frozen=True)
class Address:
    """Where words of a text lead that name it: [the words][id]."""

    id: str
    address: str


@dataclass(frozen=True)
class Section:
    """What the page About says of the exhibition's making; without a `title` it goes on from the page's opening."""

    words: str
    title: str = ""
    links: tuple[Address, ...] = ()

    @property
    def addresses(self) -> dict[str, str]:
        return {link.id: link.address for link in self.links}


@dataclass(frozen=True)
class City:
    """A city on the thread; `latitude` and `longitude` are the bounds of its stops, low to high, in degrees."""

    slug: str
    name: str
    country: str
    about: str
    latitude: tuple[float, float]
    longitude: tuple[float, float]
    marker: str
    colour: str


@dataclass(frozen=True)
class Streets:
    """A tile server for the map's streets; `address` has {z}, {x} and {y}, `on` shows them before a visitor asks."""

    name: str
    address: str
    credit: str
    credit_address: str
    max_zoom: int = 19
    on: bool = False


@dataclass(frozen=True)
class Status:
    """The dated, sourced notice of how things stand; `words` are quoted, `sources` are ids.

    `language` is that of the words; `translation` says them in the exhibition's, where that is another one.
    """

    sentence: str
    decided: date
    decision: str
    words: str
    speaker: str
    sources: tuple[str, ...]
    checked: date
    translation: str = ""
    language: str = "en"


@dataclass(frozen=True)
class Renamed:
    """A stop's slug that `was` its address, and the one that it has `now`."""

    was: str
    now: str


@dataclass(frozen=True, eq=False)
class Exhibition:
    """Everything on view in one language, the stops in the order of the tour; `languages` are all there are.

    `about` says how it was made. `maps` are drawn ones (GeoJSON) by the slug of a city.
    `same_names` are groups of names for one thing, in any language: who looks for one finds the others.
    `renamed` keeps old addresses of stops alive.
    Equal to itself alone, so that it can key a cache.
    """

    title: str
    short_title: str
    subtitle: str
    introduction: str
    status: Status
    cities: tuple[City, ...]
    stops: tuple[Stop, ...]
    sources: dict[str, Source]
    streets: Streets | None = None
    lesson: Lesson | None = None
    maps: dict[str, dict] = field(default_factory=dict)
    about: tuple[Section, ...] = ()
    same_names: tuple[tuple[str, ...], ...] = ()
    renamed: tuple[Renamed, ...] = ()
    language: str = "en"
    languages: tuple[str, ...] = ("en",)

    def city(self, slug: str) -> City:
        return next(city for city in self.cities if city.slug == slug)

    def stop(self, slug: str) -> Stop | None:
        """The stop of that slug, or the one that had it once."""
        now = self.slug_now(slug)
        return next((stop for stop in self.stops if stop.slug == now), None)

    def slug_now(self, slug: str | None) -> str | None:
        """What a stop of that slug is called now; one that is there keeps its name."""
        now = next((each.now for each in self.renamed if each.was == slug), slug)
        return slug if any(stop.slug == slug for stop in self.stops) else now
