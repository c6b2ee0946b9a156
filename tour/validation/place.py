"""What must hold of a stop's places: inside their city, with years in their order."""

from collections.abc import Iterator
from difflib import get_close_matches

from tour.content.loader import LoadResult
from tour.content.problems import Finding, Problem, in_file
from tour.model import City, Place, Stop

SIMILARITY_CUTOFF = 0.75  # of two folders' names, from which on one is taken for a misspelling of the other


def place_problems(loaded: LoadResult, stop: Stop) -> Iterator[Problem]:
    """Problems of the stop's places, and of its city."""
    return in_file(stop.file, _findings(loaded, stop))


def _findings(loaded: LoadResult, stop: Stop) -> Iterator[Finding]:
    city = next((city for city in loaded.exhibition.cities if city.slug == stop.city), None)
    for number, place in enumerate(stop.places, 1):
        field = f"places[{number}]"
        yield from _position(field, place, city) if city else ()
        if None not in (place.since, place.until) and place.since > place.until:
            message = f"is {place.until}, before it began in {place.since}."
            yield f"{field}.until", message, "Exchange the two years, or mend one of them."
    if city is None and loaded.city_slugs is not None and stop.city not in loaded.city_slugs:
        similar = get_close_matches(stop.city.lower(), sorted(loaded.city_slugs), 1, SIMILARITY_CUTOFF)
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
