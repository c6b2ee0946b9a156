"""What must hold in one stop: a free slug, valid pictures, sources, links, a twin, places inside their city."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from tour.content.characters import truncate
from tour.content.cited_sources import stop_sources
from tour.content.loader import LoadResult
from tour.content.markdown import CITATION
from tour.content.problems import Finding, Problem, in_file
from tour.content.stop_files import MAX_SLUG_LENGTH
from tour.images import derivatives
from tour.images.safe_open import ImageError
from tour.model import City, Place, Stop
from tour.model.navigation import twin_slugs
from tour.urls import RESERVED_SLUGS
from tour.validation.fields import field_findings

# The similarity of two names of pictures, of folders, from which on one is taken for a misspelling of the other.
PICTURE_SIMILARITY_CUTOFF = 0.85
FOLDER_SIMILARITY_CUTOFF = 0.75
TWIN_HINT = "Give the slug of the stop at the other end."


def stop_problems(loaded: LoadResult, stop: Stop, media_dir: Path) -> Iterator[Problem]:
    """Problems of one stop, but for citations of unknown sources."""
    yield from slug_problems(stop)
    yield from picture_problems(stop, media_dir)
    yield from place_problems(loaded, stop)
    if len(stop.links) < 2:
        yield Problem(stop.file, "links", "has one link.", "Give at least two that lead out.")
    if not stop_sources(stop):
        hint = "Say where the story comes from: [^id] names a source of sources.toml."
        yield Problem(stop.file, "", "cites no source.", hint)
    yield from in_file(stop.file, field_findings(stop))
    yield from in_file(stop.file, _twin(loaded, stop))


def slug_problems(stop: Stop) -> Iterator[Problem]:
    if stop.slug in RESERVED_SLUGS:
        message = f"is {stop.slug}, the name of a page of the site."
        yield Problem(stop.file, "slug", message, "Give the file another name.")


def picture_problems(stop: Stop, media_dir: Path) -> Iterator[Problem]:
    for picture in stop.pictures():
        if message := _picture_error(media_dir, picture.image):
            message = f"names {truncate(picture.image)}, which {message}."
            yield Problem(stop.file, f"{picture.field}.image", message, _picture_hint(media_dir, picture.image))


def place_problems(loaded: LoadResult, stop: Stop) -> Iterator[Problem]:
    """Problems of the stop's places, and of its city."""
    return in_file(stop.file, _places(loaded, stop))


def _picture_error(media_dir: Path, image: str) -> str:
    path = media_dir / image
    if len(image) > MAX_SLUG_LENGTH:
        return f"has a name of more than {MAX_SLUG_LENGTH} letters"
    try:
        if not path.resolve().is_relative_to(media_dir.resolve()):
            return "lies outside the folder of pictures"
        derivatives.inspect(path)
    except ImageError as error:
        return str(error)
    except (OSError, RuntimeError):  # links that lead round in a circle
        return "can't be opened"
    return ""


def _picture_hint(media_dir: Path, image: str) -> str:
    path = media_dir / image
    if len(image) <= MAX_SLUG_LENGTH and not (path.exists() or path.is_symlink()):
        names = {master.name.casefold(): master.name for master in media_dir.glob("*.*")}
        if similar := get_close_matches(Path(image).name.casefold(), names, 1, PICTURE_SIMILARITY_CUTOFF):
            return f"Did you mean {names[similar[0]]}? Capitals count."
    return f"Put a sound picture of that name into {media_dir.name}/."


def _twin(loaded: LoadResult, stop: Stop) -> Iterator[Finding]:
    twin = loaded.exhibition.resolve_slug(stop.twin)
    if twin and twin not in loaded.slugs:
        yield "twin", f"is {truncate(stop.twin)}, which is not a stop.", TWIN_HINT
    elif twin == stop.slug:
        yield "twin", f"is {stop.twin}, the stop itself.", TWIN_HINT
    elif twin and (rivals := twin_slugs(loaded.exhibition)[twin] - {stop.slug}):
        hint = "A stop has one twin, which one of the two names: take it out here, or there."
        yield "twin", f"is {twin}, the twin of {min(rivals)}.", hint
    if stop.twin_reason and not stop.twin:
        hint = "Name the twin beside its reason; one of the two does so for both."
        yield "twin_reason", "gives the reason of a twin that isn't named here.", hint
    if CITATION.search(stop.twin_reason):
        hint = "It stands at two stops, whose sources have other numbers: tell it in the narrative, and cite there."
        yield "twin_reason", "cites a source.", hint


def _places(loaded: LoadResult, stop: Stop) -> Iterator[Finding]:
    city = next((city for city in loaded.exhibition.cities if city.slug == stop.city), None)
    for number, place in enumerate(stop.places, 1):
        field = f"places[{number}]"
        yield from _position(field, place, city) if city else ()
        if place.since is not None and place.until is not None and place.since > place.until:
            message = f"is {place.until}, before it began in {place.since}."
            yield f"{field}.until", message, "Exchange the two years, or mend one of them."
    if city is None and loaded.city_slugs is not None and stop.city not in loaded.city_slugs:
        similar = get_close_matches(stop.city.lower(), sorted(loaded.city_slugs), 1, FOLDER_SIMILARITY_CUTOFF)
        hint = f"Rename the folder {similar[0]}, or a" if similar else "Move it to a city's folder, or a"
        message = f"lies in a folder {stop.city}, which is not a city."
        yield "", message, f"{hint}dd the city to exhibition.toml."


def _position(field: str, place: Place, city: City) -> Iterator[Finding]:
    is_inside = {name: _is_within(getattr(place, name), getattr(city, name)) for name in ("latitude", "longitude")}
    is_swapped = _is_within(place.longitude, city.latitude) and _is_within(place.latitude, city.longitude)
    if not all(is_inside.values()) and is_swapped:
        message = f"has latitude {place.latitude:g} and longitude {place.longitude:g}, which look swapped."
        yield field, message, "Latitude is north and south, longitude east and west: exchange the two."
        return
    for name in (name for name in is_inside if not is_inside[name]):
        low, high = getattr(city, name)
        message = f"is {getattr(place, name):g}, which lies outside {city.name}."
        yield f"{field}.{name}", message, f"Its stops lie between {low:g} and {high:g}. Is a digit missing?"


def _is_within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]
