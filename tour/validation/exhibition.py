"""What must hold of exhibition.toml, of its translations and of the sources."""

from collections.abc import Iterator
from pathlib import Path

from tour.content.characters import truncate
from tour.content.documents import EXHIBITION_FILE, SOURCES_FILE
from tour.content.loader import LoadResult
from tour.content.markdown import CITATION, reference_ids
from tour.content.problems import Finding, Problem, in_file
from tour.content.renamed_fields import HASH_NAMES
from tour.content.stop_files import is_slug
from tour.content.translations import EXHIBITION_TRANSLATION, SOURCE_HASH, translation_path
from tour.l10n import is_supported_locale
from tour.model import City, Exhibition, Redirect, TileLayer
from tour.search.tokenizer import tokens
from tour.settings import DEFAULT_LANGUAGE
from tour.urls import VIEWS
from tour.validation.fields import field_findings

# Degrees that a city may have: those of the Mercator map, on which there are no poles.
BOUNDS = {"latitude": (-85, 85), "longitude": (-180, 180)}
LANGUAGE_CODE_HINT = "Name it by the code of a language, in small letters: exhibition.de.toml, exhibition.ru.toml."


def exhibition_problems(loaded: LoadResult) -> Iterator[Problem]:
    """Problems of exhibition.toml, and of a folder without stops."""
    exhibition = loaded.exhibition
    if loaded.city_slugs is not None and not loaded.slugs:
        yield Problem("stops", "", "holds no stop.", "Add a file like stops/<city>/01-name.md.")
    for findings in (
        _cities(loaded),
        _tile_layer(exhibition.tile_layer) if exhibition.tile_layer else (),
        _synonyms(exhibition.synonyms),
        *(field_findings(getattr(exhibition, name), name) for name in ("cities", "status", "tile_layer", "about")),
        _redirects(exhibition.redirects, loaded.slugs),
    ):
        yield from in_file(EXHIBITION_FILE, findings)
    yield from about_problems(exhibition)


def _cities(loaded: LoadResult) -> Iterator[Finding]:
    cities, stops = loaded.exhibition.cities, loaded.exhibition.stops
    for number, city in enumerate(cities, 1):
        field = f"cities[{number}]"
        yield from _city(city, field)
        if city.slug in {other.slug for other in cities[: number - 1]}:
            yield f"{field}.slug", f"is {city.slug} again.", "Give each city a slug of its own."
        # While a stop can't be read, nobody can tell whether a city is empty.
        if not loaded.problems and not any(stop.city == city.slug for stop in stops):
            yield field, f"({city.name}) has no stop.", f"Add a stop to stops/{city.slug}/, or take the city out."


def _city(city: City, field: str) -> Iterator[Finding]:
    if not is_slug(city.slug):
        hint = "Write it in small Latin letters, digits and hyphens, like the name of its folder in stops/."
        yield f"{field}.slug", f"is {truncate(city.slug)}, which can't be part of an address.", hint
    for name, (least, most) in BOUNDS.items():
        low, high = getattr(city, name)
        message = f"goes from {low:g} to {high:g}."
        if low >= high:
            yield f"{field}.{name}", message, "Give the lower bound first."
        elif low < least or high > most:
            hint = f"A map shows what lies between {least} and {most}. Is a point missing?"
            yield f"{field}.{name}", message, hint


def _tile_layer(layer: TileLayer) -> Iterator[Finding]:
    if missing := [part for part in ("{z}", "{x}", "{y}") if part not in layer.address]:
        hint = "Tile servers tell their address as https://…/{z}/{x}/{y}.png."
        yield "tile_layer.address", f"lacks {', '.join(missing)}.", hint


def _synonyms(groups: tuple[tuple[str, ...], ...]) -> Iterator[Finding]:
    names = (
        (f"synonyms[{number}][{at}]", name)
        for number, group in enumerate(groups, 1)
        for at, name in enumerate(group, 1)
    )
    for field, name in names:
        if len(list(tokens(name))) != 1:
            hint = "Give names of one word each: a search looks for one word after another."
            yield field, f"is {truncate(name)}, not one word.", hint


def _redirects(redirects: tuple[Redirect, ...], slugs: frozenset[str]) -> Iterator[Finding]:
    for number, redirect in enumerate(redirects, 1):
        field = f"redirects[{number}]"
        if redirect.old in slugs:
            hint = "Take the entry out: the address leads to that stop."
            yield f"{field}.old", f"is {redirect.old}, which is a stop.", hint
        if redirect.new not in slugs:
            hint = "Give the slug that the stop has now."
            yield f"{field}.new", f"is {redirect.new}, which is not a stop.", hint
        if redirect.old in {other.old for other in redirects[: number - 1]}:
            yield f"{field}.old", f"is {redirect.old} again.", "Keep one of the two: an address leads to one stop."


def about_problems(exhibition: Exhibition) -> Iterator[Problem]:
    """Problems of the sections of the page About in the exhibition's language."""
    file = translation_path(Path(EXHIBITION_FILE), exhibition.language).name
    for number, section in enumerate(exhibition.about, 1):
        field = f"about[{number}]"
        for id in reference_ids(section.text):
            if id not in section.addresses and id not in VIEWS:
                hint = "Give the address under [[about.links]] in exhibition.toml, or mend the id."
                yield Problem(file, f"{field}.text", f"leads to {id}, which has no address.", hint)


def source_problems(exhibition: Exhibition) -> Iterator[Problem]:
    """Problems of the sources, each by its id."""
    for id, source in exhibition.sources.items():
        field = truncate(id)
        if not CITATION.fullmatch(f"[^{id}]"):
            hint = "Call it by letters, digits and hyphens, like museum-cloth: it is cited as [^museum-cloth]."
            yield Problem(SOURCES_FILE, field, "can't be cited by this name.", hint)
        if id in {*HASH_NAMES, SOURCE_HASH}:
            message = "can't be the name of a source: a translation has its hash under it."
            yield Problem(SOURCES_FILE, field, message, "Give the source another name, and cite it by that.")
        yield from in_file(SOURCES_FILE, field_findings(source, field))


def translation_file_problems(data_dir: Path) -> Iterator[Problem]:
    """Problems of the names of exhibition.<language>.toml."""
    for name in sorted(path.name for path in data_dir.glob("exhibition.*.toml")):
        match = EXHIBITION_TRANSLATION.fullmatch(name)
        if not match:
            yield Problem(name, "", "is not named by a language.", LANGUAGE_CODE_HINT)
        elif match["language"] == DEFAULT_LANGUAGE:
            hint = "Write its words into exhibition.toml, and take this file away."
            yield Problem(name, "", "is in the language of the original.", hint)
        elif not is_supported_locale(match["language"]):
            message = f"names a language {match['language']}, in which we can't say dates and numbers."
            yield Problem(name, "", message, LANGUAGE_CODE_HINT)
