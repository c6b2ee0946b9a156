"""Share cards: the picture that goes with a shared address, what stands on it, and where it is kept."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from tour.images import derivatives, social_card_drawing
from tour.images.derivative_cache import derivative_cache
from tour.model import Exhibition, Stop
from tour.model.navigation import Position, locate, progress_segment

FOLDER = "cards"
# Part of every name: change it when cards are drawn in another way, and all are drawn afresh.
CACHE_VERSION = "1"
_HASH_LENGTH = 12


@dataclass(frozen=True)
class Card:
    """A share card: what stands on it, and the name of its file, which changes with anything on it.

    `picture` is a master, `thread` the colours of the stitches, `number` that of the stop's stitch, counted from 1, or
    None for the whole tour.
    """

    slug: str
    language: str
    picture: Path
    heading: str
    kicker: str
    title: str
    status: str
    colour: str
    thread: tuple[str, ...]
    number: int | None

    @property
    def name(self) -> str:
        """The file's name; raises ImageError when there is no such picture."""
        content = derivatives.master(self.picture).derivatives[0].name
        seen = json.dumps(asdict(self) | {"picture": content, "recipe": CACHE_VERSION})
        digest = hashlib.sha256(seen.encode()).hexdigest()[:_HASH_LENGTH]
        return f"card-{self.slug}-{self.language}-{digest}.jpg"


def stop_card(exhibition: Exhibition, here: Position, media_dir: Path) -> Card:
    """The card of a stop: its city and number, its title, its first figure."""
    city = exhibition.city(here.stop.city)
    return Card(
        slug=here.stop.slug,
        language=exhibition.language,
        picture=_picture(here.stop, media_dir),
        heading=exhibition.short_title,
        kicker=f"{city.name} · {here.number}",
        title=here.stop.title,
        status=exhibition.status.sentence,
        colour=city.colour,
        thread=_thread(exhibition),
        number=progress_segment(here.number, here.total) + 1,
    )


def exhibition_card(exhibition: Exhibition, media_dir: Path) -> Card:
    """The card of every view that is no stop: the whole thread, and the first stop's figure."""
    return Card(
        slug="exhibition",
        language=exhibition.language,
        picture=_picture(exhibition.stops[0], media_dir),
        heading="",
        kicker=" – ".join(city.name for city in exhibition.cities),
        title=exhibition.short_title,
        status=exhibition.status.sentence,
        colour=exhibition.cities[0].colour,
        thread=_thread(exhibition),
        number=None,
    )


def needed(exhibition: Exhibition, media_dir: Path) -> list[Card]:
    """Every card in the exhibition's language."""
    places = (locate(exhibition, stop.slug) for stop in exhibition.stops)
    stops = (stop_card(exhibition, here, media_dir) for here in places)
    return [exhibition_card(exhibition, media_dir), *stops]


def card_path(card: Card, media_dir: Path) -> Path:
    """The card's file, drawn now if it isn't there; raises ImageError and Unwritten."""
    return derivative_cache(media_dir).file(f"{FOLDER}/{card.name}", partial(_drawn, card))


def card_picture(card: Card, media_dir: Path) -> bytes:
    """The card, drawn now if it isn't there; raises ImageError."""
    return derivative_cache(media_dir).content(f"{FOLDER}/{card.name}", partial(_drawn, card))


def missing(wanted: Iterable[Card], media_dir: Path) -> list[Card]:
    """Cards that are yet to be drawn."""
    return [card for card in wanted if not (_folder(media_dir) / card.name).exists()]


def stale(wanted: Iterable[Card], media_dir: Path) -> Iterator[Path]:
    """Cards whose words or picture have changed; `wanted` are those of every language."""
    names = {card.name for card in wanted}
    return (path for path in sorted(_folder(media_dir).glob("*card-*.jpg*")) if path.name not in names)


def _drawn(card: Card) -> bytes:
    words = social_card_drawing.layout(card.heading, card.kicker, card.title, card.status, card.colour)
    return social_card_drawing.draw(card.picture, words, card.thread, card.number)


def _folder(media_dir: Path) -> Path:
    return media_dir / derivatives.FOLDER / FOLDER


def _picture(stop: Stop, media_dir: Path) -> Path:
    return media_dir / stop.figures[0].image


def _thread(exhibition: Exhibition) -> tuple[str, ...]:
    """The colour of every stitch: that of the first stop for which it stands."""
    total = len(exhibition.stops)
    first = {progress_segment(number, total): stop for number, stop in reversed(list(enumerate(exhibition.stops, 1)))}
    return tuple(exhibition.city(first[each].city).colour for each in sorted(first))
