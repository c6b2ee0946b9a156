"""Dated events in the order of time."""

from dataclasses import replace

from tests.conftest import load_valid
from tour.model import Event
from tour.views.renderer import events_by_date, events_by_decade


def with_events(exhibition, *dates):
    events = tuple(Event(date, f"It is {date}.", ("ledger",)) for date in dates)
    return replace(exhibition, stops=(replace(exhibition.stops[0], events=events), *exhibition.stops[1:]))


def test_a_year_comes_before_its_months_and_a_month_before_its_days(folders):
    exhibition = with_events(load_valid(*folders), "1943-01-31", "1944", "1943-01", "1943")

    assert [event.date for _, _, event in events_by_date(exhibition)] == ["1943", "1943-01", "1943-01-31", "1944"]


def test_events_are_grouped_by_decade(folders):
    exhibition = with_events(load_valid(*folders), "1940", "1949-12", "1951", "2022-03-22")

    assert [(first, len(group)) for first, group in events_by_decade(exhibition)] == [(1940, 2), (1950, 1), (2020, 1)]
