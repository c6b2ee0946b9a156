"""Social cards, the images that go with a shared URL: text beside a picture. Uses Pillow."""

import hashlib
import io
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import ClassVar

from PIL import Image, ImageDraw, ImageOps

from tour.images import convert, derivatives
from tour.images.typesetting import TextBlock, TextStyle, draw_text, fit_text
from tour.model import Exhibition
from tour.model.navigation import Position, locate, progress_segment
from tour.paths import STATIC_DIR

WIDTH, HEIGHT = 1200, 630  # pixels, as Open Graph recommends
MAX_BYTES = 300_000  # some messengers leave out a heavier image
CACHE_VERSION = "1"  # part of every name: change it with the way cards are drawn, and all are drawn anew
DIGEST_KEYS = {"segments": "thread", "current": "number"}  # other keys than these fields' names stand in the digest
STATUS_TOP = 496  # pixels: where the panel of the status begins
PICTURE_SIZE = 704, STATUS_TOP  # at the top right
PROGRESS_X = 472  # pixels: the middle of the progress bar
MARGIN = 56
TEXT_RIGHT = PROGRESS_X - 28
# The light palette, which is the first rule of the style sheet.
COLOURS = dict(re.findall(r"--([\w-]+): (#\w+);", (STATIC_DIR / "palette.css").read_text("utf-8").partition("}")[0]))
HEADING = TextStyle(range(26, 11, -1), 400, 1.2)
KICKER = TextStyle(range(30, 11, -1), 600, 1.25)
TITLE = TextStyle(range(68, 15, -2), 600, 1.18, shrinks_to=54)
STATUS = TextStyle(range(32, 11, -1), 400, 1.25)
EMBLEM_SIZE = 72
SUPERSAMPLING = 4  # the progress bar is drawn at so many times its size: Pillow doesn't smooth round ends


@dataclass(frozen=True)
class Card:
    """A social card: what is drawn on it, and its file name, which changes with anything that is.

    `picture` is a master, `segments` the colours of the progress bar, `current` the number of the stop's segment,
    counted from 1, or None for the whole tour.
    """

    slug: str
    language: str
    picture: Path
    heading: str
    kicker: str
    title: str
    status: str
    colour: str
    segments: tuple[str, ...]
    current: int | None
    folder: ClassVar[str] = "cards"  # within that of the cache

    @property
    def name(self) -> str:
        """The file name; raises ImageError if the picture is missing."""
        content = {DIGEST_KEYS.get(field, field): value for field, value in asdict(self).items()}
        content |= {"picture": derivatives.master(self.picture).derivatives[0].name, "recipe": CACHE_VERSION}
        digest = hashlib.sha256(json.dumps(content).encode()).hexdigest()[: derivatives.DIGEST_LENGTH]
        return f"card-{self.slug}-{self.language}-{digest}.jpg"

    def create(self) -> bytes:
        """A JPEG without metadata; raises ImageError."""
        image = Image.new("RGB", (WIDTH, HEIGHT), COLOURS["background"])
        with Image.open(io.BytesIO(convert.derivative(self.picture, 1600, "jpg"))) as picture:
            image.paste(ImageOps.fit(picture, PICTURE_SIZE, Image.Resampling.LANCZOS), (WIDTH - PICTURE_SIZE[0], 0))
        progress_bar = _progress_bar(self.segments, self.current)
        image.paste(progress_bar, (PROGRESS_X - progress_bar.width // 2, 0))
        image.paste(_emblem(), (MARGIN - 2, MARGIN - 4))
        draw = ImageDraw.Draw(image)
        _draw_status_panel(draw)
        for block in layout(self):
            draw_text(draw, block, COLOURS[block.colour])
        return _encode(image)


def exhibition_card(exhibition: Exhibition, media_dir: Path) -> Card:
    """The card of every page but those of stops: the whole progress bar, and the first stop's figure."""
    return Card(
        slug="exhibition",
        language=exhibition.language,
        picture=media_dir / exhibition.stops[0].figures[0].image,
        heading="",
        kicker=" – ".join(city.name for city in exhibition.cities),
        title=exhibition.short_title,
        status=exhibition.status.sentence,
        colour=exhibition.cities[0].colour,
        segments=_segment_colours(exhibition),
        current=None,
    )


def stop_card(exhibition: Exhibition, position: Position, media_dir: Path) -> Card:
    """The card of a stop: its city and number, its title, its first figure."""
    stop, city = position.stop, exhibition.city(position.stop.city)
    return replace(
        exhibition_card(exhibition, media_dir),
        slug=stop.slug,
        picture=media_dir / stop.figures[0].image,
        heading=exhibition.short_title,
        kicker=f"{city.name} · {position.number}",
        title=stop.title,
        colour=city.colour,
        current=progress_segment(position.number, position.total) + 1,
    )


def needed(exhibition: Exhibition, media_dir: Path) -> list[Card]:
    """Every card in the exhibition's language."""
    positions = (locate(exhibition, stop.slug) for stop in exhibition.stops)
    stop_cards = (stop_card(exhibition, position, media_dir) for position in positions)
    return [exhibition_card(exhibition, media_dir), *stop_cards]


def _segment_colours(exhibition: Exhibition) -> tuple[str, ...]:
    """That of the first stop of each segment."""
    colours: dict[int, str] = {}
    for number, stop in enumerate(exhibition.stops, 1):
        colours.setdefault(progress_segment(number, len(exhibition.stops)), exhibition.city(stop.city).colour)
    return tuple(colours.values())


def layout(card: Card) -> tuple[TextBlock, ...]:
    """Heading, kicker, title and status in their places: the title at the bottom, the kicker right above it."""
    top, right = MARGIN + EMBLEM_SIZE + 12, TEXT_RIGHT
    title = fit_text((MARGIN, top + 60, right, STATUS_TOP - 40), card.title, TITLE, "text", align=1)
    heading_box = (MARGIN + EMBLEM_SIZE + 16, MARGIN - 4, right, MARGIN + EMBLEM_SIZE - 4)
    status_box = (MARGIN + 44, STATUS_TOP + 20, WIDTH - MARGIN, HEIGHT - 20)
    return (
        fit_text(heading_box, card.heading, HEADING, "muted", align=0.5),
        fit_text((MARGIN, top, right, title.box[1] - 10), card.kicker, KICKER, card.colour, align=1),
        title,
        fit_text(status_box, card.status, STATUS, "text", align=0.5),
    )


def _progress_bar(segments: Sequence[str], current: int | None) -> Image.Image:
    """Segments in the colours of their cities, a dot for the current one, pale ones for those pending."""
    bar = Image.new("RGB", (24 * SUPERSAMPLING, STATUS_TOP * SUPERSAMPLING), COLOURS["background"])
    draw = ImageDraw.Draw(bar)
    middle, pitch = bar.width / 2, bar.height / len(segments)
    half_width, half_length = 3 * SUPERSAMPLING, 0.32 * pitch
    for number, colour in enumerate(segments, 1):
        y = (number - 0.5) * pitch
        if number == current:
            draw.circle((middle, y), 9 * SUPERSAMPLING, COLOURS["accent"])
        else:
            box = (middle - half_width, y - half_length, middle + half_width, y + half_length)
            is_done = current is None or number < current
            draw.rounded_rectangle(box, half_width, COLOURS[colour if is_done else "border"])
    return bar.reduce(SUPERSAMPLING)


def _emblem() -> Image.Image:
    with Image.open(STATIC_DIR / "icon.png") as icon:
        opaque = Image.alpha_composite(Image.new("RGBA", icon.size, COLOURS["background"]), icon.convert("RGBA"))
    return opaque.convert("RGB").resize((EMBLEM_SIZE, EMBLEM_SIZE), Image.Resampling.LANCZOS)


def _draw_status_panel(draw: ImageDraw.ImageDraw) -> None:
    """The panel with the edge and the pause sign of the status notice on every page."""
    middle = (STATUS_TOP + HEIGHT) // 2
    draw.rectangle((0, STATUS_TOP, WIDTH, HEIGHT), COLOURS["surface"])
    draw.rectangle((0, STATUS_TOP, 9, HEIGHT), COLOURS["accent"])
    for x in (MARGIN, MARGIN + 16):
        draw.rectangle((x, middle - 22, x + 6, middle + 21), COLOURS["accent"])


def _encode(image: Image.Image) -> bytes:
    """A JPEG in the best quality within MAX_BYTES; thin coloured letters need colour at full resolution."""
    out = io.BytesIO()
    for quality in (90, 80, 65, 45):
        out.seek(0)
        image.save(out, "JPEG", quality=quality, subsampling=0, progressive=True, optimize=True)
        if out.truncate() < MAX_BYTES:
            break
    return out.getvalue()
