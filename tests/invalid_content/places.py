"""Places of a stop: degrees, metres, years."""

from tests.invalid_content.changes import Case, replace
from tests.sample_exhibition import QUAY

CASES = (
    Case(
        "a latitude in quotation marks",
        replace(QUAY, "latitude = 60.5\n", 'latitude = "60.5"\n'),
        "stops/north/01-quay.md: places[1].latitude is text, not a number.\n"
        "    Write it without quotation marks, like 52.408.",
    ),
    Case(
        "a latitude with a comma in quotation marks",
        replace(QUAY, "latitude = 60.5\n", 'latitude = "60,5"\n'),
        "stops/north/01-quay.md: places[1].latitude is text, not a number.\n"
        "    Write it with a point and without quotation marks, like 52.408.",
    ),
    Case(
        "a latitude that is not a number",
        replace(QUAY, "latitude = 60.5\n", "latitude = nan\n"),
        "stops/north/01-quay.md: places[1].latitude is nan, not a number.\n"
        "    Write it without quotation marks, like 52.408.",
    ),
    Case(
        "a latitude without end",
        replace(QUAY, "latitude = 60.5\n", "latitude = inf\n"),
        "stops/north/01-quay.md: places[1].latitude is inf, not a number.\n"
        "    Write it without quotation marks, like 52.408.",
    ),
    Case(
        "a latitude without its point",
        replace(QUAY, "latitude = 60.5\n", "latitude = 605123456789\n"),
        "stops/north/01-quay.md: places[1].latitude is far too large a number.\n"
        "    Is a point missing, or a digit too many?",
    ),
    Case(
        "a longitude with a digit missing",
        replace(QUAY, "longitude = 10.5\n", "longitude = 1.05\n"),
        "stops/north/01-quay.md: places[1].longitude is 1.05, which lies outside North Harbour.\n"
        "    Its stops lie between 10 and 11. Is a digit missing?",
    ),
    Case(
        "latitude and longitude exchanged",
        replace(QUAY, "latitude = 60.5\nlongitude = 10.5\n", "latitude = 10.5\nlongitude = 60.5\n"),
        "stops/north/01-quay.md: places[1] has latitude 10.5 and longitude 60.5, which look swapped.\n"
        "    Latitude is north and south, longitude east and west: exchange the two.",
    ),
    Case(
        "an uncertainty below nothing",
        replace(QUAY, "uncertainty = 120", "uncertainty = -120"),
        "stops/north/01-quay.md: places[1].uncertainty is -120.\n    Give metres, from 0 to 20,000.",
    ),
    Case(
        "an uncertainty wider than a city",
        replace(QUAY, "uncertainty = 120", "uncertainty = 120_000"),
        "stops/north/01-quay.md: places[1].uncertainty is 120000.\n    Give metres, from 0 to 20,000.",
    ),
    Case(
        "a year of five digits",
        replace(QUAY, "since = 1899", "since = 18999"),
        "stops/north/01-quay.md: places[1].since is 18999, which is not a year.\n"
        "    Give a year from 1 to 9999.\n"
        "stops/north/01-quay.md: places[1].until is 1950, before it began in 18999.\n"
        "    Exchange the two years, or mend one of them.",
    ),
    Case(
        "an end before the beginning",
        replace(QUAY, "since = 1899\nuntil = 1950", "since = 1950\nuntil = 1899"),
        "stops/north/01-quay.md: places[1].until is 1899, before it began in 1950.\n"
        "    Exchange the two years, or mend one of them.",
    ),
    Case(
        "a year in words",
        replace(QUAY, "since = 1899", 'since = "about 1899"'),
        "stops/north/01-quay.md: places[1].since is text, not a whole number.\n"
        "    Write it without quotation marks, like 1972.",
    ),
)
