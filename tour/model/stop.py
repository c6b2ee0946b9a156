"""A stop and its parts as frozen values."""

from dataclasses import dataclass
from datetime import date

MIN_UNCERTAINTY_SHOWN = 50  # metres: a place that lies closer to its pin than this is shown as exact


@dataclass(frozen=True)
class Source:
    """A work that statements rest on, cited by its id; `note` is the exhibition's, in a language of its own."""

    id: str
    title: str
    publisher: str
    language: str
    address: str
    accessed: date
    note: str = ""
    note_language: str = "en"


@dataclass(frozen=True)
class Account:
    """What one side says of a disputed point; `sources` are ids."""

    says: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """A point on which sources differ; `our_position` says how the exhibition words it."""

    about: str
    accounts: tuple[Account, ...]
    our_position: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        return self.about, *(account.says for account in self.accounts), self.our_position


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
    """An image with its texts; `image` is a file in media/, `rights` the licence's address.

    `commons` names the file of Wikimedia Commons to download, `origin` is the address of the page it comes from.
    """

    image: str
    alt: str
    caption: str
    credit: str
    rights: str
    commons: str = ""
    origin: str = ""


@dataclass(frozen=True)
class ComparisonSide:
    """One of the two pictures; `label` says when, in a few words."""

    image: str
    alt: str
    label: str


@dataclass(frozen=True)
class Comparison:
    """Then and now from one viewpoint."""

    then: ComparisonSide
    now: ComparisonSide
    caption: str
    credit: str
    rights: str


@dataclass(frozen=True)
class Region:
    """A part of a picture to look at; `box` is left, top, width, height as fractions of the picture."""

    title: str
    text: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class DetailImage:
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
    description: str
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

    @property
    def is_uncertain(self) -> bool:
        return self.uncertainty > MIN_UNCERTAINTY_SHOWN


@dataclass(frozen=True)
class ImageUse:
    """An image on a stop, wherever it stands; `field` names the place for a curator."""

    field: str
    image: str
    alt: str


@dataclass(frozen=True)
class Stop:
    """One place on the tour with its story; `narrative` is Markdown whose footnotes are ids of sources.

    `city` is a city's slug, `file` where the stop was read from, relative to data/. `twin` is the slug of the stop at
    the other end (one of the two names the other), `twin_reason` what makes them a pair. `step_free` and `seats` say
    what is known of them there, in a line. `language` is that of its texts: the original's where there is no
    translation.
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
    comparisons: tuple[Comparison, ...] = ()
    detail_images: tuple[DetailImage, ...] = ()
    twin: str = ""
    twin_reason: str = ""
    step_free: str = ""
    seats: str = ""
    language: str = "en"

    def __hash__(self) -> int:
        return hash(self.slug)  # hashing all fields would make every look-up in a cache slow

    @property
    def captions(self) -> list[str]:
        """Those of all images, in the order of `pictures`."""
        images: list[Figure | Comparison | DetailImage] = [*self.figures, *self.comparisons, *self.detail_images]
        return [image.caption for image in images]

    def pictures(self) -> tuple[ImageUse, ...]:
        """All images of the stop: figures, both sides of comparisons, detail images."""
        fields: dict[str, Figure | ComparisonSide | DetailImage] = {
            f"figures[{number}]": figure for number, figure in enumerate(self.figures, 1)
        }
        for number, comparison in enumerate(self.comparisons, 1):
            fields |= {f"comparisons[{number}].{side}": getattr(comparison, side) for side in ("then", "now")}
        fields |= {f"detail_images[{number}]": image for number, image in enumerate(self.detail_images, 1)}
        return tuple(ImageUse(field, image.image, image.alt) for field, image in fields.items())
