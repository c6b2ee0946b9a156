"""Share cards drawn: words beside a picture, sewn to it with one stitch a stop. Knows Pillow."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

from tour.images import convert
from tour.images.typesetting import Box, TextBlock, TextStyle, draw_text, fit_text
from tour.paths import STATIC_DIR

WIDTH, HEIGHT = 1200, 630  # pixels: what Open Graph asks for
MAX_BYTES = 300_000  # bytes: some messengers leave a heavier picture out
BAND = 496  # where the band of the status begins
PICTURE: Box = (496, 0, WIDTH, BAND)
SEAM = 472  # where the thread runs down
MARGIN = 56
WORDS_END = SEAM - 28
COLOURS = {
    "linen": "#F7F2E8",
    "paper": "#FFFCF5",
    "ink": "#1E2A3A",
    "soft": "#55606E",
    "blue": "#1F4E8C",
    "red": "#A3352B",
    "ochre": "#B7791F",
    "pale": "#D9CFBC",
}
HEADING = TextStyle(range(26, 11, -1), 400, 1.2)
KICKER = TextStyle(range(30, 11, -1), 600, 1.25)
TITLE = TextStyle(range(68, 15, -2), 600, 1.18, shrinks_to=54)
STATUS = TextStyle(range(32, 11, -1), 400, 1.25)
EMBLEM_FILE = STATIC_DIR / "icon.png"
EMBLEM = 72
SUPERSAMPLING = 4  # the seam is drawn so many times larger, for Pillow leaves round ends jagged


def layout(heading: str, kicker: str, title: str, status: str, colour: str) -> tuple[TextBlock, ...]:
    """Heading, kicker, title and status in their places; the kicker is in `colour` and stands on the title."""
    under_emblem = MARGIN + EMBLEM + 12
    named = fit_text((MARGIN, under_emblem + 60, WORDS_END, BAND - 40), title, TITLE, "ink", sink=1)
    return (
        fit_text(
            (MARGIN + EMBLEM + 16, MARGIN - 4, WORDS_END, MARGIN + EMBLEM - 4), heading, HEADING, "soft", sink=0.5
        ),
        fit_text((MARGIN, under_emblem, WORDS_END, named.box[1] - 10), kicker, KICKER, colour, sink=1),
        named,
        fit_text((MARGIN + 44, BAND + 20, WIDTH - MARGIN, HEIGHT - 20), status, STATUS, "ink", sink=0.5),
    )


def draw(picture: Path, words: Iterable[TextBlock], thread: Sequence[str], number: int | None) -> bytes:
    """The card as a JPEG without metadata; `thread` and `number` as in cards.Card; raises ImageError."""
    card = Image.new("RGB", (WIDTH, HEIGHT), COLOURS["linen"])
    card.paste(_fitted(picture, PICTURE), PICTURE)
    seam = _sewn(thread, number)
    card.paste(seam, (SEAM - seam.width // 2, 0))
    card.paste(_emblem(), (MARGIN - 2, MARGIN - 4))
    draw = ImageDraw.Draw(card)
    _band(draw)
    for block in words:
        draw_text(draw, block, COLOURS[block.colour])
    return _encode_below(card)


def _fitted(picture: Path, box: Box) -> Image.Image:
    """The picture's middle, filling the box."""
    with Image.open(io.BytesIO(convert.derivative(picture, 1600, "jpg"))) as upright:
        return ImageOps.fit(upright, (box[2] - box[0], box[3] - box[1]), Image.Resampling.LANCZOS)


def _sewn(thread: Sequence[str], number: int | None) -> Image.Image:
    """The seam: one stitch a stop in its city's colour, a knot where the visitor stands, pale beyond."""
    seam = Image.new("RGB", (24 * SUPERSAMPLING, BAND * SUPERSAMPLING), COLOURS["linen"])
    draw = ImageDraw.Draw(seam)
    middle, pitch = seam.width / 2, seam.height / len(thread)
    for stitch, colour in enumerate(thread, 1):
        y = (stitch - 0.5) * pitch
        if stitch == number:
            draw.circle((middle, y), 9 * SUPERSAMPLING, COLOURS["ochre"])
        else:
            seen = colour if number is None or stitch < number else "pale"
            thick, long = 3 * SUPERSAMPLING, 0.32 * pitch
            draw.rounded_rectangle((middle - thick, y - long, middle + thick, y + long), thick, COLOURS[seen])
    return seam.reduce(SUPERSAMPLING)


def _emblem() -> Image.Image:
    with Image.open(EMBLEM_FILE) as icon:
        on_linen = Image.alpha_composite(Image.new("RGBA", icon.size, COLOURS["linen"]), icon.convert("RGBA"))
    return on_linen.convert("RGB").resize((EMBLEM, EMBLEM), Image.Resampling.LANCZOS)


def _band(draw: ImageDraw.ImageDraw) -> None:
    """Paper with an ochre edge and the two bars of a pause, as the status notice has them on every page."""
    middle = (BAND + HEIGHT) // 2
    draw.rectangle((0, BAND, WIDTH, HEIGHT), COLOURS["paper"])
    draw.rectangle((0, BAND, 9, HEIGHT), COLOURS["ochre"])
    for x in (MARGIN, MARGIN + 16):
        draw.rectangle((x, middle - 22, x + 6, middle + 21), COLOURS["ochre"])


def _encode_below(card: Image.Image) -> bytes:
    """As good a JPEG as its weight allows; thin coloured letters need colour at full resolution."""
    for quality in (90, 80, 65, 45):
        out = io.BytesIO()
        card.save(out, "JPEG", quality=quality, subsampling=0, progressive=True, optimize=True)
        if out.tell() < MAX_BYTES:
            break
    return out.getvalue()
