"""The stops' dated events in the order of time."""

from itertools import groupby

from tour.model import City, Event, Exhibition, Stop

Entry = tuple[Stop, City, Event]


def entries(exhibition: Exhibition) -> list[Entry]:
    """Every event with its stop and city, by date; a year comes before its months, a month before its days."""
    found = [(stop, exhibition.city(stop.city), event) for stop in exhibition.stops for event in stop.events]
    return sorted(found, key=lambda entry: entry[2].date)


def decades(exhibition: Exhibition) -> list[tuple[int, list[Entry]]]:
    """The entries decade by decade: 1940, 1950, …"""
    return [(first, list(group)) for first, group in groupby(entries(exhibition), key=_decade)]


def _decade(entry: Entry) -> int:
    return int(entry[2].date[:3]) * 10
