"""What must hold of a stop's places: inside their city, no vaguer than a map can show, years in their order."""

from collections.abc import Iterator
from difflib import get_close_matches

from tour.content.loader import LoadResult
from tour.content.problems import Problem
from tour.model import City, Place, Stop

FIRST_YEAR, LAST_YEAR = 1, 9999
MAX_UNCERTAINTY_M = 20_000  # metres: a circle beyond the city that it lies in tells nobody where
SIMILARITY_CUTOFF = 0.75  # the likeness of two folders' names, from which on one is taken for a slip of the other


def place_problems(reading: LoadResult, stop: Stop) -> Iterator[Problem]:
    """Problems of the stop's places, seen beside the cities."""
    for number, place in enumerate(stop.places, 1):
        yield from _unsure(stop.file, f"places[{number}]", place)
    city = next((city for city in reading.exhibition.cities if city.slug == stop.city), None)
    if city is None:
        if reading.city_slugs is not None and stop.city not in reading.city_slugs:
            near = get_close_matches(stop.city.lower(), sorted(reading.city_slugs), 1, SIMILARITY_CUTOFF)
            remedy = f"Rename the folder {near[0]}, or a" if near else "Move it to a city's folder, or a"
            fault = f"lies in a folder {stop.city}, which is not a city."
            yield Problem(stop.file, "", fault, f"{remedy}dd the city to exhibition.toml.")
        return
    for number, place in enumerate(stop.places, 1):
        yield from _outside(stop.file, f"places[{number}]", place, city)


def _unsure(file: str, field: str, place: Place) -> Iterator[Problem]:
    """Problems of how well it is known, and when it stood there."""
    if not 0 <= place.uncertainty <= MAX_UNCERTAINTY_M:
        remedy = f"Give metres, from 0 to {MAX_UNCERTAINTY_M:,}."
        yield Problem(file, f"{field}.uncertainty", f"is {place.uncertainty:g}.", remedy)
    known = [(name, year) for name in ("since", "until") if (year := getattr(place, name)) is not None]
    for name, year in known:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            remedy = f"Give a year from {FIRST_YEAR} to {LAST_YEAR}."
            yield Problem(file, f"{field}.{name}", f"is {year}, which is not a year.", remedy)
    if len(known) == 2 and known[0][1] > known[1][1]:
        fault = f"is {place.until}, before it began in {place.since}."
        yield Problem(file, f"{field}.until", fault, "Exchange the two years, or mend one of them.")


def _outside(file: str, field: str, place: Place, city: City) -> Iterator[Problem]:
    inside = _within(place.latitude, city.latitude), _within(place.longitude, city.longitude)
    if all(inside):
        return
    if _within(place.longitude, city.latitude) and _within(place.latitude, city.longitude):
        yield Problem(
            file,
            field,
            f"has latitude {place.latitude:g} and longitude {place.longitude:g}, which look swapped.",
            "Latitude is north and south, longitude east and west: exchange the two.",
        )
        return
    for name, is_inside in zip(("latitude", "longitude"), inside, strict=True):
        if not is_inside:
            low, high = getattr(city, name)
            yield Problem(
                file,
                f"{field}.{name}",
                f"is {getattr(place, name):g}, which lies outside {city.name}.",
                f"Its stops lie between {low:g} and {high:g}. Is a digit missing?",
            )


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]
