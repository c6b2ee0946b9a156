"""What must hold of the exhibition's opening and its sources."""

from collections.abc import Iterator
from pathlib import Path

from tour.content.characters import truncate
from tour.content.documents import EXHIBITION_FILE
from tour.content.loader import LoadResult
from tour.content.markdown import CITATION, reference_ids
from tour.content.problems import Problem
from tour.content.stop_files import is_slug
from tour.content.translations import EXHIBITION_TRANSLATION, translation_path
from tour.l10n import is_supported_locale
from tour.model import City, Exhibition, TileLayer
from tour.search.tokenizer import tokens
from tour.urls import DEFAULT_LANGUAGE, VIEW_NAMES
from tour.validation.stop import address_problems, language_code_problems, one_of

SOURCES = "sources.toml"
MARKERS = ("round", "square")
COLOURS = ("blue", "red")
# Degrees that a city may have: those of the Mercator map, on which there are no poles.
BOUNDS = {"latitude": (-85, 85), "longitude": (-180, 180)}
MAX_ZOOM = 24  # zoom levels of a tile server


def exhibition_problems(reading: LoadResult) -> Iterator[Problem]:
    """Problems of the opening, seen beside the stops."""
    exhibition, file = reading.exhibition, EXHIBITION_FILE
    for number, city in enumerate(exhibition.cities, 1):
        yield from _city_problems(city, f"cities[{number}]")
        if city.slug in {other.slug for other in exhibition.cities[: number - 1]}:
            yield Problem(file, f"cities[{number}].slug", f"is {city.slug} again.", "Give each city a slug of its own.")
        # While a stop can't be read, nobody can tell whether a city is empty.
        if not reading.problems and not any(stop.city == city.slug for stop in exhibition.stops):
            remedy = f"Add a stop to stops/{city.slug}/, or take the city out."
            yield Problem(file, f"cities[{number}]", f"({city.name}) has no stop.", remedy)
    if reading.city_slugs is not None and not reading.slugs:
        yield Problem("stops", "", "holds no stop.", "Add a file like stops/<city>/01-name.md.")
    if exhibition.tile_layer:
        yield from _tile_layer_problems(exhibition.tile_layer)
    yield from _name_problems(exhibition.synonyms)
    if exhibition.status:
        yield from language_code_problems(EXHIBITION_FILE, "status.language", exhibition.status.language)


def redirect_problems(reading: LoadResult) -> Iterator[Problem]:
    """Problems of the old addresses of stops."""
    file, redirects = EXHIBITION_FILE, reading.exhibition.redirects
    for number, redirect in enumerate(redirects, 1):
        if redirect.old in reading.slugs:
            remedy = "Take the entry out: the address leads to that stop."
            yield Problem(file, f"redirects[{number}].old", f"is {redirect.old}, which is a stop.", remedy)
        if redirect.new not in reading.slugs:
            remedy = "Give the slug that the stop has now."
            yield Problem(file, f"redirects[{number}].new", f"is {redirect.new}, which is not a stop.", remedy)
        if redirect.old in {other.old for other in redirects[: number - 1]}:
            remedy = "Keep one of the two: an address leads to one stop."
            yield Problem(file, f"redirects[{number}].old", f"is {redirect.old} again.", remedy)


def source_problems(exhibition: Exhibition) -> Iterator[Problem]:
    """Problems of the sources, each by its id."""
    for id, source in exhibition.sources.items():
        if not CITATION.fullmatch(f"[^{id}]"):
            remedy = "Call it by letters, digits and hyphens, like museum-cloth: it is cited as [^museum-cloth]."
            yield Problem(SOURCES, truncate(id), "can't be cited by this name.", remedy)
        yield from address_problems(SOURCES, f"{truncate(id)}.address", source.address)
        yield from language_code_problems(SOURCES, f"{truncate(id)}.language", source.language)


def _city_problems(city: City, field: str) -> Iterator[Problem]:
    file = EXHIBITION_FILE
    yield from one_of(file, f"{field}.marker", city.marker, MARKERS)
    yield from one_of(file, f"{field}.colour", city.colour, COLOURS)
    if not is_slug(city.slug):
        remedy = "Write it in small Latin letters, digits and hyphens, like the name of its folder in stops/."
        yield Problem(file, f"{field}.slug", f"is {truncate(city.slug)}, which can't be part of an address.", remedy)
    for name, (least, most) in BOUNDS.items():
        low, high = getattr(city, name)
        if low >= high:
            yield Problem(file, f"{field}.{name}", f"goes from {low:g} to {high:g}.", "Give the lower bound first.")
        elif low < least or high > most:
            remedy = f"A map shows what lies between {least} and {most}. Is a point missing?"
            yield Problem(file, f"{field}.{name}", f"goes from {low:g} to {high:g}.", remedy)


def _tile_layer_problems(layer: TileLayer) -> Iterator[Problem]:
    file = EXHIBITION_FILE
    yield from address_problems(file, "tile_layer.credit_address", layer.credit_address)
    yield from address_problems(file, "tile_layer.address", layer.address)
    missing = [part for part in ("{z}", "{x}", "{y}") if part not in layer.address]
    if missing:
        remedy = "Tile servers tell their address as https://…/{z}/{x}/{y}.png."
        yield Problem(file, "tile_layer.address", f"lacks {', '.join(missing)}.", remedy)
    if not 1 <= layer.max_zoom <= MAX_ZOOM:
        yield Problem(file, "tile_layer.max_zoom", f"is {layer.max_zoom}.", f"Give a number from 1 to {MAX_ZOOM}.")


def _name_problems(groups: tuple[tuple[str, ...], ...]) -> Iterator[Problem]:
    for number, group in enumerate(groups, 1):
        for at, name in enumerate(group, 1):
            if len(list(tokens(name))) != 1:
                remedy = "Give names of one word each: a search looks for one word after another."
                yield Problem(
                    EXHIBITION_FILE, f"synonyms[{number}][{at}]", f"is {truncate(name)}, not one word.", remedy
                )


def about_problems(exhibition: Exhibition) -> Iterator[Problem]:
    """Problems of the sections in the exhibition's language."""
    is_original = exhibition.language == DEFAULT_LANGUAGE
    file = EXHIBITION_FILE if is_original else translation_path(Path(EXHIBITION_FILE), exhibition.language).name
    for number, section in enumerate(exhibition.about, 1):
        field = f"about[{number}]"
        for id in reference_ids(section.text):
            if id not in section.addresses and id not in VIEW_NAMES:
                remedy = "Give the address under [[about.links]] in exhibition.toml, or mend the id."
                yield Problem(file, f"{field}.text", f"leads to {id}, which has no address.", remedy)
        for at, link in enumerate(section.links, 1) if is_original else ():
            yield from address_problems(file, f"{field}.links[{at}].address", link.address)


LANGUAGE_CODE_HINT = "Name it by the code of a language, in small letters: exhibition.de.toml, exhibition.ru.toml."


def translation_file_problems(data_dir: Path) -> Iterator[Problem]:
    """Problems of the names of exhibition.<language>.toml."""
    for name in sorted(path.name for path in data_dir.glob("exhibition.*.toml")):
        match = EXHIBITION_TRANSLATION.fullmatch(name)
        if not match:
            yield Problem(name, "", "is not named by a language.", LANGUAGE_CODE_HINT)
        elif match["language"] == DEFAULT_LANGUAGE:
            remedy = "Write its words into exhibition.toml, and take this file away."
            yield Problem(name, "", "is in the language of the original.", remedy)
        elif not is_supported_locale(match["language"]):
            fault = f"names a language {match['language']}, in which we can't say dates and numbers."
            yield Problem(name, "", fault, LANGUAGE_CODE_HINT)
