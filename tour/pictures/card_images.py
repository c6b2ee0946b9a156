"""Share cards drawn: words beside a picture, sewn to it with one stitch a stop. Knows Pillow."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

from tour.house import FILES
from tour.pictures import images
from tour.pictures.lettering import Block, Box, Face, set_in, write

WIDTH, HEIGHT = 1200, 630  # pixels: what Open Graph asks for
HEAVIEST = 300_000  # bytes: some messengers leave a heavier picture out
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
HEADING = Face(range(26, 11, -1), 400, 1.2)
KICKER = Face(range(30, 11, -1), 600, 1.25)
TITLE = Face(range(68, 15, -2), 600, 1.18, shrinks_to=54)
STATUS = Face(range(32, 11, -1), 400, 1.25)
EMBLEM_FILE = FILES / "icon.png"
EMBLEM = 72
FINE = 4  # the seam is drawn so many times larger, for Pillow leaves round ends jagged


def laid_out(heading: str, kicker: str, title: str, status: str, colour: str) -> tuple[Block, ...]:
    """Heading, kicker, title and status in their places; the kicker is in `colour` and stands on the title."""
    under_emblem = MARGIN + EMBLEM + 12
    named = set_in((MARGIN, under_emblem + 60, WORDS_END, BAND - 40), title, TITLE, "ink", sink=1)
    return (
        set_in((MARGIN + EMBLEM + 16, MARGIN - 4, WORDS_END, MARGIN + EMBLEM - 4), heading, HEADING, "soft", sink=0.5),
        set_in((MARGIN, under_emblem, WORDS_END, named.box[1] - 10), kicker, KICKER, colour, sink=1),
        named,
        set_in((MARGIN + 44, BAND + 20, WIDTH - MARGIN, HEIGHT - 20), status, STATUS, "ink", sink=0.5),
    )


def drawn(picture: Path, words: Iterable[Block], thread: Sequence[str], number: int | None) -> bytes:
    """The card as a JPEG without metadata; `thread` and `number` as in cards.Card; raises images.ImageFault."""
    card = Image.new("RGB", (WIDTH, HEIGHT), COLOURS["linen"])
    card.paste(_fitted(picture, PICTURE), PICTURE)
    seam = _sewn(thread, number)
    card.paste(seam, (SEAM - seam.width // 2, 0))
    card.paste(_emblem(), (MARGIN - 2, MARGIN - 4))
    draw = ImageDraw.Draw(card)
    _band(draw)
    for block in words:
        write(draw, block, COLOURS[block.colour])
    return _light(card)


def _fitted(picture: Path, box: Box) -> Image.Image:
    """The picture's middle, filling the box."""
    with Image.open(io.BytesIO(images.derivative(picture, 1600, "jpg"))) as upright:
        return ImageOps.fit(upright, (box[2] - box[0], box[3] - box[1]), Image.Resampling.LANCZOS)


def _sewn(thread: Sequence[str], number: int | None) -> Image.Image:
    """The seam: one stitch a stop in its city's colour, a knot where the visitor stands, pale beyond."""
    seam = Image.new("RGB", (24 * FINE, BAND * FINE), COLOURS["linen"])
    draw = ImageDraw.Draw(seam)
    middle, pitch = seam.width / 2, seam.height / len(thread)
    for stitch, colour in enumerate(thread, 1):
        y = (stitch - 0.5) * pitch
        if stitch == number:
            draw.circle((middle, y), 9 * FINE, COLOURS["ochre"])
        else:
            seen = colour if number is None or stitch < number else "pale"
            thick, long = 3 * FINE, 0.32 * pitch
            draw.rounded_rectangle((middle - thick, y - long, middle + thick, y + long), thick, COLOURS[seen])
    return seam.reduce(FINE)


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


def _light(card: Image.Image) -> bytes:
    """As good a JPEG as its weight allows; thin coloured letters need colour at full resolution."""
    for quality in (90, 80, 65, 45):
        out = io.BytesIO()
        card.save(out, "JPEG", quality=quality, subsampling=0, progressive=True, optimize=True)
        if out.tell() < HEAVIEST:
            break
    return out.getvalue()
