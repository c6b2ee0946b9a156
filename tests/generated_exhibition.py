"""The exhibition of invented places in other sizes: one city, three cities, a thousand stops."""

import re
import shutil
from datetime import date
from pathlib import Path

from tests.sample_exhibition import replace_once
from tour.curation import scaffold

LIGHTHOUSE = "stops/lanternholm/01-lighthouse.md"
BAKERY = "stops/crumbury/03-bakery.md"
THIRD = """
[[cities]]
slug = "mistlewick"
name = "Mistlewick"
country = "The Nearer Isles"
about = "Three trees and a mill.[^keepers-book]"
latitude = [44.0, 44.2]
longitude = [-27.1, -26.9]
marker = "round"
colour = "blue"
"""
WORDS = ("lamp", "oven", "harbour", "sheep", "basket", "rope", "kettle", "meadow", "ladder", "button")


def write(folder: Path) -> tuple[Path, Path]:
    """As new-exhibition writes it: two cities, three stops; returns its data and media folders."""
    return scaffold.write(folder, date.today())


def with_one_city(folder: Path) -> tuple[Path, Path]:
    """Without Crumbury: two stops, which belong with one another."""
    data, media = write(folder)
    opening = data / "exhibition.toml"
    before, _, rest = opening.read_text("utf-8").partition('[[cities]]\nslug = "crumbury"')
    opening.write_text(before + rest[rest.index("# What the page About says") :], "utf-8")
    shutil.rmtree(data / "stops/crumbury")
    replace_once(data, LIGHTHOUSE, '"bakery"', '"ferry"')
    return data, media


def with_three_cities(folder: Path) -> tuple[Path, Path]:
    """A third city after the others, with a mill."""
    data, media = write(folder)
    replace_once(data, "exhibition.toml", "# What the page About says", f"{THIRD}\n# What the page About says")
    (data / "stops/mistlewick").mkdir()
    (data / "stops/mistlewick/04-mill.md").write_text(_another(data, 4, "The Mill", 44.1, -27.0), "utf-8")
    return data, media


def with_many_stops(folder: Path, count: int) -> tuple[Path, Path]:
    """So many stops in two cities, half in each and near together, all with the pictures of the first three."""
    data, media = write(folder)
    for number in range(4, count + 1):
        city, latitude, longitude = ("lanternholm", 46.0, -31.0) if number % 2 else ("crumbury", 46.3, -29.6)
        north, east = number // 2 % 25 * 0.0015, number // 50 % 25 * 0.002
        text = _another(data, number, f"{_words(number)} {number}", latitude + north, longitude + east)
        (data / f"stops/{city}/{number}-stop-{number}.md").write_text(text, "utf-8")
    return data, media


def _another(data: Path, number: int, title: str, latitude: float, longitude: float) -> str:
    """A stop like the lighthouse, elsewhere, with words of its own."""
    text = (data / LIGHTHOUSE).read_text("utf-8")
    text = re.sub(r"^twin(_reason)? = .*\n", "", text, flags=re.MULTILINE)
    for old, new in (
        ('"The Lighthouse"', f'"{title}"'),
        ("46.0035", f"{latitude:.4f}"),
        ("-31.0105", f"{longitude:.4f}"),
        ("1919-11", f"{1500 + number % 500}"),
        ("Ada Wick kept", f"{_words(number)} {_words(number * 7)}: Ada Wick kept"),
    ):
        assert old in text, f"{old} is not in {LIGHTHOUSE}"
        text = text.replace(old, new, 1)
    return text


def _words(number: int) -> str:
    return " ".join(WORDS[int(digit)] for digit in str(number)).capitalize()
